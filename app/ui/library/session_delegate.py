"""One session of the list: its title, and below it (or beside it) where it came from and how long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme import CAPTION_PX, tabular_font, ui_font
from app.viewmodels.sessions_model import SessionRole, details

if TYPE_CHECKING:
    from app.domain.sessions import SessionSummary
    from app.ui.theme import Theme

ROW_PX: Final = 40
_ONE_LINE_PX: Final = 26
_INSET_PX: Final = 12


class SessionDelegate(QStyledItemDelegate):
    """Paints plain text only: titles come from files."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 -- every row is as high as the others
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(120, _ONE_LINE_PX if self._theme.density == "compact" else self._theme.row_px(ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        summary, is_open = index.data(SessionRole.SUMMARY), bool(index.data(SessionRole.IS_OPEN))
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.tint())
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(self._theme.raised))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self._theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if self._theme.density == "compact":
            self._one_line(painter, rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0), summary, is_open=is_open)
        else:
            aside = (rect.height() - ROW_PX) // 2 + 4
            inner = rect.adjusted(_INSET_PX, aside, -_INSET_PX, -aside)
            title_font = ui_font(bold=is_open)
            self._line(painter, inner, summary.header.title, title_font, self._theme.text, Qt.AlignmentFlag.AlignTop)
            self._line(
                painter, inner, details(summary), ui_font(CAPTION_PX), self._theme.muted, Qt.AlignmentFlag.AlignBottom
            )
        painter.restore()

    def _one_line(self, painter: QPainter, rect: QRect, summary: SessionSummary, *, is_open: bool) -> None:
        count = f"{summary.events:,}"
        painter.setFont(tabular_font(CAPTION_PX))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        taken = QFontMetrics(painter.font()).horizontalAdvance(count) + 12
        title, font = rect.adjusted(0, 0, -taken, 0), ui_font(bold=is_open)
        self._line(painter, title, summary.header.title, font, self._theme.text, Qt.AlignmentFlag.AlignVCenter)

    def _line(
        self, painter: QPainter, rect: QRect, text: str, font: QFont, color: str, where: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(color))
        fitting = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, where | Qt.AlignmentFlag.AlignLeft, fitting)
