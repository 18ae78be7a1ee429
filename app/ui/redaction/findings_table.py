"""The table of findings; letters decide on what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.viewmodels.redaction.findings_model import FindingRole, FindingsModel

if TYPE_CHECKING:
    from app.application.redaction_review import FindingGroup
    from app.domain.redaction.redaction import Decision, Identity
    from app.ui.theme import Theme

KEYS: Final[tuple[tuple[str, Decision], ...]] = (("R", "redact"), ("K", "keep"), ("U", "undecided"))


class _DecisionDelegate(QStyledItemDelegate):
    """What nobody has decided on in the colour of problems; the word says so too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        group: FindingGroup = index.data(FindingRole.GROUP)
        if index.column() == 3 and group.decision == "undecided":
            option.palette.setColor(option.palette.ColorRole.Text, QColor(self.theme.problem))


class FindingsTable(QTableView):
    """Shows groups of findings, asks for decisions.

    Signals:
        decision_wanted(object, str): decide on these identities; the next undecided row is gone to.
        kind_decision_wanted(str, str): decide on all of a kind.
        current_changed: another row is looked at.
    """

    decision_wanted = Signal(object, str)
    kind_decision_wanted = Signal(str, str)
    current_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingsModel(self)
        self._delegate = _DecisionDelegate(theme, self)
        self.setModel(self.findings)
        self.setItemDelegate(self._delegate)
        self.setObjectName("redaction.findings")
        self.setAccessibleName(self.tr("Findings"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(200)
        self.selectionModel().currentRowChanged.connect(self.current_changed)
        for letter, decision in KEYS:
            self._shortcut(letter).activated.connect(lambda decision=decision: self.decide_selected(decision))
            self._shortcut(f"Shift+{letter}").activated.connect(lambda decision=decision: self.decide_kind(decision))

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        return shortcut

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def set_groups(self, groups: tuple[FindingGroup, ...]) -> None:
        self.findings.set_groups(groups)
        if groups and not self.currentIndex().isValid():
            self.go_to(max(self.findings.next_undecided(-1), 0))

    @property
    def current(self) -> FindingGroup | None:
        index = self.currentIndex()
        return self.findings.group(index.row()) if index.isValid() else None

    def selected(self) -> list[Identity]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.findings.group(row).identity for row in rows]

    @Slot(str)
    def decide_selected(self, decision: Decision) -> None:
        """Decide on the selected rows; a single decision goes on to the next row that needs one."""
        chosen = self.selected()
        if not chosen:
            return
        row = self.currentIndex().row()
        self.decision_wanted.emit(chosen, decision)
        following = self.findings.next_undecided(row)
        if len(chosen) == 1 and decision != "undecided" and following >= 0:
            self.go_to(following)

    @Slot(str)
    def decide_kind(self, decision: Decision) -> None:
        if self.current is not None:
            self.kind_decision_wanted.emit(self.current.kind, decision)

    def go_to(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.findings.index(row, 0), flags)
        self.scrollTo(self.findings.index(row, 0))
