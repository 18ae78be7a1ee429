"""One compared turn on screen; recycled for another when it leaves the view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.side_by_side.row_layout import GAP_PX, PAD_PX, RAIL_PX, Block, RowWriter, column_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from app.ui.theme import Theme
    from app.viewmodels.side_by_side_rows import ShownRow

_BOTTOM_PX: Final = 10


class RowWidget(QWidget):
    """A band with the question, and a column a branch.

    Signals:
        pressed(int, int): the row, and the branch (index) whose column was clicked; -1 beside them.
        activated(int, int): likewise, clicked twice.
    """

    pressed = Signal(int, int)
    activated = Signal(int, int)

    def __init__(self, writer: RowWriter, parent: QWidget) -> None:
        super().__init__(parent)
        self.index = -1
        self.row: ShownRow | None = None
        self._writer = writer
        self._names: tuple[str, ...] = ()
        self._question: Block | None = None
        self._columns: list[list[Block]] = []
        self._top = 0.0
        self._is_current = False
        self._playhead: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_writer(self, writer: RowWriter) -> None:
        self._writer = writer
        self.row = None

    def bind(self, index: int, row: ShownRow, names: Sequence[str], width: int) -> int:
        """Show a row; returns the height it takes at this width."""
        self.index = index
        if row is not self.row or width != self.width() or tuple(names) != self._names:
            self.row, self._names = row, tuple(names)
            self._lay_out(width)
            self.setAccessibleName(self._spoken())
            self.update()
        return self.height()

    def set_marks(self, *, is_current: bool, playhead: int | None) -> None:
        """``playhead`` is the branch (index) on which the playhead stands in this turn."""
        if (is_current, playhead) != (self._is_current, self._playhead):
            self._is_current, self._playhead = is_current, playhead
            self.update()

    def _lay_out(self, width: int) -> None:
        row = self.row
        if row is None:
            return
        each = column_width(width, len(row.cells))
        self._question = self._writer.question(row, width)
        self._top = self._question.box.bottom() + GAP_PX if self._question else float(PAD_PX)
        self._columns = [
            self._writer.cell(cell, branch * each, self._top, each) for branch, cell in enumerate(row.cells)
        ]
        bottom = max((blocks[-1].box.bottom() for blocks in self._columns if blocks), default=self._top)
        self.resize(width, round(bottom + _BOTTOM_PX))

    def _spoken(self) -> str:
        row = self.row
        if row is None:
            return ""
        parts = [row.question or ""]
        for name, cell in zip(self._names, row.cells, strict=True):
            if cell is None:
                parts.append(_tr("{name}: no such turn").format(name=name))
            elif cell.like is not None:
                parts.append(_tr("{name}: the same as {other}").format(name=name, other=cell.like))
            else:
                times = (f"×{cell.times}",) if cell.times > 1 else ()
                parts.append(f"{name}: {' · '.join((*times, cell.text[:300], *cell.problems, cell.facts))}")
        state = _tr("the same on all") if row.is_same else _tr("different")
        return " · ".join((state, *filter(None, parts)))

    def branch_at(self, x: float) -> int:
        if self.row is None:
            return -1
        branch = int(x) // column_width(self.width(), len(self.row.cells))
        return branch if 0 <= branch < len(self.row.cells) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.index, self.branch_at(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.activated.emit(self.index, self.branch_at(event.position().x()))

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self.row
        if row is None:
            return
        theme = self._writer.theme
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        whole = QRectF(self.rect())
        painter.fillRect(whole, QColor(theme.surface))
        if self._question is not None:
            painter.fillRect(QRectF(0, 0, whole.width(), self._top - GAP_PX / 2), QColor(theme.raised))
            _draw(painter, self._question)
        if self._is_current:
            painter.fillRect(whole, theme.tint())
        each = column_width(self.width(), len(row.cells))
        for branch, blocks in enumerate(self._columns):
            self._paint_column(painter, theme, branch * each, each, whole.height(), branch)
            for block in blocks:
                _draw(painter, block)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(0, whole.height() - 0.5), QPointF(whole.width(), whole.height() - 0.5))
        painter.end()

    def _paint_column(
        self, painter: QPainter, theme: Theme, left: float, width: float, height: float, branch: int
    ) -> None:
        if branch:
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(left, self._top - 2), QPointF(left, height))
        if branch == self._playhead:
            rail = QRectF(left + 1, self._top - 2, RAIL_PX, height - self._top)
            painter.fillRect(rail, QColor(theme.accent))
        cell = self.row.cells[branch] if self.row is not None else None
        if cell is not None and cell.problems:
            painter.fillRect(QRectF(left + width - 4, self._top, 3, height - self._top - 6), QColor(theme.problem))


def _draw(painter: QPainter, block: Block) -> None:
    painter.save()
    painter.translate(block.box.topLeft())
    block.document.drawContents(painter)
    painter.restore()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)
