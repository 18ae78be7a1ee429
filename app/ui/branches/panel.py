"""The panel of branches: the tree, what is folded away, and the line in which a new branch is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.branches.menu import BranchWishes, branch_menu
from app.ui.branches.naming import NamingCard
from app.ui.branches.tree_view import BranchTreeView
from app.ui.theme import GRID_PX, GROUP_PX
from app.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from app.ui.branches.card import BranchCard
    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchTree


class BranchesPanel(QWidget):
    """Shows where branches leave each other and asks for changes; it changes nothing itself.

    Signals:
        branch_requested(str): put the branch of this id in focus.
        name_given(str, str, str): make a branch at the playhead: name, hypothesis, expected.
        archived_wanted(bool): show the archived branches, or fold them away.
    """

    branch_requested = Signal(str)
    name_given = Signal(str, str, str)
    archived_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._current = ""
        self.wishes = BranchWishes(self)
        self.view = BranchTreeView(theme, self)
        self._empty = EmptyState(self.tr("Open a session to see its branches here."), self)
        self._pages = QStackedWidget(self)
        self._naming = NamingCard(self)
        self.card: BranchCard | None = None
        self._build()
        self._connect()
        self.setFocusProxy(self.view)
        self.set_theme(theme)

    def _build(self) -> None:
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID_PX, 0, 0)
        layout.setSpacing(GRID_PX)
        card = QVBoxLayout()
        card.setContentsMargins(GROUP_PX, 0, GROUP_PX, 0)
        card.addWidget(self._naming)
        layout.addLayout(card)
        self._pages.setMinimumHeight(1)  # the tree gives way while a branch is named
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        view, wishes = self.view, self.wishes
        self._naming.name_given.connect(self.name_given)
        view.archived.clicked.connect(self.archived_wanted)
        view.branch_chosen.connect(self.branch_requested)
        view.menu_wanted.connect(self._on_menu_wanted)
        view.card_wanted.connect(self._on_card_wanted)
        view.renaming.renamed.connect(wishes.rename)
        wishes.switch.connect(self.branch_requested)
        wishes.rename_begun.connect(view.rename)
        wishes.details.connect(self.show_details)

    def attach_card(self, card: BranchCard) -> None:
        """The card floats in the window, so it is made where the window is."""
        self.card = card
        self.view.card_unwanted.connect(card.unhint)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.view.set_theme(theme)
        self._empty.set_theme(theme)
        if self.card is not None:
            self.card.set_theme(theme)

    # --- what it shows

    def set_tree(self, tree: BranchTree, current: str) -> None:
        self._current = current
        self.view.set_tree(tree, current)
        self._pages.setCurrentIndex(1 if len(tree) else 0)

    def set_focus_branch(self, branch: str) -> None:
        self._current = branch
        self.view.set_focus_branch(branch)

    def set_playhead(self, position: int) -> None:
        self.view.set_playhead(position)

    def ask_name(self, suggestion: str, branch: str, position: int) -> None:
        """Open the line in which the branch at this event of this branch is named."""
        self._naming.ask(suggestion, branch, position)

    def tell_outlook(self, position: int, sentence: str) -> None:
        """Say where a branch at this position leaves and what it holds."""
        self._naming.tell(position, sentence)

    def close_naming(self) -> None:
        self._naming.hide()

    @property
    def is_naming(self) -> bool:
        return self._naming.isVisible()

    @Slot(str)
    def show_details(self, branch: str) -> None:
        """Show the card of a branch until it is closed."""
        row = self.view.tree.row(branch)
        if row is not None and self.card is not None:
            place = self.view.place_of(branch)
            at = QPoint(self.view.viewport().width(), max(place.top(), 0))
            self.card.pin(row, self.view.viewport().mapToGlobal(at))

    @Slot(str, QPoint)
    def _on_card_wanted(self, branch: str, at: QPoint) -> None:
        row = self.view.tree.row(branch)
        if row is not None and self.card is not None:
            self.card.hint(row, at)

    @Slot(str, QPoint)
    def _on_menu_wanted(self, branch: str, at: QPoint) -> None:
        tree = self.view.tree
        row = tree.row(branch)
        if row is not None:
            branch_menu(row, tree, self._current, self.wishes, self.theme, self.view).popup(at)
