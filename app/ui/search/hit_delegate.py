"""One hit of the list: the text with the hit in bold, and below it where that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.vocabulary import lane_of
from app.ui.shapes import lane_path
from app.ui.theme import BODY_PX, CAPTION_PX, ui_font
from app.viewmodels.hits_model import HitRole, place_of

if TYPE_CHECKING:
    from app.application.searching import Hit
    from app.domain.search_text import Snippet
    from app.ui.theme import Theme

ROW_PX: Final = 44
_ONE_LINE_PX: Final = 26
_INSET_PX: Final = 12
_MARK_PX: Final = 9.0
_TEXT_PX: Final = 20
"""From the left edge of the mark to that of the texts."""
_BEFORE: Final = 0.35
"""What the text before the hit may take of the width, so that the hit is always seen."""
_ELLIPSIS: Final = "…"


class HitDelegate(QStyledItemDelegate):
    """Paints plain text only: snippets come from files and models."""

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
        hit: Hit = index.data(HitRole.HIT)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.tint())
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(self._theme.raised))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self._theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        is_short = rect.height() < ROW_PX
        aside = 2 if is_short else (rect.height() - ROW_PX) // 2 + 3
        inner = rect.adjusted(_INSET_PX, aside, -_INSET_PX, -aside)
        self._mark(painter, inner, hit)
        texts = inner.adjusted(_TEXT_PX, 0, 0, 0)
        upper, lower = QRect(texts), QRect(texts)
        upper.setHeight(21)
        lower.setTop(upper.bottom() + 1)
        self._snippet(painter, upper, hit.snippet)
        if not is_short:
            where = place_of(hit)
            self._caption(painter, lower, f"{where} · {hit.title}" if index.data(HitRole.IS_TITLED) else where)
        painter.restore()

    def _mark(self, painter: QPainter, inner: QRect, hit: Hit) -> None:
        lane = lane_of(hit.event.type, hit.event.actor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(inner.left() + _MARK_PX / 2 + 1, inner.top() + 11)
        painter.fillPath(lane_path(lane, centre, _MARK_PX), self._theme.lane_color(lane))

    def _caption(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(ui_font(CAPTION_PX))
        painter.setPen(QColor(self._theme.muted))
        fitting = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)

    def _snippet(self, painter: QPainter, rect: QRect, snippet: Snippet) -> None:
        """One line, the hit in bold on a tint."""
        text, start, end = fitted(snippet, QFontMetrics(ui_font(BODY_PX, bold=True)), rect.width())
        layout = QTextLayout(text, ui_font(BODY_PX))
        if end > start:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = _utf16(text[:start]), _utf16(text[start:end])
            form = QTextCharFormat()
            form.setFontWeight(QFont.Weight.Bold)
            form.setBackground(self._theme.tint())
            mark.format = form
            layout.setFormats([mark])
        layout.beginLayout()
        line = layout.createLine()
        line.setNumColumns(len(text) + 1)
        layout.endLayout()
        painter.setPen(QColor(self._theme.text))
        layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2))


def fitted(snippet: Snippet, metrics: QFontMetrics, width: int) -> tuple[str, int, int]:
    """The snippet cut at both ends to a width, and where the hit stands in what is left."""
    before, hit = snippet.text[: snippet.start].lstrip(_ELLIPSIS), snippet.text[snippet.start : snippet.end]
    beside = width - metrics.horizontalAdvance(_ELLIPSIS + hit + _ELLIPSIS)
    room = min(width * _BEFORE, beside) if snippet.end > snippet.start else 0
    kept = before
    while kept and metrics.horizontalAdvance(kept) > room:
        kept = kept[max(len(kept) // 8, 1) :]
    if kept != before or snippet.text.startswith(_ELLIPSIS):
        kept = _ELLIPSIS + kept.lstrip()
    text = metrics.elidedText(kept + hit + snippet.text[snippet.end :], Qt.TextElideMode.ElideRight, width)
    return text, min(len(kept), len(text)), min(len(kept) + len(hit), len(text))


def _utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
