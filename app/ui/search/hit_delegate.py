"""One hit of the list: whose session, where in it, and the text with the hit in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme import BODY_PX, CAPTION_PX, ui_font
from app.viewmodels.hits_model import HitRole, place_of

if TYPE_CHECKING:
    from app.application.searching import Hit
    from app.domain.search_text import Snippet
    from app.ui.theme import Theme

ROW_PX: Final = 57
_INSET_PX: Final = 12
_SHOWN_BEFORE: Final = 14
"""Characters of the snippet that stay before the hit, so that a narrow list shows it."""


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
        return QSize(120, ROW_PX)

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
        inner = rect.adjusted(_INSET_PX, 4, -_INSET_PX, -4)
        caption = ui_font(CAPTION_PX)
        height = QFontMetrics(caption).height()
        self._line(painter, inner, hit.title, ui_font(CAPTION_PX, bold=True), self._theme.text)
        self._line(painter, inner.adjusted(0, height, 0, 0), place_of(hit), caption, self._theme.muted)
        self._snippet(painter, inner.adjusted(0, 2 * height + 1, 0, 0), hit.snippet)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(color))
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, fitting)

    def _snippet(self, painter: QPainter, rect: QRect, snippet: Snippet) -> None:
        """One line, the hit in bold on a tint."""
        cut = max(0, snippet.start - _SHOWN_BEFORE)
        text = ("…" if cut else "") + snippet.text[cut:]
        start = _utf16(text[: snippet.start - cut + bool(cut)])
        layout = QTextLayout(text, ui_font(BODY_PX))
        if snippet.end > snippet.start:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = start, _utf16(snippet.text[snippet.start : snippet.end])
            form = QTextCharFormat()
            form.setFontWeight(QFont.Weight.Bold)
            form.setBackground(self._theme.tint())
            mark.format = form
            layout.setFormats([mark])
        layout.beginLayout()
        layout.createLine().setNumColumns(len(text) + 1)
        layout.endLayout()
        painter.setPen(QColor(self._theme.text))
        painter.setClipRect(rect)
        layout.draw(painter, rect.topLeft().toPointF())


def _utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
