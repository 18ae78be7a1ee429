"""What changed: by the last event, or since a place that the person marked, on this branch or another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.inspector.difference_text import DifferenceText
from app.ui.inspector.row_tree import RowTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme
    from app.viewmodels.compared_places import ComparedPlace
    from app.viewmodels.tree_rows import Row


class DiffPage(QWidget):
    """A head that says what is compared, the changes, and the chosen change word by word.

    Signals:
        mark_requested: the place at the playhead is to be compared with from now on.
        place_chosen(object): this ``ComparedPlace`` is to be compared with from now on.
        places_wanted: the list of places is about to be shown; answer with ``offer``.
        unmark_requested: back to the previous event.
        copy_requested: the RFC 6902 patch is wanted in the clipboard.
    """

    mark_requested = Signal()
    place_chosen = Signal(object)
    places_wanted = Signal()
    unmark_requested = Signal()
    copy_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = RowTree(theme, self.tr("Changes"))
        self.words = DifferenceText(theme)
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.mark = self._button("diff.mark", self.tr("Compare from here"), self.mark_requested)
        self.places = self._places_button()
        self.unmark = self._button("diff.unmark", self.tr("Previous event"), self.unmark_requested)
        self.copy = self._copy_button(theme)
        self.mark.setToolTip(self.tr("Keep this place as A; wherever you go then, the changes since A are shown"))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.mark, self.places, self.unmark, self.copy):
            buttons.addWidget(button)
        buttons.insertStretch(2, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.tree)
        split.addWidget(self.words)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.addWidget(self.head)
        column.addLayout(buttons)
        column.addWidget(split, 1)
        self.tree.row_selected.connect(self._on_row_selected)
        self.words.hide()
        self.set_compared("")

    def _button(self, name: str, text: str, wanted: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(wanted)
        return button

    def _copy_button(self, theme: Theme) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("diff.copy")
        button.setIcon(icon("copy", theme))
        button.setAccessibleName(self.tr("Copy patch"))
        button.setToolTip(self.tr("Copy the changes as RFC 6902 operations"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self.copy_requested)
        return button

    def _places_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("diff.places")
        button.setText("▾")
        button.setAccessibleName(self.tr("Compare from a mark, a note, a fork or an end"))
        button.setToolTip(button.accessibleName())
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.places_wanted)
        button.setMenu(menu)
        return button

    def offer(self, usual: Sequence[ComparedPlace], noted: Sequence[ComparedPlace]) -> None:
        """Fill the list of places to compare from."""
        menu = self.places.menu()
        menu.clear()
        for place in (*noted, None, *usual):
            if place is None:
                menu.addSeparator()
            else:
                action = menu.addAction(place.title.replace("&", "&&"))
                action.triggered.connect(partial(self.place_chosen.emit, place))

    def set_theme(self, theme: Theme) -> None:
        self.copy.setIcon(icon("copy", theme))
        self.tree.set_theme(theme)
        self.words.set_theme(theme)

    def set_compared(self, words: str) -> None:
        """Say which two places are compared; empty for the event at the playhead and the one before it."""
        self.head.setText(words or self.tr("Changed by the event at the playhead"))
        self.unmark.setEnabled(bool(words))

    def show_rows(self, rows: Sequence[Row], sentence: str) -> None:
        self.tree.show_rows(tuple(rows), sentence)

    @Slot(object)
    def _on_row_selected(self, row: Row | None) -> None:
        has_words = row is not None and row.texts is not None
        self.words.setVisible(has_words)
        self.words.show_row(row if has_words else None)
