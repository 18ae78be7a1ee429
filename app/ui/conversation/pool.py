"""About twenty cells for any number of entries: each is bound anew when its row leaves the view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.ui.conversation.cell import EntryCell

KEPT: Final = 20


class CellPool:
    """Hands out cells by row. Within one pass a cell that was handed out is not taken away again."""

    def __init__(self, make: Callable[[], EntryCell]) -> None:
        self._make = make
        self._cells: dict[int, EntryCell] = {}
        self._pass = 0

    def __iter__(self) -> Iterator[EntryCell]:
        return iter(self._cells.values())

    def begin(self) -> None:
        self._pass += 1

    def at(self, row: int) -> EntryCell:
        """The cell of a row, taken from another row when there are enough."""
        cell = self._cells.get(row)
        if cell is None:
            cell = self._recycled(row) or self._make()
            self._cells[row] = cell
        cell.stamp = self._pass
        return cell

    def bound(self, row: int) -> EntryCell | None:
        """The cell that shows a row now."""
        cell = self._cells.get(row)
        return cell if cell is not None and cell.entry is not None and cell.row == row else None

    def _recycled(self, row: int) -> EntryCell | None:
        if len(self._cells) < KEPT:
            return None
        idle = [other for other, cell in self._cells.items() if cell.stamp != self._pass]
        if not idle:
            return None
        return self._cells.pop(max(idle, key=lambda other: abs(other - row)))

    def show_only(self, rows: Iterable[int]) -> None:
        shown = set(rows)
        for row, cell in self._cells.items():
            cell.setVisible(row in shown and cell.entry is not None)

    def forget_rows(self) -> None:
        """Rows mean something else now: keep the cells, nothing of what they showed."""
        for cell in self._cells.values():
            cell.forget()
