"""One line of the palette: the title, what sort of thing it is, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from app.ui.theme import CAPTION_PX, mono_font, ui_font
from app.viewmodels.palette_model import PaletteRole

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.ui.theme import Theme
    from app.viewmodels.palette_model import PaletteItem

ROW_PX: Final = 28
_INSET_PX: Final = 12
_GAP_PX: Final = 12


class PaletteDelegate(QStyledItemDelegate):
    """Paints plain text only: titles come from files."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 -- every row is as high as the others
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(200, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        item: PaletteItem = index.data(PaletteRole.ITEM)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.tint())
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver and item.is_enabled:
            painter.fillRect(rect, QColor(self.theme.raised))
        if not item.is_enabled:
            painter.setOpacity(0.6)
        room = rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        muted = QColor(self.theme.muted)
        painter.setPen(muted)
        room = self._right(painter, room, item.keys, is_keys=True)
        room = self._right(painter, room, item.group, is_keys=False)
        painter.setFont(ui_font())
        painter.setPen(QColor(self.theme.text) if item.is_enabled else muted)
        title = " ".join(item.title[:300].split())
        title = QFontMetrics(painter.font()).elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()

    def _right(self, painter: QPainter, room: QRect, text: str, *, is_keys: bool) -> QRect:
        """Write at the right end of the room; returns the room that is left."""
        if not text:
            return room
        painter.setFont(mono_font(CAPTION_PX + 1) if is_keys else ui_font(CAPTION_PX))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return room.adjusted(0, 0, -QFontMetrics(painter.font()).horizontalAdvance(text) - _GAP_PX, 0)
