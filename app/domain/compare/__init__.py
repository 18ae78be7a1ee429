"""Branches held against each other: their turns aligned, what differs, and how much."""
