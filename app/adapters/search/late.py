"""The search index, opened when it is first asked: most commands never search, and none should wait for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.adapters.search.place import index_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import Brief, Places, Progress, SearchIndex, Wanted


class LateSearchIndex:
    """Any thread may call."""

    def __init__(self, store_location: str) -> None:
        self._location = store_location
        self._lock = threading.Lock()
        self._opened: SearchIndex | None = None

    def covered(self) -> tuple[int, str]:
        if self._opened is None and not index_path(self._location).exists():
            return 0, ""  # asking makes no file
        return self._index().covered()

    def add(self, events: Sequence[Brief]) -> None:
        self._index().add(events)

    def find(self, wanted: Wanted, first: int, count: int, effort: int | None, progress: Progress) -> Places:
        return self._index().find(wanted, first, count, effort, progress)

    def forget(self) -> None:
        self._index().forget()

    def close(self) -> None:
        with self._lock:
            if self._opened is not None:
                self._opened.close()

    def _index(self) -> SearchIndex:
        with self._lock:
            if self._opened is None:
                from app.adapters.search.index import open_search_index  # noqa: PLC0415 -- NumPy loads when needed

                self._opened = open_search_index(self._location)
            return self._opened
