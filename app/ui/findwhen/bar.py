"""The bar in which one asks when a condition on the state becomes true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout

from app.ui.findwhen.field import ConditionField
from app.ui.icons import icon
from app.viewmodels.find_when import mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.ui.theme import Theme


class FindBar(QFrame):
    """Hidden until it is asked for; a condition that cannot be read is underlined and explained, never searched.

    Signals:
        all_requested(str), first_requested(str), next_requested(str), previous_requested(str): search for this.
        stop_requested: end the search that runs.
        stops_toggled(bool): playing shall pause at hits, or no more.
        closed: the bar was put away.
    """

    all_requested = Signal(str)
    first_requested = Signal(str)
    next_requested = Signal(str)
    previous_requested = Signal(str)
    stop_requested = Signal()
    stops_toggled = Signal(bool)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findwhen")
        self.field = ConditionField(theme)
        self.field.setAccessibleName(self.tr("Find when this becomes true"))
        self.field.setPlaceholderText('len(conversation.messages) > 20 and "refund" in conversation.messages[-1].text')
        self.recent = self._menu_button()
        self.first = self._button(self.tr("First"), self.tr("Go to where it first becomes true"))
        self.next = self._button(self.tr("Next"), self.tr("Go to where it becomes true next (F3)"))
        self.all = self._button(self.tr("All"), self.tr("Find every place where it becomes true (Enter)"))
        self.stop = self._button(self.tr("Stop"), self.tr("End the search"))
        self.breaks = QCheckBox(self.tr("Pause playing there"))
        self.breaks.setToolTip(self.tr("Playing pauses at every hit, like at a breakpoint"))
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("tone", "muted")
        self.said.setWordWrap(True)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close find when"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange()
        self._connect()
        self.set_theme(theme)
        self.set_running(running=False)
        self.set_recent(())
        self._check()
        self.hide()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        return button

    def _menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Recent"))
        button.setAccessibleName(self.tr("Conditions searched for last"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMenu(QMenu(button))
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        title = QLabel(self.tr("Find when"))
        title.setBuddy(self.field)
        for widget in (title, self.field, self.recent, self.first, self.next, self.all, self.stop, self.breaks):
            row.addWidget(widget, 1 if widget is self.field else 0)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.said)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._on_all)
        self.field.backwards_requested.connect(self._on_previous)
        self.field.left.connect(self.put_away)
        self.first.clicked.connect(self._on_first)
        self.next.clicked.connect(self._on_next)
        self.all.clicked.connect(self._on_all)
        self.stop.clicked.connect(self.stop_requested)
        self.breaks.toggled.connect(self.stops_toggled)
        self._close.clicked.connect(self.put_away)

    def set_theme(self, theme: Theme) -> None:
        self.field.set_theme(theme)
        self._close.setIcon(icon("quit", theme))

    @property
    def expression(self) -> str:
        return self.field.text().strip()

    def ask(self) -> None:
        """Come into view, ready to be typed into."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot()
    def put_away(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say what came of a search, unless there is a mistake to be told about."""
        if not sentence:
            self._check()
        elif self.field.marked is None:
            self._say(sentence, "muted")

    def set_running(self, *, running: bool) -> None:
        self.stop.setVisible(running)

    def set_recent(self, expressions: Sequence[str]) -> None:
        menu = self.recent.menu()
        menu.clear()
        for expression in expressions:
            action = menu.addAction(expression.replace("&", "&&"))
            action.setData(expression)
            action.triggered.connect(self._on_recent)
        self.recent.setEnabled(bool(expressions))

    @Slot()
    def _check(self) -> None:
        wrong = mistake(self.expression) if self.expression else None
        skipped = len(self.field.text()) - len(self.field.text().lstrip())
        self.field.mark(wrong[0] + skipped if wrong else None)
        example = self.tr("A condition on the state; F3 and Shift+F3 go from hit to hit.")
        if wrong:
            self._say(self.tr("Column {column}: {sentence}").format(column=wrong[0] + skipped, sentence=wrong[1]))
        else:
            self._say("" if self.expression else example, "muted")
        for button in (self.first, self.next, self.all):
            button.setEnabled(bool(self.expression) and wrong is None)

    def _say(self, sentence: str, tone: str = "problem") -> None:
        self.said.setText(sentence)
        if self.said.property("tone") != tone:
            self.said.setProperty("tone", tone)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    @Slot()
    def _on_recent(self) -> None:
        if (action := self.sender()) is not None:
            self.field.setText(str(action.data()))  # type: ignore[attr-defined]
            self.field.setFocus()

    @Slot()
    def _on_all(self) -> None:
        if self.all.isEnabled():
            self.all_requested.emit(self.expression)

    @Slot()
    def _on_first(self) -> None:
        self.first_requested.emit(self.expression)

    @Slot()
    def _on_next(self) -> None:
        self.next_requested.emit(self.expression)

    @Slot()
    def _on_previous(self) -> None:
        self.previous_requested.emit(self.expression)
