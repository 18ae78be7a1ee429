"""A scroll area over any number of rows of unknown height, of which only those in view exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.viewmodels.row_heights import Anchor, Place, RowHeights, place

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

ESTIMATE_PX: Final = 76
MARGINS_PX: Final = (8, 24)


class PooledScrollArea(QAbstractScrollArea):
    """Keeps an anchor (a row and where it stands), so that nothing jumps when heights turn out different.

    A subclass says how a row is shown (``_show_row``) and does what is left to do in ``_laid_out``.

    Signals:
        scrolled_by_person: by wheel, bar or key; never by the program.
    """

    scrolled_by_person = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = RowHeights(0, ESTIMATE_PX)
        self._anchor = Anchor(0, MARGINS_PX[0])
        self._places: tuple[Place, ...] = ()
        self._syncing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        self._layout_timer = QTimer(self)
        self._layout_timer.setSingleShot(True)
        self._layout_timer.timeout.connect(self.lay_out)

    def _show_row(self, row: int) -> int | None:
        """Make a row ready to be seen; returns its exact height, None while it is not known."""
        raise NotImplementedError

    def _begin_layout(self) -> None:
        """Get ready to be asked for rows."""

    def _better_anchor(self) -> Anchor | None:
        """Where to stand instead, when something has to come into view; asked once rows are placed."""
        return None

    def _laid_out(self) -> None:
        """Put what belongs to ``_places`` there."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        return self._heights.count

    def _set_rows(self, count: int) -> None:
        if count != self._heights.count:
            self._heights = self._heights.resized(count)
        self._lay_out_soon()

    def _forget_heights(self, count: int) -> None:
        self._heights = RowHeights(count, ESTIMATE_PX)
        self._anchor = Anchor(0, MARGINS_PX[0])
        self._lay_out_soon()

    def _height_of(self, row: int) -> int:
        height = self._show_row(row)
        if height is None:
            return self._heights[row]
        if height != self._heights[row]:
            self._heights[row] = height
        return height

    def _lay_out_soon(self) -> None:
        if not self._layout_timer.isActive():
            self._layout_timer.start(0)

    @Slot()
    def lay_out(self) -> None:
        """Place the rows in view, now."""
        self._begin_layout()
        self._place()
        if better := self._better_anchor():
            self._anchor = better
            self._place()
        self._sync_scroll_bar()
        self._laid_out()
        self.viewport().update()

    def _place(self) -> None:
        self._places = place(self._anchor, self.rows, self.viewport().height(), MARGINS_PX, self._height_of)
        if self._places:
            self._anchor = Anchor(self._places[0].row, self._places[0].y)

    def _sync_scroll_bar(self) -> None:
        bar, view_height = self.verticalScrollBar(), self.viewport().height()
        if bar.isSliderDown():
            return  # the handle stays under the mouse; it is set right when it is let go
        self._syncing = True
        bar.setRange(0, max(0, sum(MARGINS_PX) + self._heights.total - view_height))
        bar.setPageStep(view_height)
        bar.setValue(MARGINS_PX[0] + self._heights.before(self._anchor.row) - self._anchor.y)
        self._syncing = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 -- Qt's signature
        """Small steps move what is in view; far ones go to where the estimate says."""
        if self._syncing:
            return
        if abs(dy) <= 2 * self.viewport().height():
            self._anchor = Anchor(self._anchor.row, self._anchor.y + dy)
        else:
            row, offset = self._heights.find(self.verticalScrollBar().value() - MARGINS_PX[0])
            self._anchor = Anchor(row, -offset)
        self.scrolled_by_person.emit()
        self.lay_out()

    def scroll_by(self, pixels: int) -> None:
        """Scroll as the person would; positive goes down."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + pixels)

    def scroll_to_start(self) -> None:
        self._scroll_to(Anchor(0, MARGINS_PX[0]))

    def scroll_to_end(self) -> None:
        self._scroll_to(Anchor(max(0, self.rows - 1), self.viewport().height() - MARGINS_PX[1]))

    def _scroll_to(self, anchor: Anchor) -> None:
        self._anchor = anchor
        self.scrolled_by_person.emit()
        self.lay_out()

    def place_of(self, row: int) -> Place | None:
        """Where a row stands, when it is in view."""
        return next((shown for shown in self._places if shown.row == row), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()
