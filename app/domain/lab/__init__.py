"""The branch lab: ask again, in many ways, and tell a difference from chance."""
