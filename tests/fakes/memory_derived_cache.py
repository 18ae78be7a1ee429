"""A derived cache in memory."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from app.application.ports import IndexBatch, ItemRow
from app.domain.branches import Segment
from app.domain.fold.bounded import Checkpoint


class MemoryDerivedCache:
    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._columns: dict[str, tuple[int, bytes]] = {}
        self._ends: dict[str, tuple[int, str]] = {}
        self._checkpoints: dict[str, dict[int, Checkpoint]] = {}
        self._rows: dict[str, set[ItemRow]] = {}
        self._touched: dict[str, set[tuple[str, str, int]]] = {}

    def indexed_to(self, owner: str) -> int:
        return self._ends.get(owner, (0, ""))[0]

    def anchor(self, owner: str) -> str | None:
        return self._ends[owner][1] if owner in self._ends else None

    def put(self, owner: str, batch: IndexBatch, anchor: str) -> None:
        self._checkpoints.setdefault(owner, {}).update(batch.checkpoints)
        self._rows.setdefault(owner, set()).update(batch.rows)
        for (field, member), positions in batch.touched.items():
            self._touched.setdefault(owner, set()).update((field, member, position) for position in positions)
        self._ends[owner] = (batch.last, anchor)

    def checkpoint(self, owner: str, at_most: int) -> tuple[int, Checkpoint] | None:
        known = self._checkpoints.get(owner, {})
        position = max((position for position in known if position <= at_most), default=None)
        return None if position is None else (position, known[position])

    def rows(self, parts: Sequence[Segment], list_name: str, first: int, last: int) -> Sequence[ItemRow]:
        found = [
            row
            for part in parts
            for row in self._rows.get(part.owner, ())
            if row.list == list_name and first <= row.ord <= last and part.first <= row.position <= part.last
        ]
        return tuple(sorted(found, key=lambda row: (row.ord, row.position)))

    def births(self, parts: Sequence[Segment], list_name: str) -> array[int]:
        born: dict[int, int] = {}
        for row in self.rows(parts, list_name, 1, 2**62):
            born.setdefault(row.ord, row.position)
        return array("q", (born[number] for number in range(1, len(born) + 1)))

    def columns(self, owner: str) -> tuple[int, bytes] | None:
        return self._columns.get(owner)

    def put_columns(self, owner: str, last: int, content: bytes) -> None:
        self._columns[owner] = (last, content)

    def find(self, owner: str, list_name: str, key: str, at_most: int) -> ItemRow | None:
        births: dict[int, ItemRow] = {}
        for row in self._rows.get(owner, ()):
            if (row.list, row.key) == (list_name, key):
                births[row.ord] = min(row, births.get(row.ord, row), key=lambda one: one.position)
        born = [row for row in births.values() if row.position <= at_most]
        return max(born, key=lambda row: row.position, default=None)

    def touched(self, owner: str, field: str, member: str | None, first: int, last: int) -> array[int]:
        found = {
            position
            for known, name, position in self._touched.get(owner, ())
            if known == field and member in (None, name) and first <= position <= last
        }
        return array("q", sorted(found))

    def close(self) -> None:
        """Nothing is held open."""
