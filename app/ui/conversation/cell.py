"""One entry of the conversation on screen; recycled for another entry when it leaves the view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.conversation.entry_text import Typography, write_call, write_message, write_shown
from app.ui.conversation.heading import Heading, heading_of, is_recorded
from app.ui.conversation.safe_text import SafeBrowser
from app.ui.conversation.thinking_text import write_thinking
from app.ui.theme import BODY_PX, CAPTION_PX, mono_font
from app.ui.widgets.kind_mark import paint_mark
from app.ui.widgets.type_scale import sized
from app.ui.write_guard import hold_back

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from app.domain.transcript import Entry
    from app.viewmodels.safe_markdown import Portion

COLUMN_CHARACTERS: Final = 72
GUTTER_PX: Final = 32
RIGHT_PX: Final = 20
_HEADING_PX: Final = 20
_CALL_PX: Final = 22
_FOOTER_PX: Final = 28
_MARK_PX: Final = 9
_TINT: Final = 0.12
_GHOST: Final = 0.4


@dataclass(frozen=True, slots=True)
class CellState:
    """How an entry is shown at this moment; changing one of the first three only repaints."""

    ghost: bool = False
    changed: bool = False
    current: bool = False
    expanded: bool = False
    start: int = 0
    heading: Heading | None = None

    def written_like(self, other: CellState) -> bool:
        return (self.expanded, self.start) == (other.expanded, other.start)


class EntryCell(QWidget):
    """A message, a tool call, a list that was shown or an answer that broke off.

    Signals:
        activated: double click; toggled: the line of a call was clicked; pressed: any click;
        next_part_requested: the button under a long text; link_requested: a harmless link in the text;
        keep_requested: an answer that broke off, by the position of its end, is to be a message.
    """

    activated = Signal(int)
    toggled = Signal(int)
    pressed = Signal(int)
    next_part_requested = Signal(int, int)
    keep_requested = Signal(int)
    selected = Signal(object)
    link_requested = Signal(str)

    def __init__(self, look: Typography, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = -1
        self.stamp = 0
        self.entry: Entry | None = None
        self._look = look
        self._state = CellState()
        self._heading = Heading("system", "")
        self._portion: Portion | None = None
        self._body_height = 0
        self._noted_at = 0
        self.body = SafeBrowser(self)
        self.body.setAccessibleName(self.tr("Text of the entry"))
        self._next_part = QPushButton(self)
        self._next_part.hide()
        self._keep = QPushButton(self.tr("Make it a message"), self)
        self._keep.setToolTip(self.tr("What it had written becomes the assistant's message, marked as partial"))
        self._keep.hide()
        self._keep.clicked.connect(self._on_keep_clicked)
        self.body.link_requested.connect(self.link_requested)
        self.body.double_clicked.connect(self._on_activated)
        self.body.selectionChanged.connect(self._on_selection_changed)
        self._next_part.clicked.connect(self._on_next_part_clicked)
        self.set_look(look)

    def set_look(self, look: Typography) -> None:
        self._look = look
        self.entry = None
        self.body.set_theme(look.theme)
        self._title_font = sized(look.text, CAPTION_PX, bold=True)
        self._words_font = sized(look.text, CAPTION_PX)
        self._call_font = mono_font(BODY_PX - 1)

    def forget(self) -> None:
        """Show nothing, and hold nothing of what was shown."""
        self.hide()
        self.entry = None
        self._heading, self._portion = Heading("system", ""), None
        self.body.document().clear()
        self.setAccessibleName("")

    def bind(self, row: int, entry: Entry, state: CellState, width: int) -> int:
        """Show an entry; returns the height it takes at this width."""
        same_text = entry is self.entry and state.written_like(self._state)
        if not same_text:
            self._write(entry, state)
        if not same_text or width != self.width() or state != self._state or row != self.row:
            self.row, self.entry, self._state = row, entry, state
            self._heading = state.heading or heading_of(entry)
            self._arrange(width, measure=not same_text or width != self.width())
            self.body.set_veil(self._look.theme.surface if state.ghost else None)
            self.setAccessibleName(self._heading.spoken(entry.text[:200]))
            self.update()
        return self.height()

    def is_worded(self) -> bool:
        """Whether there is a text under the heading."""
        if self.entry is None:
            return False
        return self._state.expanded or (self.entry.kind != "call" and self.entry.accepted is None)

    def _write(self, entry: Entry, state: CellState) -> None:
        self._portion = None
        document = self.body.document()
        if entry.kind in ("message", "partial"):
            self._portion = write_message(document, entry, state.start, self._look)
            if entry.thinking and state.expanded:
                write_thinking(document, entry.thinking, self._look.theme)
        elif entry.kind == "shown":
            write_shown(document, entry, self._look)
        elif state.expanded:
            write_call(document, entry, self._look)

    def column(self, width: int) -> tuple[int, int]:
        """(left, width) of the text column in a cell of a given width."""
        widest = COLUMN_CHARACTERS * QFontMetrics(self._look.text).averageCharWidth()
        column = max(80, min(widest, width - GUTTER_PX - RIGHT_PX))
        return GUTTER_PX + max(0, (width - GUTTER_PX - RIGHT_PX - column) // 2), column

    def _arrange(self, width: int, *, measure: bool) -> None:
        left, column = self.column(width)
        is_call = self._is_call()
        top, y = (2, 2 + _CALL_PX) if is_call else (8, 8 + _HEADING_PX)
        if self.is_worded():
            if measure or not self._body_height:
                self.body.document().setTextWidth(column)
                self._body_height = round(self.body.document().size().height()) + 2
            self.body.setGeometry(left, y, column, self._body_height)
            y += self._body_height
        self.body.setVisible(self.is_worded())
        y = self._arrange_footer(left, y)
        self.resize(QSize(width, y + (top if is_call else 6)))

    def _arrange_footer(self, left: int, y: int) -> int:
        portion = self._portion
        is_part = portion is not None and not portion.is_whole and self.is_worded()
        if portion is not None:
            at_end = portion.end == portion.total
            self._next_part.setText(self.tr("Show from the start") if at_end else self.tr("Show next part"))
        self._next_part.setVisible(is_part)
        can_keep = self.entry is not None and self.entry.kind == "partial" and self.is_worded()
        self._keep.setVisible(can_keep and self.entry is not None and self.entry.accepted is None)
        hold_back(self, self._keep)
        self._noted_at = left
        for button in (self._keep, self._next_part):
            if button.isVisibleTo(self):
                button.resize(button.sizeHint().width(), 24)
                button.move(self._noted_at, y + 2)
                self._noted_at += button.width() + 12
        has_note = portion is not None and not (portion.is_whole and not portion.hidden_rows)
        return y + _FOOTER_PX if has_note or self._keep.isVisibleTo(self) else y

    def _unfolds(self) -> bool:
        """Whether a click on the heading shows more: the payload of a call, what a model thought."""
        return self._is_call() or (self.entry is not None and bool(self.entry.thinking))

    def _is_call(self) -> bool:
        return self.entry is not None and self.entry.kind == "call"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- Qt's signature
        painter = QPainter(self)
        theme = self._look.theme
        left, column = self.column(self.width())
        frame = QRect(left - 26, 0, column + 34, self.height() - 1)
        if self._state.changed:
            tint = QColor(theme.accent)
            tint.setAlphaF(_TINT)
            painter.fillRect(frame, tint)
        if self._state.heading or (self.entry and not is_recorded(self.entry)):
            rail = QPen(QColor(theme.accent), 2)
            if self.entry is not None and self.entry.kind == "partial":
                rail.setDashPattern((2, 2))
            rail.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(rail)
            painter.drawLine(left - 25, 4, left - 25, self.height() - 4)
        if self._state.current:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(frame.adjusted(0, 0, -1, 0))
        if self._state.ghost:
            painter.setOpacity(_GHOST)
        self._paint_heading(painter, left, column)
        self._paint_note(painter)
        painter.end()

    def _paint_heading(self, painter: QPainter, left: int, column: int) -> None:
        theme, heading = self._look.theme, self._heading
        line = QRect(left, 2 if self._is_call() else 7, column, _CALL_PX if self._is_call() else _HEADING_PX)
        colour = QColor(getattr(theme, heading.kind))
        if self._unfolds():
            self._paint_triangle(painter, QPoint(left - 30, line.center().y() + 1), QColor(theme.muted))
        mark = QRectF(left - 18, line.center().y() - _MARK_PX / 2 + 1, _MARK_PX, _MARK_PX)
        paint_mark(painter, heading.kind, mark, colour)
        painter.setFont(self._words_font)
        painter.setPen(QColor(theme.muted))
        end_width = painter.fontMetrics().horizontalAdvance(heading.end)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, heading.end)
        room = line.adjusted(0, 0, -end_width - 12, 0)
        room = self._paint_piece(
            painter, room, heading.title, colour, self._call_font if self._is_call() else self._title_font
        )
        muted = QColor(theme.muted)
        if self._is_call():
            status = ("✕ " if heading.is_problem else "") + heading.status
            status_colour = QColor(theme.problem) if heading.is_problem else muted
            painter.setFont(self._words_font)
            status_width = painter.fontMetrics().horizontalAdvance(status) + 12
            rest = room.adjusted(0, 0, -status_width, 0)
            rest = self._paint_piece(painter, rest, heading.line, QColor(theme.text), self._words_font)
            self._paint_piece(
                painter, room.adjusted(rest.left() - room.left(), 0, 0, 0), status, status_colour, self._words_font
            )
            return
        pieces = [(heading.words, muted), (heading.status, QColor(theme.accent))]
        if heading.is_problem:  # first, so that it is there in a narrow window too
            pieces = [(f"✕ {heading.status}", QColor(theme.problem)), (heading.words, muted)]
        for text, tone in pieces:
            room = self._paint_piece(painter, room, text, tone, self._words_font)

    def _paint_piece(self, painter: QPainter, room: QRect, text: str, colour: QColor, font: QFont) -> QRect:
        """Paint a piece of the heading at the left of what room there is; returns the rest."""
        if not text or room.width() < 8:
            return room
        painter.setFont(font)
        painter.setPen(colour)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return room.adjusted(painter.fontMetrics().horizontalAdvance(shown) + 10, 0, 0, 0)

    def _paint_triangle(self, painter: QPainter, centre: QPoint, colour: QColor) -> None:
        painter.setFont(self._words_font)
        painter.setPen(colour)
        box = QRect(centre.x() - 6, centre.y() - 8, 12, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "▾" if self._state.expanded else "▸")

    def _paint_note(self, painter: QPainter) -> None:
        portion = self._portion
        if portion is None or (portion.is_whole and not portion.hidden_rows) or not self.is_worded():
            return
        notes = []
        if not portion.is_whole:
            notes.append(
                self.tr("characters {first} to {last} of {total}").format(
                    first=f"{portion.start + 1:,}", last=f"{portion.end:,}", total=f"{portion.total:,}"
                )
            )
        if portion.hidden_rows:
            notes.append(self.tr("{count} table rows not shown").format(count=f"{portion.hidden_rows:,}"))
        x = self._noted_at
        painter.setFont(self._words_font)
        painter.setPen(QColor(self._look.theme.muted))
        footer = QRect(x, self.height() - 6 - _FOOTER_PX, self.width() - x, _FOOTER_PX)
        painter.drawText(footer, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, " · ".join(notes))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.row)
        on_line = event.position().y() < (_CALL_PX + 4 if self._is_call() else _HEADING_PX + 8)
        if self._unfolds() and on_line and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(self.row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 -- Qt's signature
        self.activated.emit(self.row)

    @Slot()
    def _on_activated(self) -> None:
        self.activated.emit(self.row)

    @Slot()
    def _on_selection_changed(self) -> None:
        if self.body.textCursor().hasSelection():
            self.selected.emit(self)

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self.entry is not None:
            self.pressed.emit(self.row)  # the button goes, and the focus with it
            self.keep_requested.emit(self.entry.position)

    @Slot()
    def _on_next_part_clicked(self) -> None:
        if self._portion:
            at_end = self._portion.end == self._portion.total
            self.next_part_requested.emit(self.row, 0 if at_end else self._portion.end)

    def clear_selection(self) -> None:
        cursor = self.body.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.body.setTextCursor(cursor)
