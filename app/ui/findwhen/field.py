"""A field for conditions: completes paths of the state and underlines the place of a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.findwhen.completions import Completions
from app.ui.theme import mono_font
from app.viewmodels.state_paths import word_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme

_WAVE_PX: Final = 3


class ConditionField(QLineEdit):
    """Enter and Shift+Enter are told apart from typing; Esc belongs to the field while it has the focus.

    Signals:
        left: Esc was pressed.
        backwards_requested: Shift+Enter was pressed.
    """

    left = Signal()
    backwards_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column: int | None = None
        self._paths: Sequence[str] = ()
        self.completions = Completions(self)
        self.completions.chosen.connect(self._on_completed)
        self.setFont(mono_font())
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_edited)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_paths(self, paths: Sequence[str]) -> None:
        """What can be completed."""
        self._paths = paths

    def mark(self, column: int | None) -> None:
        """Underline from a column (from 1) to the end of the word there; None: nothing."""
        if column != self._column:
            self._column = column
            self.update()

    @property
    def marked(self) -> int | None:
        return self._column

    @Slot(str)
    def _on_edited(self) -> None:
        word = word_before(self.text(), self.cursorPosition()).casefold()
        if len(word) < 2:
            self.completions.hide()
            return
        matching = [path for path in self._paths if word in path.casefold()]
        matching.sort(key=lambda path: not path.casefold().startswith(word))
        self.completions.offer([] if [path.casefold() for path in matching] == [word] else matching)

    @Slot(str)
    def _on_completed(self, path: str) -> None:
        cursor, text = self.cursorPosition(), self.text()
        start = cursor - len(word_before(text, cursor))
        self.setText(text[:start] + path + text[cursor:])
        self.setCursorPosition(start + len(path))
        self.completions.hide()

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.completions.isVisible() and self._pressed_in_list(event, is_enter=is_enter):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.backwards_requested.emit()
        else:
            super().keyPressEvent(event)

    def _pressed_in_list(self, event: QKeyEvent, *, is_enter: bool) -> bool:
        """Whether a key belonged to the list of completions."""
        listed = self.completions
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            listed.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() == Qt.Key.Key_Escape:
            listed.hide()
            return True
        if is_enter and listed.current:
            self._on_completed(listed.current)
            return True
        if is_enter:
            listed.hide()
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.completions.hide()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._column is None or not self.text():
            return
        metrics, text = self.fontMetrics(), self.text()
        cursor = self.cursorRect()
        origin = cursor.center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        start = min(self._column - 1, len(text))
        word = len(text[start:].split(maxsplit=1)[0]) if text[start:].strip() else 1
        left = origin + metrics.horizontalAdvance(text[:start])
        right = max(left + 2 * _WAVE_PX, origin + metrics.horizontalAdvance(text[: start + word]))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.problem), 1.4))
        y = cursor.bottom() - 1
        for number, x in enumerate(range(left, right, _WAVE_PX)):
            up = number % 2 == 0
            painter.drawLine(x, y if up else y - 2, x + _WAVE_PX, y - 2 if up else y)
        painter.end()
