"""Signs that a run of a model is under way, which outlive the program that made them but not its life."""

from __future__ import annotations

from typing import Protocol


class RunMarks(Protocol):
    """Set before a request is recorded, taken away when its end is.

    A mark whose program is gone proves that nobody will ever record that end. May be called from any thread.
    """

    def begin(self, request: str, branch: str) -> None: ...

    def end(self, request: str) -> None:
        """Also for a mark that is not there."""
        ...

    def abandoned(self) -> tuple[tuple[str, str], ...]:
        """(request, branch) of the marks whose program is certainly gone."""
        ...


class NoRunMarks:
    """Where nobody looks for runs that were cut short."""

    def begin(self, request: str, branch: str) -> None: ...

    def end(self, request: str) -> None: ...

    def abandoned(self) -> tuple[tuple[str, str], ...]:
        return ()
