"""The tree of a session's branches, and the line in which a new one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.ui.branches.naming import NamingCard
from app.ui.icons import icon
from app.ui.theme import GRID_PX, GROUP_PX
from app.viewmodels.branches_model import BranchesModel, BranchRole, Column

if TYPE_CHECKING:
    from app.domain.branches import Branch
    from app.ui.theme import Theme


class _BranchDelegate(QStyledItemDelegate):
    """Sets the branch in focus in bold, with the branch sign."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 -- Qt's own name
        super().initStyleOption(option, index)
        if index.data(BranchRole.IS_CURRENT):
            option.font.setBold(True)
            if index.column() == Column.NAME:
                option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
                option.icon = icon("branch", self.theme, "accent")


class BranchesPanel(QWidget):
    """Shows where branches leave each other.

    Signals:
        branch_requested(str): put the branch of this id in focus.
        name_given(str): make a branch at the playhead with this name.
    """

    branch_requested = Signal(str)
    name_given = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = BranchesModel(self)
        self._delegate = _BranchDelegate(theme, self)
        self._tree = QTreeView(self)
        self._naming = NamingCard(self)
        self._naming.name_given.connect(self.name_given)
        self._build()
        self.setFocusProxy(self._tree)

    def _build(self) -> None:
        tree = self._tree
        tree.setModel(self._model)
        tree.setItemDelegate(self._delegate)
        tree.setObjectName("branches.tree")
        tree.setAccessibleName(self.tr("Branches of the session"))
        tree.setUniformRowHeights(True)
        tree.setIndentation(14)
        tree.setMinimumHeight(60)
        tree.setAllColumnsShowFocus(True)
        tree.setItemsExpandable(True)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column in (Column.FORK, Column.OWN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.activated.connect(self._on_activated)
        tree.clicked.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID_PX, 0, 0)
        layout.setSpacing(GRID_PX)
        card = QVBoxLayout()
        card.setContentsMargins(GROUP_PX, 0, GROUP_PX, 0)
        card.addWidget(self._naming)
        layout.addLayout(card)
        layout.addWidget(tree, 1)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._tree.viewport().update()

    def set_branches(self, branches: tuple[Branch, ...], current: str) -> None:
        self._model.set_branches(branches, current)
        self._tree.expandAll()
        index = self._model.index_of(current)
        if index.isValid():
            self._tree.setCurrentIndex(index)
            self._tree.scrollTo(index)

    def ask_name(self, suggestion: str, branch: str, position: int) -> None:
        """Open the line in which the branch at this event of this branch is named."""
        self._naming.ask(suggestion, branch, position)

    def close_naming(self) -> None:
        self._naming.hide()

    @property
    def is_naming(self) -> bool:
        return self._naming.isVisible()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if not index.data(BranchRole.IS_CURRENT):
            self.branch_requested.emit(index.data(BranchRole.BRANCH).id)
