"""Keys belong first to what has the focus: a button's Space, a list's arrows, a tree's + and −."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QTabBar, QWidget

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


class KeyGuard(QObject):
    """Watches the focused widget only: a filter on the whole program would see every event of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, after: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if after is not None:
            after.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(watched, event):
            event.accept()
            return True
        return False


def _is_own(widget: QObject, event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain != Qt.KeyboardModifier.NoModifier:
        return False
    return any(isinstance(widget, kind) and event.key() in keys for kind, keys in _OWN_KEYS)
