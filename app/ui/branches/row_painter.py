"""Draws one row of the tree: lanes and name, fork, own events, and where there is room the branch as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.ui.branches.branch_mark import star_path
from app.ui.branches.lane_painter import LanePainter, Path, lane_px
from app.ui.branches.line_painter import LinePainter
from app.ui.theme import CAPTION_PX, tabular_font, ui_font
from app.viewmodels.branches_model import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchRow, BranchTree

ROW_PX: Final = 26
NUMBER_PADDING_PX: Final = 6
_STAR_PX: Final = 13.0
_GAP_PX: Final = 5
_REASON_PX: Final = 70
"""Least room that a reason is worth."""
_RAIL_PX: Final = 2
_STRIP_PX: Final = 9
"""Height of the line below the name of the branch in focus."""


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row is shown at this moment; ``playhead`` where its branch is in focus."""

    is_selected: bool = False
    is_hovered: bool = False
    has_focus: bool = False
    playhead: int | None = None


class RowPainter:
    """Made anew for another tree, theme or width; paints plain text only, for names come from files and people."""

    def __init__(self, theme: Theme, tree: BranchTree, width: int) -> None:
        self._theme = theme
        default = tree.default()
        path = Path.of(tree.path(default.branch.id) if default is not None else ())
        self.lanes = LanePainter(theme, tree, path, lane_px(tree, width))
        self._line = LinePainter(theme, tree)
        self._names = {bold: ui_font(bold=bold) for bold in (False, True)}
        self._numbers = tabular_font(CAPTION_PX)

    def paint(self, painter: QPainter, cells: Mapping[Column, QRect], row: BranchRow, state: RowState) -> None:
        """``cells``: the rectangles of the columns in view."""
        whole = cells[Column.NAME]
        for cell in cells.values():
            whole = whole.united(cell)
        self._paint_ground(painter, whole, state)
        self.lanes.paint(painter, cells[Column.NAME], row)
        self._paint_name(painter, cells[Column.NAME], row, state, has_line=Column.LINE in cells)
        painter.setFont(self._numbers)
        painter.setPen(QColor(self._theme.muted))
        fork = f"{row.branch.fork_position:,}" if row.made_from else "–"
        for column, text in ((Column.FORK, fork), (Column.OWN, f"{row.branch.own_events:,}")):
            if column in cells:
                cell = cells[column].adjusted(0, 0, -NUMBER_PADDING_PX, 0)
                painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if Column.LINE in cells:
            self._line.paint(painter, cells[Column.LINE].adjusted(8, 0, -10, 0), row, state.playhead)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: RowState) -> None:
        accent = QColor(self._theme.accent)
        if state.is_selected:
            painter.fillRect(rect, self._theme.tint())
        elif state.is_hovered:
            painter.fillRect(rect, QColor(self._theme.raised))
        if state.playhead is not None:
            painter.fillRect(QRect(rect.left(), rect.top() + 2, _RAIL_PX, rect.height() - 4), accent)
        if state.has_focus:
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def text_rect(self, cell: QRect, row: BranchRow) -> QRect:
        """Where a name stands, and is edited."""
        return cell.adjusted(self.lanes.text_left(row), 0, -_GAP_PX, 0)

    def _paint_name(self, painter: QPainter, cell: QRect, row: BranchRow, state: RowState, *, has_line: bool) -> None:
        room = self.text_rect(cell, row)
        if state.playhead is not None and not has_line:
            strip = QRect(room.left(), room.bottom() - _STRIP_PX, room.width(), _STRIP_PX)
            self._line.paint(painter, strip, row, state.playhead)
            room = room.adjusted(0, 0, 0, -_STRIP_PX + 2)
        room = self._paint_signs(painter, room, row)
        font = self._names[state.playhead is not None]
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted if row.label.archived else self._theme.text))
        shown = elided(row.branch.name, font, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        self._paint_reason(painter, room.adjusted(QFontMetrics(font).horizontalAdvance(shown) + 10, 0, 0, 0), row)

    def _paint_reason(self, painter: QPainter, room: QRect, row: BranchRow) -> None:
        """Why the branch was made, where the name leaves room for it."""
        if row.label.hypothesis and room.width() >= _REASON_PX:
            painter.setFont(self._numbers)
            painter.setPen(QColor(self._theme.muted))
            said = elided(row.label.hypothesis, self._numbers, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)

    def _paint_signs(self, painter: QPainter, room: QRect, row: BranchRow) -> QRect:
        """From the right: the star, that it is archived, how much it repeats; returns what room is left."""
        if row.label.starred:
            centre = QPointF(room.right() - _STAR_PX / 2, room.center().y() + 0.5)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(star_path(centre, _STAR_PX), QColor(self._theme.accent))
            painter.restore()
            room = room.adjusted(0, 0, -round(_STAR_PX) - _GAP_PX, 0)
        if row.repeated is not None:
            room = self._paint_sign(painter, room, f"≡{row.repeated.count:,}")
        return room

    def _paint_sign(self, painter: QPainter, room: QRect, text: str) -> QRect:
        painter.setFont(self._numbers)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - _GAP_PX, 0)


def elided(name: str, font: QFont, width: int) -> str:
    """The name as far as it fits, in one line."""
    return QFontMetrics(font).elidedText(" ".join(name.split()), Qt.TextElideMode.ElideMiddle, max(width, 0))


def number_width(numbers: list[int]) -> int:
    """Room for the widest of them."""
    metrics = QFontMetrics(tabular_font(CAPTION_PX))
    return max((metrics.horizontalAdvance(f"{number:,}") for number in numbers), default=0) + 2 * NUMBER_PADDING_PX
