"""What the palette lists: what fits the letters typed, what was used last first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.viewmodels.fuzzy import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
MOST_SHOWN: Final = 200
_MOST_RECENT: Final = 20


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """Something to do or to go to.

    Attributes:
        id: the same every time the palette opens, so that it can be remembered.
        group: what sort of thing it is, in a word.
        keys: as this system writes them.
    """

    id: str
    title: str
    group: str
    run: Callable[[], None]
    keys: str = ""
    is_enabled: bool = True


class PaletteRole(IntEnum):
    """What a row means beside its title."""

    ITEM = Qt.ItemDataRole.UserRole + 1


class PaletteModel(QAbstractListModel):
    """Without letters: what was used last, then everything in the order given. Those that cannot be done now last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[PaletteItem] = ()
        self._shown: Sequence[PaletteItem] = ()
        self._recent: list[str] = []
        self.found = 0

    def set_items(self, items: Sequence[PaletteItem]) -> None:
        self._items = items
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Show what fits; ``found`` says how many there are, of which ``MOST_SHOWN`` are listed."""
        recent = {item: rank for rank, item in enumerate(self._recent)}
        ranked = []
        for number, item in enumerate(self._items):
            score = fit(text, f"{item.title} {item.group}")
            if score is not None:
                ranked.append((not item.is_enabled, -score, recent.get(item.id, _MOST_RECENT), number))
        ranked.sort()
        self.beginResetModel()
        self._shown = tuple(self._items[one[-1]] for one in ranked[:MOST_SHOWN])
        self.found = len(ranked)
        self.endResetModel()

    def used(self, item: PaletteItem) -> None:
        self._recent = [item.id, *(one for one in self._recent if one != item.id)][:_MOST_RECENT]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be done now is listed, but cannot be chosen."""
        if not index.isValid() or not self._shown[index.row()].is_enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return item.title
            case Qt.ItemDataRole.AccessibleTextRole:
                state = "" if item.is_enabled else self.tr("not possible now")
                return ", ".join(part for part in (item.title, item.group, item.keys, state) if part)
            case PaletteRole.ITEM:
                return item
            case _:
                return None
