"""Puts the pills of forks between the entries in view."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from app.ui.conversation.fork_pill import ForkPill, ways_menu
from app.viewmodels.fork_places import ForkPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.ui.theme import Theme
    from app.viewmodels.fork_groups import ForkGroup
    from app.viewmodels.row_heights import Place

STRIP_PX: Final = 26
_GAP_PX: Final = 12
_MOST: Final = 4
"""Pills between two entries; of more the tree tells."""


class ForkStrips(QObject):
    """A pool of pills over the viewport; only those between entries in view exist.

    Signals:
        way_chosen(str, int): go on with this branch (id) after this position.
    """

    way_chosen = Signal(str, int)

    def __init__(self, theme: Theme, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._theme, self._viewport = theme, viewport
        self._groups: tuple[ForkGroup, ...] = ()
        self._places = ForkPlaces()
        self._pills: list[ForkPill] = []
        self._more: list[QLabel] = []
        self._shown: list[ForkPill] = []
        self._wanted: tuple[int, int] | None = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for pill in self._pills:
            pill.set_theme(theme)

    def set_groups(self, groups: tuple[ForkGroup, ...], births: Sequence[int]) -> None:
        """Take the forks of the line, and the position of each entry."""
        self._groups = groups
        if self._wanted is not None and all(group.position != self._wanted[0] for group in groups):
            self._wanted = None
        self.set_births(births)

    def set_births(self, births: Sequence[int]) -> None:
        self._places = ForkPlaces(self._groups, births)

    def forget(self) -> None:
        """Another line comes into view: its forks are not known yet."""
        self._groups, self._places = (), ForkPlaces()

    def at(self, row: int) -> tuple[ForkGroup, ...]:
        """The forks beside an entry."""
        return (*self._places.above(row), *self._places.below(row))

    def menus(self, row: int, parent: QWidget) -> list[QMenu]:
        """For each fork beside an entry, a menu of its ways."""
        return [ways_menu(group, self._theme, self.way_chosen.emit, parent) for group in self.at(row)]

    def room_above(self, row: int) -> int:
        return STRIP_PX if self._places.above(row) else 0

    def room(self, row: int) -> int:
        """What an entry needs beside its own height."""
        return self.room_above(row) + (STRIP_PX if self._places.below(row) else 0)

    def place(self, places: Iterable[Place], left: int) -> None:
        """Put pills where the rows in view leave room for them."""
        pills, labels = iter(self._pills), iter(self._more)
        shown: list[ForkPill] = []
        told: list[QLabel] = []
        for row in places:
            for groups, y in (
                (self._places.above(row.row), row.y),
                (self._places.below(row.row), row.y + row.height - STRIP_PX),
            ):
                x = left
                for group in groups[:_MOST]:
                    pill = next(pills, None) or self._made()
                    pill.show_group(group, compact=len(groups) > 1)
                    pill.move(x, y + (STRIP_PX - pill.height()) // 2)
                    x += pill.width() + _GAP_PX
                    shown.append(pill)
                if len(groups) > _MOST:
                    label = next(labels, None) or self._made_label()
                    label.setText(self.tr("{count} more").format(count=f"{len(groups) - _MOST:,}"))
                    label.adjustSize()
                    label.move(x, y + (STRIP_PX - label.height()) // 2)
                    told.append(label)
        self._show(shown, told)

    def _show(self, shown: Sequence[ForkPill], told: Sequence[QLabel]) -> None:
        for widget in (*self._pills, *self._more):
            is_shown = widget in shown or widget in told
            if not is_shown and isinstance(widget, ForkPill) and widget.focused_part() >= 0:
                self._focus_conversation()
            widget.setVisible(is_shown)
        if shown != self._shown:
            self._shown = list(shown)
            for before, after in pairwise(button for pill in shown for button in pill.buttons):
                QWidget.setTabOrder(before, after)
        if self._wanted is not None:
            position, part = self._wanted
            for pill in shown:
                if pill.group is not None and pill.group.position == position:
                    self._wanted = None
                    pill.focus_part(part)

    def _focus_conversation(self) -> None:
        """Where a pill goes out of view with the focus, that would go somewhere else in the window."""
        view = self._viewport.parentWidget()
        if view is not None:
            view.setFocus()

    def _made(self) -> ForkPill:
        pill = ForkPill(self._theme, self._viewport)
        pill.way_chosen.connect(self._on_way_chosen)
        self._pills.append(pill)
        return pill

    def _made_label(self) -> QLabel:
        label = QLabel(self._viewport)
        label.setProperty("tone", "caption")
        self._more.append(label)
        return label

    @Slot(str, int)
    def _on_way_chosen(self, branch: str, position: int) -> None:
        """The focus stays at this fork while the line changes, so that one can go on through the ways."""
        pill = self.sender()
        part = pill.focused_part() if isinstance(pill, ForkPill) else -1
        self._wanted = (position, part) if part >= 0 else None
        self.way_chosen.emit(branch, position)
