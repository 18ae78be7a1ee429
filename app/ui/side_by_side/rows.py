"""The compared turns, of which only those in view exist as widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPalette

from app.ui.conversation.pooled_scroll import PooledScrollArea
from app.ui.side_by_side.row import RowWidget
from app.ui.side_by_side.row_layout import RowWriter
from app.ui.widgets.empty_state import EmptyState
from app.viewmodels.row_heights import Anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.theme import Theme
    from app.viewmodels.side_by_side_rows import ShownRow


class ComparedRows(PooledScrollArea):
    """A list of turns: up and down choose one, Enter goes there.

    Signals:
        moment_wanted(int, int): go to what a row (index) shows of a branch (index).
        row_chosen(int): another row is current.
        width_changed(int): the columns share so many pixels now.
    """

    moment_wanted = Signal(int, int)
    row_chosen = Signal(int)
    width_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebyside.rows")
        self.setAccessibleName(self.tr("Compared turns"))
        self._theme = theme
        self._writer = RowWriter(theme, self.font())
        self._shown: tuple[ShownRow, ...] = ()
        self._names: tuple[str, ...] = ()
        self._pool: dict[int, RowWidget] = {}
        self._reveal: int | None = None
        self._playhead: tuple[int, int] | None = None
        self.current = -1
        self._empty = EmptyState(self.tr("Nothing differs: all of it is the same on these branches."), self.viewport())
        self._empty.hide()
        self.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.width_changed.emit(self.viewport().width())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._writer = RowWriter(theme, self.font())
        for widget in self._pool.values():
            widget.set_writer(self._writer)
        palette = self.viewport().palette()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            palette.setColor(role, QColor(theme.surface))
        self.viewport().setPalette(palette)
        self._empty.set_theme(theme)
        self._lay_out_soon()

    def show_rows(self, rows: Sequence[ShownRow], names: Sequence[str], otherwise: str) -> None:
        """Show turns; ``otherwise`` is the sentence for when there are none."""
        self._shown, self._names = tuple(rows), tuple(names)
        self.current = min(self.current, len(rows) - 1)
        self._empty.setText(otherwise)
        self._empty.setVisible(not rows)
        self._forget_heights(len(rows))

    def set_playhead(self, row: int | None, branch: int) -> None:
        """The playhead stands in this row on this branch (indexes); None: in none of them."""
        self._playhead = None if row is None else (row, branch)
        self._mark()

    def choose(self, row: int) -> None:
        """Make a row current and bring it into view."""
        if 0 <= row < len(self._shown):
            self.current = self._reveal = row
            self.row_chosen.emit(row)
            self._lay_out_soon()

    def _show_row(self, row: int) -> int | None:
        widget = self._pool.get(row)
        if widget is None:
            away = [other for other in self._pool if not any(place.row == other for place in self._places)]
            widget = self._pool.pop(max(away, key=lambda other: abs(other - row))) if len(away) > 4 else self._made()
            self._pool[row] = widget
        return widget.bind(row, self._shown[row], self._names, self.viewport().width())

    def _made(self) -> RowWidget:
        widget = RowWidget(self._writer, self.viewport())
        widget.pressed.connect(self._on_pressed)
        widget.activated.connect(self.moment_wanted)
        return widget

    def _better_anchor(self) -> Anchor | None:
        row, self._reveal = self._reveal, None
        if row is None:
            return None
        place, view = self.place_of(row), self.viewport().height()
        if place is not None and place.y >= 0 and place.y + min(place.height, view) <= view:
            return None
        return Anchor(row, view // 6)

    def _laid_out(self) -> None:
        shown = {place.row: place for place in self._places}
        for row, widget in self._pool.items():
            place = shown.get(row)
            if place is not None:
                widget.move(0, place.y)
            widget.setVisible(place is not None)
        self._empty.setGeometry(self.viewport().rect())
        self._mark()

    def _mark(self) -> None:
        at, branch = self._playhead or (-1, -1)
        for row, widget in self._pool.items():
            widget.set_marks(is_current=row == self.current, playhead=branch if row == at else None)

    @Slot(int, int)
    def _on_pressed(self, row: int, branch: int) -> None:
        self.setFocus()
        self.choose(row)
        if branch >= 0:
            self.moment_wanted.emit(row, branch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose(self.current + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.current >= 0:
            branch = self._playhead[1] if self._playhead else 0
            self.moment_wanted.emit(self.current, branch)
        elif event.matches(QKeySequence.StandardKey.Copy) and self.current >= 0:
            QGuiApplication.clipboard().setText(self._copied(self._shown[self.current]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            page = self.viewport().height() * 4 // 5
            self.scroll_by(page if key == Qt.Key.Key_PageDown else -page)
        else:
            super().keyPressEvent(event)

    def _copied(self, row: ShownRow) -> str:
        texts = [row.question or ""]
        for name, cell in zip(self._names, row.cells, strict=True):
            if cell is not None:
                texts.append(f"{name}:\n{cell.text}")
        return "\n\n".join(filter(None, texts))
