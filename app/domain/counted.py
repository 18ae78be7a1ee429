"""Counts in English sentences."""

from __future__ import annotations


def counted(count: int, things: str) -> str:
    """``1 session``, ``2,000 log records``, ``1 event of the log``; ``things`` is plural and ends its noun with s."""
    if count == 1:
        noun, joint, rest = things.partition(" of " if " of " in things else " in ")
        things = noun.removesuffix("s") + joint + rest
    return f"{count:,} {things}"
