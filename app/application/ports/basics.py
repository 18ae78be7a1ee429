"""Time, identity and progress."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        ...


class Ids(Protocol):
    """Where new identifiers come from."""

    def new(self) -> str:
        """A fresh UUIDv7 as text; never given twice, rising with time."""
        ...


class Progress(Protocol):
    """Told about long work; raises ``Cancelled`` when somebody asked to stop, so telling is the cancellation point."""

    def __call__(self, done: int, total: int | None, what: str) -> None: ...


def no_progress(done: int, total: int | None, what: str) -> None:
    """For work that nobody watches."""
