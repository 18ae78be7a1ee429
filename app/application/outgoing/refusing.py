"""The half of a store that a view of one does not have: it takes nothing in, and has no journal."""
# ruff: noqa: ARG002 -- all of these refuse, whatever they are given

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from app.application.ports import no_progress
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.application.ports import Brief, Progress, SessionDraft, Stored, Verified
    from app.domain.branches import Branch
    from app.domain.events import Event, NewEvent


class NothingStored:
    """Refuses to be written to."""

    read_only = True

    def store_session(self, draft: SessionDraft, progress: Progress = no_progress) -> Stored:
        self._refuse()

    def append(self, branch: str, events: Sequence[NewEvent], *, expected: int | None) -> NoReturn:
        self._refuse()

    def fork(self, parent: str, at: int, *, branch_id: str, name: str) -> Branch:
        self._refuse()

    def put_blob(self, content: bytes, media_type: str) -> str:
        self._refuse()

    def verify(self, progress: Progress = no_progress) -> Verified:
        self._refuse()

    def backup(self, target: Path, progress: Progress = no_progress) -> Verified:
        self._refuse()

    def recorded_after(self, number: int, limit: int) -> tuple[tuple[int, Event], ...]:
        return ()

    def brief_after(self, number: int, limit: int) -> tuple[Brief, ...]:
        return ()

    def recorded_count(self) -> int:
        return 0

    def last_recorded(self) -> int | None:
        return None

    @staticmethod
    def _refuse() -> NoReturn:
        raise StoreUnusable("what is handed on is for reading only")
