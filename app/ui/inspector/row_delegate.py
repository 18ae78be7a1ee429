"""Paints the rows of the state panel: recorded plain, computed in italics with a function sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import BODY_PX, CAPTION_PX
from app.ui.widgets.type_scale import sized
from app.viewmodels.tree_rows import Row, RowRole

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.ui.theme import Theme

_HEIGHT_PX: Final = 24
_SECTION_PX: Final = 32
_STACKED_PX: Final = 42
_SCORE_PX: Final = 44
_UNDERLINE_PX: Final = 10
_BAR_PX: Final = 48
_VALUE_SHARE: Final = 0.55
_TINT: Final = 0.12
_SIGNS: Final = {"added": ("+", "behaviour"), "removed": ("−", "problem"), "replaced": ("→", "accent")}
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """One line a row: label, muted detail, bar, value."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(RowRole)
        height = _SECTION_PX if row.is_section else _STACKED_PX if row.is_stacked else _HEIGHT_PX
        return QSize(option.rect.width(), self.theme.row_px(height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(RowRole)
        rect: QRect = option.rect
        font: QFont = option.font
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or (row.change and row.truth == "recorded"):
            tint = QColor(self.theme.accent)
            tint.setAlphaF(2 * _TINT if selected else _TINT)
            painter.fillRect(rect, tint)
        if row.is_section:
            self._paint_section(painter, rect, row, font)
        else:
            self._paint_row(painter, rect, row, font)
        painter.restore()

    def _paint_section(self, painter: QPainter, rect: QRect, row: Row, font: QFont) -> None:
        computed = row.truth == "computed"
        rect = rect.adjusted(2, 6, -10, 0)
        left = self._text(
            painter,
            rect,
            f"ƒ {row.label}" if computed else row.label,
            sized(font, BODY_PX, bold=True, italic=computed),
        )
        if computed:
            painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
            below = rect.center().y() + _UNDERLINE_PX
            painter.drawLine(rect.left(), below, left - 8, below)
        truth = (
            QCoreApplication.translate("Inspector", "computed by Branchline")
            if computed
            else row.origin or QCoreApplication.translate("Inspector", "recorded")
        )
        small = sized(font, CAPTION_PX, italic=computed)
        self._text(painter, rect, f"{truth} · {row.value}" if row.value else truth, small, "muted", _RIGHT)

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row, font: QFont) -> None:
        rect = rect.adjusted(2, 0, -10, 0)
        normal = sized(font, BODY_PX)
        if row.change:
            sign, colour = _SIGNS.get(row.change, ("·", "muted"))
            self._text(painter, rect, sign, sized(font, BODY_PX, bold=True), colour)
            rect = rect.adjusted(16, 0, 0, 0)
        if row.is_stacked:
            half = rect.height() // 2
            self._text(painter, rect.adjusted(0, 3, 0, -half), row.label, sized(font, CAPTION_PX), "muted")
            self._text(painter, rect.adjusted(0, half - 2, 0, -2), row.value, normal)
            return
        value_rect = QRect(rect)
        if row.value:
            painter.setFont(normal)
            needed = painter.fontMetrics().horizontalAdvance(row.value) + 4
            width = min(needed, round(rect.width() * _VALUE_SHARE)) if row.share is None else max(needed, _SCORE_PX)
            value_rect.setLeft(rect.right() - width)
            self._text(painter, value_rect, row.value, normal, "text", _RIGHT)
            rect = rect.adjusted(0, 0, -width - 10, 0)
        if row.share is not None:
            self._paint_bar(painter, QRect(rect.right() - _BAR_PX, rect.center().y() - 3, _BAR_PX, 6), row.share)
            rect = rect.adjusted(0, 0, -_BAR_PX - 10, 0)
        is_link = row.position is not None and not row.detail
        end = self._text(
            painter, rect, row.label, _underlined(normal) if is_link else normal, "accent" if is_link else "text"
        )
        rest = rect.adjusted(end - rect.left(), 0, 0, 0)
        small = sized(font, CAPTION_PX)
        if row.position is not None:
            self._text(painter, rest, row.detail, _underlined(small), "accent")
        else:
            self._text(painter, rest, row.detail, small, "muted")

    def _paint_bar(self, painter: QPainter, box: QRect, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(QColor(self.theme.recommendation))
        filled = QRect(box)
        filled.setWidth(max(2, round(box.width() * min(1.0, share))))
        painter.drawRoundedRect(filled, 3, 3)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        font: QFont,
        token: str = "text",  # noqa: S107 -- a colour token
        align: Qt.AlignmentFlag = _LEFT,
    ) -> int:
        """Paint a text into what room there is; returns where the next one may begin."""
        if not text or rect.width() < 10:
            return rect.left()
        painter.setFont(font)
        painter.setPen(QColor(getattr(self.theme, token)))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, align, shown)
        return rect.left() + painter.fontMetrics().horizontalAdvance(shown) + 8


def _underlined(font: QFont) -> QFont:
    font.setUnderline(True)
    return font
