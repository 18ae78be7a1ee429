"""Branches side by side under one playhead: turns, measures, states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.compare.metrics import METRICS
from app.ui.side_by_side.headings import Headings, columns_of
from app.ui.side_by_side.metrics_page import MetricsPage
from app.ui.side_by_side.rows import ComparedRows
from app.ui.side_by_side.states_page import StatesPage
from app.viewmodels.metric_words import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.domain.compare.comparison import Comparison
    from app.ui.theme import Theme
    from app.viewmodels.side_by_side_rows import ShownRow

FORMATS: Final = ("html", "markdown", "json")


class SideBySideView(QWidget):
    """Shows what it is given; whoever fills it knows where it comes from.

    Signals:
        different_toggled(bool), words_toggled(bool): only what differs; word by word.
        order_chosen(str): a metric's name, "" for the order of choosing.
        export_wanted(str): one of ``FORMATS``.
        blind_wanted: judge the answers without knowing whose they are.
        difference_wanted(int): the next (1) or previous (-1) difference.
        closed: the person has seen enough.
    """

    different_toggled = Signal(bool)
    words_toggled = Signal(bool)
    order_chosen = Signal(str)
    export_wanted = Signal(str)
    difference_wanted = Signal(int)
    choose_wanted = Signal()
    blind_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebyside")
        self._names: tuple[str, ...] = ()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("What is compared"))
        self.different = self._toggle(
            self.tr("Different only"), self.tr("Leave out turns that are the same everywhere")
        )
        self.words = self._toggle(self.tr("Words"), self.tr("Mark differences word by word"))
        self.words.setChecked(True)
        self.previous = self._button("▲", self.tr("Previous difference (Shift+F7)"))
        self.next = self._button("▼", self.tr("Next difference (F7)"))
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order of the branches"))
        self.order.setToolTip(self.order.accessibleName())
        self.order.addItem(self.tr("As chosen"), "")
        for metric in METRICS:
            self.order.addItem(self.tr("By {metric}").format(metric=title_of(metric)), metric.name)
        self.export = self._button(self.tr("Export…"), self.tr("Write the comparison to a file"))
        self.blind = self._button(self.tr("Judge…"), self.tr("Judge the answers without knowing whose they are"))
        self.choose = self._button(self.tr("Branches…"), self.tr("Choose what is compared (Shift+C)"))
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setAccessibleName(self.tr("Close the comparison"))
        self.close_button.setToolTip(self.tr("Close the comparison (Esc)"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.headings = Headings()
        self.rows = ComparedRows(theme)
        self.metrics = MetricsPage(theme)
        self.states = StatesPage(theme)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Comparison"))
        self.tabs.tabBar().setAccessibleName(self.tr("Comparison"))
        self._arrange()
        self._connect()
        self.hide()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _arrange(self) -> None:
        turns = QWidget()
        turns_box = QVBoxLayout(turns)
        turns_box.setContentsMargins(0, 0, 0, 0)
        turns_box.setSpacing(0)
        turns_box.addWidget(self.headings)
        turns_box.addWidget(self.rows, 1)
        for page, title in (
            (turns, self.tr("Turns")),
            (self.metrics, self.tr("Measures")),
            (self.states, self.tr("States")),
        ):
            self.tabs.addTab(page, title)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.said, 1)
        first.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        for tool in (self.previous, self.next, self.different, self.words):
            second.addWidget(tool)
        second.addStretch(1)
        for button in (self.order, self.blind, self.choose, self.export):
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.tabs, 1)
        self._export_menu = QMenu(self.export)
        for form, text in zip(FORMATS, (self.tr("HTML"), self.tr("Markdown"), self.tr("JSON")), strict=True):
            self._export_menu.addAction(text).setData(form)
        self.export.setMenu(self._export_menu)

    def _connect(self) -> None:
        self.different.toggled.connect(self.different_toggled)
        self.words.toggled.connect(self.words_toggled)
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.order.activated.connect(self._on_order_chosen)
        self._export_menu.triggered.connect(self._on_export_chosen)
        self.choose.clicked.connect(self.choose_wanted)
        self.blind.clicked.connect(self.blind_wanted)
        self.rows.width_changed.connect(self.headings.set_columns_width)
        self.close_button.clicked.connect(self.closed)

    def set_theme(self, theme: Theme) -> None:
        for page in (self.rows, self.metrics, self.states):
            page.set_theme(theme)

    def show_waiting(self, sentence: str) -> None:
        """Say what is going on while there is nothing to see yet."""
        self.said.setText(sentence)

    def clear(self) -> None:
        """Show nothing: what was compared last is no sight while something else is being compared."""
        self._names = ()
        self.headings.show_columns(())
        self.rows.show_rows((), (), "")
        self.metrics.show_comparison(None, ())
        self.states.show_comparison(None, ())

    def show_comparison(
        self, comparison: Comparison, rows: Sequence[ShownRow], order: Sequence[int], sentence: str
    ) -> None:
        self.said.setText(sentence)
        columns = columns_of(comparison.branches, order)
        self._names = tuple(column.name for column in columns)
        self.headings.show_columns(columns)
        self._show_rows(rows)
        self.metrics.show_comparison(comparison, order)
        self.states.show_comparison(comparison, order)
        for button in (self.previous, self.next):
            button.setEnabled(bool(comparison.differing))
        self.headings.set_columns_width(self.rows.viewport().width())

    def _show_rows(self, rows: Sequence[ShownRow]) -> None:
        otherwise = (
            self.tr("Nothing differs: all of it is the same on these branches.")
            if self.different.isChecked()
            else self.tr("These branches have no turns beyond what they share.")
        )
        self.rows.show_rows(rows, self._names, otherwise)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_previous(self) -> None:
        self.difference_wanted.emit(-1)

    @Slot()
    def _on_next(self) -> None:
        self.difference_wanted.emit(1)

    @Slot(int)
    def _on_order_chosen(self, index: int) -> None:
        self.order_chosen.emit(self.order.itemData(index))

    @Slot(object)
    def _on_export_chosen(self, action: object) -> None:
        self.export_wanted.emit(action.data())  # type: ignore[attr-defined]  # a QAction of the menu
