"""One line of the notebook: its sign, its position, and up to three lines of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from app.ui.icons import SIZE_PX, icon
from app.ui.theme import CAPTION_PX, tabular_font, ui_font
from app.viewmodels.notebook_model import NotebookRole

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.ui.theme import Theme
    from app.viewmodels.notebook_rows import NotebookRow

_MARGIN_PX: Final = 5
_SIGN_PX: Final = 30
_RIGHT_PX: Final = 8
_LINES: Final = 3
_LINE_PX: Final = 18
"""Room for Chinese signs too, which come from a taller font."""
_LONGEST: Final = 600
"""Characters that three lines can possibly hold."""


class NotebookDelegate(QStyledItemDelegate):
    """Paints plain text only.

    Signals:
        keep_requested(object): the sign of this breadcrumb ``NotebookRow`` was clicked.
    """

    keep_requested = Signal(object)

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view, self.theme = view, theme

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 -- the width that counts is the view's
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        row: NotebookRow = index.data(NotebookRole.ROW)
        width = self._view.viewport().width() - _SIGN_PX - _RIGHT_PX
        lines = len(self._lines(row, width))
        height = lines * _LINE_PX + self._caption_px() + 2 * _MARGIN_PX
        return QSize(80, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        row: NotebookRow = index.data(NotebookRole.ROW)
        is_here = bool(index.data(NotebookRole.IS_HERE))
        painter.save()
        self._paint_ground(painter, rect, option.state, is_here=is_here)
        is_faint = not row.is_own or bool(row.elsewhere)
        sign = icon(row.kind, self.theme, "muted" if is_faint else "accent")
        sign.paint(painter, QRect(rect.left() + 8, rect.top() + _MARGIN_PX, SIZE_PX, SIZE_PX))
        text = rect.adjusted(_SIGN_PX, _MARGIN_PX, -_RIGHT_PX, -_MARGIN_PX)
        painter.setFont(ui_font())
        painter.setPen(QColor(self.theme.muted if is_faint else self.theme.text))
        for number, line in enumerate(self._lines(row, text.width())):
            painter.drawText(text.adjusted(0, number * _LINE_PX, 0, 0), Qt.AlignmentFlag.AlignTop, line)
        painter.setFont(tabular_font(CAPTION_PX))
        painter.setPen(QColor(self.theme.accent if is_here else self.theme.muted))
        caption = QFontMetrics(painter.font()).elidedText(self._caption(row), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom, caption)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, is_here: bool) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.tint())
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(self.theme.raised))
        if is_here:
            painter.fillRect(QRect(rect.left(), rect.top() + 2, 2, rect.height() - 4), QColor(self.theme.accent))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self.theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _caption(self, row: NotebookRow) -> str:
        where = self.tr("event {position}").format(position=f"{row.position:,}")
        if row.kind == "breadcrumb":
            return self.tr("{place} · click the dot to keep it").format(place=where)
        return self.tr("{place} on {branch}").format(place=where, branch=row.elsewhere) if row.elsewhere else where

    def _caption_px(self) -> int:
        return QFontMetrics(ui_font(CAPTION_PX)).height() + 1

    def _lines(self, row: NotebookRow, width: int) -> list[str]:
        """What is said, broken to the width; cut with an ellipsis after the last line there is room for."""
        font = ui_font()
        said = "\n".join(part for part in row.line[:_LONGEST].splitlines() if part.strip()) or row.line[:1]
        layout = QTextLayout(said.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= _LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 40))
            starts.append(line.textStart())
        layout.endLayout()
        pieces = [said[start:end] for start, end in zip(starts, [*starts[1:], len(said)], strict=True)]
        lines = [piece.strip() for piece in pieces[: _LINES - 1]]
        if rest := said[starts[_LINES - 1] :] if len(starts) >= _LINES else "":
            metrics = QFontMetrics(font)
            lines.append(metrics.elidedText(" ".join(rest.split()), Qt.TextElideMode.ElideRight, max(width, 40)))
        return lines or [""]

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        row: NotebookRow = index.data(NotebookRole.ROW)
        if row.kind == "breadcrumb" and isinstance(event, QMouseEvent):
            is_on_sign = event.position().x() < option.rect.left() + _SIGN_PX
            if is_on_sign and event.type() == QEvent.Type.MouseButtonRelease:
                self.keep_requested.emit(row)
                return True
        return super().editorEvent(event, model, option, index)
