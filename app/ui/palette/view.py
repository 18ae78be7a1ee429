"""The palette itself: a field and a list over the window; nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from app.ui.palette.item_delegate import ROW_PX, PaletteDelegate
from app.viewmodels.palette_model import MOST_SHOWN, PaletteModel, PaletteRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme
    from app.viewmodels.palette_model import PaletteItem

_WIDTH_PX: Final = 560
_TOP_PX: Final = 56
_ROWS: Final = 12
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PaletteView(QFrame):
    """Enter or a click runs what is chosen; Escape, or going elsewhere, closes it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._host = window
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = PaletteModel(self)
        self._delegate = PaletteDelegate(theme, self)
        self._before: QWidget | None = None
        self._field, self._list, self._count = QLineEdit(self), QListView(self), QLabel(self)
        self._build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self.hide()

    def _build(self) -> None:
        self._field.setObjectName("palette.field")
        self._field.setPlaceholderText(self.tr("What to do, or where to go"))
        self._field.setAccessibleName(self.tr("Command palette"))
        self._field.textChanged.connect(self._on_text_changed)
        self._field.installEventFilter(self)
        self._list.setObjectName("palette.list")
        self._list.setAccessibleName(self.tr("What can be done"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._run)
        self._count.setProperty("tone", "caption")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(6)
        for widget in (self._field, self._list, self._count):
            layout.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._list.viewport().update()

    def open_with(self, items: Sequence[PaletteItem]) -> None:
        """Show it with these; again while it is open closes it."""
        if self.isVisible():
            self.dismiss()
            return
        self._before = QApplication.focusWidget()
        self._model.set_items(items)
        self._field.clear()
        self._show_found()
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Close it and give the focus back to where it was."""
        if self.isVisible():
            self.hide()
            before, self._before = self._before, None
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        host = self._host
        width = min(_WIDTH_PX, host.width() - 40)
        height = min(_ROWS * ROW_PX + 84, host.height() - _TOP_PX - 20)
        self.setGeometry((host.width() - width) // 2, _TOP_PX, width, height)

    # --- what is typed and chosen

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._model.set_text(text)
        self._show_found()

    def _show_found(self) -> None:
        found = self._model.found
        if not found:
            self._count.setText(self.tr("Nothing fits. Escape closes."))
        elif found > MOST_SHOWN:
            shown, count = f"{MOST_SHOWN:,}", f"{found:,}"
            self._count.setText(self.tr("{shown} of {count}; type more to narrow it").format(shown=shown, count=count))
        else:
            self._count.setText(self.tr("Enter runs it, Escape closes"))
        first = self._model.index(0)
        self._list.setCurrentIndex(first if first.flags() & Qt.ItemFlag.ItemIsEnabled else QModelIndex())

    @Slot(QModelIndex)
    def _run(self, index: QModelIndex) -> None:
        item: PaletteItem | None = index.data(PaletteRole.ITEM) if index.isValid() else None
        if item is not None and item.is_enabled:
            self._model.used(item)
            self.dismiss()
            item.run()

    # --- keys and focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the focus; keys that move or choose go to the list."""
        if not isinstance(event, QKeyEvent) or watched is not self._field:
            return False
        key = event.key()
        if event.type() == QEvent.Type.ShortcutOverride and key in (*_MOVES, *_ENTER, Qt.Key.Key_Escape):
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in _MOVES:
            QApplication.sendEvent(self._list, event)
        elif key in _ENTER:
            self._run(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _: QWidget | None, after: QWidget | None) -> None:
        if self.isVisible() and after is not None and not self.isAncestorOf(after):
            self.hide()
