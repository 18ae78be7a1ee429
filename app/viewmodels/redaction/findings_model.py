"""Findings as rows: what it is, the text, in how many places, what was decided."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.redaction.findings import KINDS
from app.viewmodels.redaction.words import decision_word, kind_word

if TYPE_CHECKING:
    from app.application.redaction_review import FindingGroup

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LONGEST_SHOWN: Final = 120


class FindingRole(IntEnum):
    """What a cell means beside its text."""

    GROUP = Qt.ItemDataRole.UserRole + 1


class FindingsModel(QAbstractTableModel):
    """One row a group, kinds together, in the order in which they were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[FindingGroup, ...] = ()

    def set_groups(self, groups: tuple[FindingGroup, ...]) -> None:
        """Other findings, or the same ones with other decisions."""
        ordered = tuple(sorted(groups, key=_order))
        if [one.identity for one in ordered] == [one.identity for one in self._groups]:
            self._groups = ordered
            if ordered:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._groups = ordered
        self.endResetModel()

    def group(self, row: int) -> FindingGroup:
        return self._groups[row]

    def next_undecided(self, row: int) -> int:
        """The first row after ``row`` (and from the top again) that nobody has decided on; -1 when there is none."""
        count = len(self._groups)
        for step in range(1, count + 1):
            if self._groups[(row + step) % count].decision == "undecided":
                return (row + step) % count
        return -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Kind"), self.tr("Text"), self.tr("Places"), self.tr("Decision"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self._groups[index.row()]
        cells = (kind_word(group.kind), _short(group.text), f"{len(group.places):,}", decision_word(group.decision))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(cells) if index.column() == 0 else cells[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == 2:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case FindingRole.GROUP:
                return group
            case _:
                return None


def _order(group: FindingGroup) -> tuple[int, str]:
    """Kinds as detectors are listed, own patterns after them; the order within one is kept, for sorting is stable."""
    return (KINDS.index(group.kind), "") if group.kind in KINDS else (len(KINDS), group.kind)


def _short(text: str) -> str:
    line = " ".join(text[: 2 * LONGEST_SHOWN].split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
