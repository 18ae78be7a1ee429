"""Whose a key is: a button's Space, a list's arrows and a field's letters are theirs, all else is the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QKeyCombination

_BUTTON_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MOVE_KEYS: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)
_OWN_KEYS: Final[tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...]] = (
    (QAbstractButton, _BUTTON_KEYS),
    (QComboBox, _BUTTON_KEYS | _MOVE_KEYS),
    (QTabBar, _MOVE_KEYS),
    (QAbstractItemView, _BUTTON_KEYS | _MOVE_KEYS | {Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Asterisk}),
)
_FIELDS: Final = (QLineEdit, QPlainTextEdit, QTextEdit)
_Standard = QKeySequence.StandardKey
_EDITING: Final = (
    _Standard.Undo, _Standard.Redo, _Standard.Cut, _Standard.Copy, _Standard.Paste, _Standard.SelectAll,
    _Standard.MoveToNextWord, _Standard.MoveToPreviousWord, _Standard.SelectNextWord, _Standard.SelectPreviousWord,
    _Standard.MoveToStartOfDocument, _Standard.MoveToEndOfDocument, _Standard.DeleteStartOfWord,
    _Standard.DeleteEndOfWord,
)  # fmt: skip
"""What Ctrl keys do in every field. Those of Emacs that Qt knows on Linux too (Ctrl+E, Ctrl+K) are the window's."""
_COMMAND: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class KeyGuard(QObject):
    """Watches the focused widget only: a filter on the whole program would see every event of it."""

    def __init__(self, is_bound: Callable[[QKeyCombination], bool], parent: QObject) -> None:
        """``is_bound``: whether a key means something to the window."""
        super().__init__(parent)
        self._is_bound = is_bound
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, after: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        # A popup takes its keys itself: a list of choices closes on Return while the key is only being asked about.
        if after is not None and after.window().windowType() != Qt.WindowType.Popup:
            after.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if _is_own(watched, event):
            event.accept()
            return True
        if _is_command_in_field(watched, event) and self._is_bound(event.keyCombination()):
            event.ignore()
            return True
        return False


def _is_own(widget: QObject, event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain != Qt.KeyboardModifier.NoModifier:
        return False
    return any(isinstance(widget, kind) and event.key() in keys for kind, keys in _OWN_KEYS)


def _is_command_in_field(widget: QObject, event: QKeyEvent) -> bool:
    """A key with Ctrl or Alt that edits nothing, pressed where a person types."""
    if not isinstance(widget, _FIELDS) or not event.modifiers() & _COMMAND:
        return False
    return not any(event.matches(key) for key in _EDITING)
