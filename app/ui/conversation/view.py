"""The conversation at the playhead, as smooth at fifty thousand entries as at ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QMenu, QPushButton

from app.ui.conversation.cell import GUTTER_PX, CellState, EntryCell
from app.ui.conversation.entry_text import Typography
from app.ui.conversation.fork_strips import ForkStrips
from app.ui.conversation.held_row import HeldRow
from app.ui.conversation.keys import handle_key, is_own_key, open_menu
from app.ui.conversation.pool import CellPool
from app.ui.conversation.pooled_scroll import MARGINS_PX, PooledScrollArea
from app.ui.conversation.stream import Stream
from app.ui.widgets.empty_state import EmptyState
from app.viewmodels.row_heights import Anchor
from app.viewmodels.transcript_window import TranscriptWindow

if TYPE_CHECKING:
    from array import array

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.application.continuing import ContinueUpdate
    from app.domain.transcript import Entry
    from app.ui.theme import Theme
    from app.viewmodels.fork_groups import ForkGroup

_REST: Final = 0.62
_COMFORTABLE: Final = 0.8


class ConversationView(PooledScrollArea):
    """Messages, tool calls and lists shown, as they were at the playhead; later ones as ghosts.

    Signals:
        window_requested: (first ord, count) entries are needed as at the playhead; answer with ``show_entries``.
        entry_activated: (position) the person wants to go to the event of an entry.
        link_requested: (address) a http, https or mailto link was clicked.
        change_requested: (entry) change it on a branch.
        leave_out_requested: (position) do without the event of an entry, on a branch.
        noting_requested: (kind, position) mark the event of an entry, or write a note, a tag or a rating there.
        history_requested: (Entry) every event that changed this entry is wanted.
        following_changed: whether the view moves along with the playhead.
        keep_requested: (position) what a run had written when it ended there is to be a message.
        way_requested: (branch, position) go on with this branch after the fork at this position.
    """

    window_requested = Signal(int, int)
    entry_activated = Signal(int)
    link_requested = Signal(str)
    following_changed = Signal(bool)
    noting_requested = Signal(str, int)
    history_requested = Signal(object)
    way_requested = Signal(str, int)
    keep_requested = Signal(int)
    change_requested = Signal(object)
    leave_out_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Typography.of(theme, self.font())
        self._window = TranscriptWindow()
        self._pool = CellPool(self._make_cell)
        self._expanded: set[int] = set()
        self._starts: dict[int, int] = {}
        self._current: int | None = None
        self._following = True
        self._reveal_row: int | None = None
        self._held = HeldRow()
        self._stream = Stream(self)
        self._forks = ForkStrips(theme, self.viewport())
        self._forks.way_chosen.connect(self._on_way_chosen)
        self._stream.changed.connect(self._on_stream_changed)
        self.scrolled_by_person.connect(self._on_scrolled_by_person)
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        self.setObjectName("conversation.view")
        self.setAccessibleName(self.tr("Conversation at the playhead"))
        self.verticalScrollBar().setAccessibleName(self.tr("Scroll the conversation"))
        self._empty = EmptyState(self.tr("Open a session to see its conversation here."), self.viewport())
        self._chip = QPushButton(self.tr("Follow the playhead"), self.viewport())
        self._chip.setObjectName("conversation.follow")
        self._chip.setToolTip(self.tr("Bring the playhead into view and keep it there"))
        self._chip.hide()
        self._chip.clicked.connect(self.follow)

    def _make_cell(self) -> EntryCell:
        cell = EntryCell(self._look, self.viewport())
        cell.activated.connect(self.activate)
        cell.toggled.connect(self.toggle)
        cell.pressed.connect(self.set_current)
        cell.selected.connect(self._on_cell_selected)
        cell.next_part_requested.connect(self._on_next_part_requested)
        cell.link_requested.connect(self.link_requested)
        cell.keep_requested.connect(self.keep_requested)
        return cell

    def set_theme(self, theme: Theme) -> None:
        self._look = Typography.of(theme, self.font())
        for cell in self._pool:
            cell.set_look(self._look)
        palette = self.viewport().palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.surface))
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.surface))
        self.viewport().setPalette(palette)
        self._empty.set_theme(theme)
        self._forks.set_theme(theme)
        self._lay_out_soon()

    # --- what is shown ---------------------------------------------------------------------------------

    def set_births(self, births: array[int]) -> None:
        """Take the position of each entry of the whole branch, by ord."""
        self._window.set_births(births)
        self._held.births_came()
        self._empty.setText(self.tr("This session has no messages; its story is in the timeline and the state."))
        self._forks.set_births(births)
        self._stream.births_came()
        self._set_rows(len(births) + self._stream.is_shown)
        self._follow_playhead()

    def set_forks(self, groups: tuple[ForkGroup, ...]) -> None:
        """Take the forks of the line: each shows which of its ways this is."""
        self._forks.set_groups(groups, self._window.births)
        self._lay_out_soon()

    def way_menus(self, row: int, parent: QWidget) -> list[QMenu]:
        """The ways at the forks beside an entry, for its context menu."""
        return self._forks.menus(row, parent)

    def set_playhead(self, position: int, changed_ords: frozenset[int]) -> None:
        """Show the conversation at a position; ``changed_ords`` are what the event there brought or touched."""
        self._held.playhead_came(position)
        self._window.set_playhead(position, changed_ords)
        self._follow_playhead()

    def show_entries(self, first_ord: int, entries: tuple[Entry, ...]) -> None:
        """Take an answer to ``window_requested``; late ones and stale ones do no harm."""
        self._window.take(first_ord, entries)
        if self._following and self._stream.is_shown is False:
            self._reveal_row = self._playhead_row()
        self._lay_out_soon()

    def invalidate(self) -> None:
        """Forget everything: another session or branch is shown now."""
        self._window = TranscriptWindow()
        self._pool.forget_rows()
        self._expanded.clear()
        self._starts.clear()
        self._current = None
        self._stream.drop()
        self._forks.forget()
        self._held.forgotten()
        self._forget_heights(0)
        self._set_following(True)

    def stream_updated(self, update: ContinueUpdate, model: str = "") -> None:
        """Show an answer that grows at the end; drawn at most every 33 ms."""
        self._stream.update_with(update, model)

    def stream_finished(self) -> None:
        """The answer is complete: its message comes with the next births. A stopped one stays until then."""
        self._stream.finish()

    @Slot()
    def _on_stream_changed(self) -> None:
        self._set_rows(len(self._window) + self._stream.is_shown)
        if self._stream.is_shown and self._following:
            self._reveal_row = len(self._window)

    # --- following -------------------------------------------------------------------------------------

    @property
    def is_following(self) -> bool:
        return self._following

    @Slot()
    def follow(self) -> None:
        """Bring the playhead into view and keep it there from now on."""
        self._held.release()
        self._set_following(True)
        self._follow_playhead()

    @Slot()
    def _on_scrolled_by_person(self) -> None:
        self._held.release()
        self._set_following(False)

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    def _playhead_row(self) -> int:
        return max(0, self._window.born - 1)

    def _follow_playhead(self) -> None:
        if self._following:
            self._reveal_row = len(self._window) if self._stream.is_shown else self._playhead_row()
        self._lay_out_soon()

    def _begin_layout(self) -> None:
        self._pool.begin()

    def _better_anchor(self) -> Anchor | None:
        """Move for the playhead only when it is not comfortably in view, and then to where the eye rests."""
        row, self._reveal_row = self._reveal_row, None
        if self._held and not self._stream.is_shown:
            return self._held.anchor(self._window.births)
        if row is None or not self.rows:
            return None
        row = min(row, self.rows - 1)
        height, view, shown = self._height_of(row), self.viewport().height(), self.place_of(row)
        if row == len(self._window):
            in_view = shown is not None and shown.y + height <= view - MARGINS_PX[1]
            return None if in_view else Anchor(row, view - MARGINS_PX[1] - height)
        in_view = shown is not None and shown.y >= MARGINS_PX[0] and shown.y + height <= _COMFORTABLE * view
        return None if in_view else Anchor(row, max(MARGINS_PX[0], round(_REST * view) - height))

    # --- rows ------------------------------------------------------------------------------------------

    def entry_at(self, row: int) -> Entry | None:
        """What is shown in a row, when it is at hand."""
        return self._window.entry(row)

    def _show_row(self, row: int) -> int | None:
        if row >= len(self._window):
            entry, state = self._stream.entry(row + 1), self._stream.cell_state()
        else:
            known = self._window.entry(row)
            if known is None:
                return None
            entry, state = known, self._state_of(row)
        return self._pool.at(row).bind(row, entry, state, self.viewport().width()) + self._forks.room(row)

    def _state_of(self, row: int) -> CellState:
        return CellState(
            ghost=self._window.is_ghost(row),
            changed=self._window.is_changed(row),
            current=row == self._current,
            expanded=row in self._expanded,
            start=self._starts.get(row, 0),
        )

    def _laid_out(self) -> None:
        left = GUTTER_PX
        for shown in self._places:
            if cell := self._pool.bound(shown.row):
                cell.move(0, shown.y + self._forks.room_above(shown.row))
                left = cell.column(self.viewport().width())[0]
        self._forks.place(self._places, left)
        self._pool.show_only(shown.row for shown in self._places)
        view = self.viewport().rect()
        self._empty.setGeometry(view)
        self._empty.setVisible(not self.rows)
        self._chip.adjustSize()
        self._chip.move((view.width() - self._chip.width()) // 2, view.height() - self._chip.height() - 12)
        self._chip.setVisible(not self._following and bool(self.rows))
        self._chip.raise_()
        rows = [shown.row for shown in self._places if shown.row < len(self._window)]
        if rows and (wanted := self._window.wanted(rows[0], rows[-1])):
            self.window_requested.emit(wanted.first, wanted.count)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = self._look.theme
        painter.fillRect(event.rect(), QColor(theme.surface))
        for shown in self._places:
            if self._pool.bound(shown.row) is None:
                bar = QRect(48, shown.y + 16, self.viewport().width() // 3, 10)
                painter.fillRect(bar, QColor(theme.raised))
                painter.fillRect(bar.adjusted(0, 20, bar.width(), 20), QColor(theme.raised))
        first_ghost = self.place_of(self._window.born) if self._window.born < len(self._window) else None
        if first_ghost:
            painter.fillRect(QRect(0, first_ghost.y - 1, self.viewport().width(), 2), QColor(theme.accent))
        painter.end()

    # --- what the person does ----------------------------------------------------------------------------

    @property
    def current_row(self) -> int | None:
        return self._current

    def current_entry(self) -> Entry | None:
        """The entry that keys speak of, when it is at hand."""
        return self._window.entry(self._current) if self._current is not None else None

    @Slot(int)
    def set_current(self, row: int) -> None:
        """Make a row the one that keys speak of, and bring it into view."""
        self.setFocus()
        if not 0 <= row < len(self._window):
            return
        self._current = row
        shown, view = self.place_of(row), self.viewport().height()
        if shown is None or (shown.y < 0 and shown.height < view):
            self._scroll_to(Anchor(row, MARGINS_PX[0]))
        elif shown.y + shown.height > view and shown.y > MARGINS_PX[0]:
            self._scroll_to(Anchor(row, max(MARGINS_PX[0], view - MARGINS_PX[1] - shown.height)))
        else:
            self.lay_out()

    @Slot(int)
    def activate(self, row: int) -> None:
        if 0 <= row < len(self._window):
            self.entry_activated.emit(self._window.births[row])

    @Slot(int)
    def toggle(self, row: int) -> None:
        """Unfold the payload of a call, or fold it."""
        self._expanded ^= {row}
        self._reveal_row = None
        self.lay_out()

    @Slot(int, int)
    def _on_next_part_requested(self, row: int, start: int) -> None:
        self._starts[row] = start
        self._scroll_to(Anchor(row, MARGINS_PX[0]))

    @Slot(str, int)
    def _on_way_chosen(self, branch: str, position: int) -> None:
        self.setFocus()  # the pill goes with its branch, and the focus with it
        self._held.hold(position, self._window.births, self.place_of)
        self.way_requested.emit(branch, position)

    @Slot(object)
    def _on_cell_selected(self, selected: EntryCell) -> None:
        for cell in self._pool:
            if cell is not selected:
                cell.clear_selection()

    def selected_text(self) -> str:
        return next((text for cell in self._pool if (text := cell.body.textCursor().selection().toPlainText())), "")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_own_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not handle_key(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None and len(self._window):
            self._current = self._playhead_row()
            self._lay_out_soon()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, event.globalPos())
