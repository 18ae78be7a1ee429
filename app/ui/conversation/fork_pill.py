"""The pill at a fork: which of the ways on this line takes, and buttons to take another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.ui.branches.branch_mark import branch_icon, draw_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from app.ui.theme import Theme
    from app.viewmodels.fork_groups import ForkGroup

NAME_PX: Final = 160


class _Mark(QWidget):
    """Colour and shape of the way that is taken."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.colour = theme, "grey"
        self.setFixedSize(QSize(12, 16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, self.theme, self.colour, QPointF(6, 8.5), 8.0)
        painter.end()


class ForkPill(QWidget):
    """Recycled for another fork; every part is reached with Tab and says where it leads.

    Signals:
        way_chosen(str, int): go on with this branch (id) after this position.
    """

    way_chosen = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.group: ForkGroup | None = None
        self._is_compact = False
        self._mark = _Mark(theme, self)
        self._previous = self._button("‹", self._on_previous_clicked)
        self._which = self._button("", self._on_which_clicked)
        self._next = self._button("›", self._on_next_clicked)
        self._name = QLabel(self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("tone", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self._mark, *self.buttons, self._name):
            row.addWidget(part)

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton, QToolButton]:
        return self._previous, self._which, self._next

    def _button(self, text: str, clicked: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setProperty("small", True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(clicked)
        return button

    def set_theme(self, theme: Theme) -> None:
        self._mark.theme = theme
        self._mark.update()

    def show_group(self, group: ForkGroup, *, compact: bool = False) -> None:
        """``compact`` leaves the words out, where several pills share a line; they are said all the same."""
        if group is self.group and compact == self._is_compact:
            return
        self.group, self._is_compact = group, compact
        here = group.alternatives[group.current]
        self._mark.colour = here.colour
        self._mark.update()
        self._which.setText(group.words)
        place = self.tr("after event {position}").format(position=f"{group.position:,}")
        self._which.setAccessibleName(
            self.tr("Way {number} of {count} {place}: {name}").format(
                number=group.current + 1, count=len(group.alternatives), place=place, name=here.branch.name
            )
        )
        self._which.setToolTip(self.tr("{name}; all ways {place}").format(name=here.branch.name, place=place))
        words = ((self._previous, -1, self.tr("Previous way: {name}")), (self._next, 1, self.tr("Next way: {name}")))
        for button, by, text in words:
            other = group.beside(by)
            button.setEnabled(other is not None)
            button.setAccessibleName(text.format(name=other.branch.name if other is not None else "–"))
            button.setToolTip(button.accessibleName())
        name = " ".join(here.branch.name.split())
        shown = self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, NAME_PX)
        self._name.setText(self.tr("{name} · {place}").format(name=shown, place=place))
        self._name.setToolTip(here.branch.name if shown != name else "")
        self._name.setVisible(not compact)
        self.adjustSize()

    def focused_part(self) -> int:
        """Which of the buttons has the focus; -1 when none has."""
        return next((number for number, button in enumerate(self.buttons) if button.hasFocus()), -1)

    def focus_part(self, number: int) -> None:
        """Give the focus to a button; to the one in the middle where it cannot be pressed."""
        button = self.buttons[number]
        (button if button.isEnabled() else self._which).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_previous_clicked(self) -> None:
        self._go(-1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._go(1)

    def _go(self, by: int) -> None:
        other = self.group.beside(by) if self.group is not None else None
        if self.group is not None and other is not None:
            self.way_chosen.emit(other.branch.id, self.group.position)

    @Slot()
    def _on_which_clicked(self) -> None:
        if self.group is not None:
            menu = ways_menu(self.group, self._mark.theme, self.way_chosen.emit, self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._which.mapToGlobal(self._which.rect().bottomLeft()))


def ways_menu(group: ForkGroup, theme: Theme, choose: Callable[[str, int], None], parent: QWidget) -> QMenu:
    """All ways at a fork by name; ``choose`` takes the branch (id) and the position."""
    title = QCoreApplication.translate("ForkPill", "Ways after event {position} ({which})")
    menu = QMenu(title.format(position=f"{group.position:,}", which=group.words), parent)
    for number, row in enumerate(group.alternatives):
        name = row.branch.name.replace("&", "&&") + (" ★" if row.label.starred else "")
        action = QAction(branch_icon(theme, row.colour), name, menu)
        action.setCheckable(True)
        action.setChecked(number == group.current)
        action.triggered.connect(partial(_picked, choose, row.branch.id, group.position))
        menu.addAction(action)
    return menu


def _picked(choose: Callable[[str, int], None], branch: str, position: int, checked: bool = False) -> None:
    choose(branch, position)
