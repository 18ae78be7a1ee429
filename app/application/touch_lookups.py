"""Looks up in the derived cache what touched a field, and what an event of a list is about."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from app.domain import branches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import DerivedCache, EventStore, ItemRow


class Lookups:
    """What the indexes know of one branch up to a position."""

    def __init__(self, store: EventStore, cache: DerivedCache, branch: str, last: int) -> None:
        self._cache, self._last = cache, last
        self._line = branches.clip(store.lineage(branch), 1, last)
        self._reasons: dict[int, str] = {}

    def touched(self, field: str, members: Sequence[str] | None) -> array[int]:
        """Rising positions that touched members of a field (None: any)."""
        if members is None or len(members) == 1:
            return self._touched(field, members[0] if members else None)
        found: set[int] = set()
        for member in members:
            found.update(self._touched(field, member))
        return array("q", sorted(found))

    def _touched(self, field: str, member: str | None) -> array[int]:
        found = array("q")
        for part in self._line:
            found.extend(self._cache.touched(part.owner, field, member, part.first, part.last))
        return found

    def born_at(self, key: str, before: int) -> int | None:
        """Position of the newest transcript entry with a key, of those born before a position."""
        found: ItemRow | None = None
        for part in reversed(branches.clip(self._line, 1, before - 1)):
            row = self._cache.find(part.owner, "transcript", key, part.last)
            if row is not None and (found is None or row.ord == found.ord):
                found = row  # what one owner has first of an item may be a revision of what an earlier one bore
        return None if found is None else found.position

    def reason(self, position: int) -> str:
        """Why the event at a position could not be applied."""
        if position not in self._reasons:
            rows = self._cache.rows(branches.clip(self._line, position, position), "problems", position, position)
            self._reasons[position] = rows[0].key if rows else ""
        return self._reasons[position]
