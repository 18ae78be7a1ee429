"""One record of a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One record's bytes and the 1-based line it begins on.

    ``problem`` says why there are no bytes; ``entry`` is its 1-based place in an array, None outside of one.
    """

    line: int
    raw: bytes
    problem: str | None = None
    entry: int | None = None
