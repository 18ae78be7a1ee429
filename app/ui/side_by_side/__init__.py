"""Branches side by side: their turns, measures and states."""
