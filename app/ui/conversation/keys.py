"""What the keyboard and the context menu do in the conversation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from app.ui.write_guard import hold_back
from app.viewmodels.json_text import pretty
from app.viewmodels.what_if.subjects import is_changeable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QEvent

    from app.domain.transcript import Entry
    from app.ui.conversation.view import ConversationView

_OVERLAP_PX: Final = 48
_ENTER: Final = (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)

_MOVES: Final[Mapping[int, Callable[[ConversationView], None]]] = {
    Qt.Key.Key_Up.value: lambda view: _step(view, -1),
    Qt.Key.Key_Down.value: lambda view: _step(view, 1),
    Qt.Key.Key_PageUp.value: lambda view: view.scroll_by(_OVERLAP_PX - view.viewport().height()),
    Qt.Key.Key_PageDown.value: lambda view: view.scroll_by(view.viewport().height() - _OVERLAP_PX),
    Qt.Key.Key_Home.value: lambda view: view.scroll_to_start(),
    Qt.Key.Key_End.value: lambda view: view.scroll_to_end(),
    Qt.Key.Key_Menu.value: lambda view: open_menu(view, _menu_point(view)),
}


def is_own_key(event: QEvent) -> bool:
    """Keys that mean something here before they mean something to the window."""
    if not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Copy):
        return True
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _ENTER:
        return modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return event.key() in _MOVES and modifiers == Qt.KeyboardModifier.NoModifier


def handle_key(view: ConversationView, event: QKeyEvent) -> bool:
    if not is_own_key(event):
        return False
    if event.matches(QKeySequence.StandardKey.Copy):
        copy_entry(view)
    elif event.key() in _ENTER:
        if view.current_row is not None:
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (view.toggle if is_shifted else view.activate)(view.current_row)
    else:
        _MOVES[event.key()](view)
    return True


def _step(view: ConversationView, by: int) -> None:
    if view.current_row is not None:
        view.set_current(view.current_row + by)


def copy_entry(view: ConversationView) -> None:
    """Copy the selection, or all of the current entry where nothing is selected."""
    text = view.selected_text()
    if not text and view.current_row is not None and (entry := view.entry_at(view.current_row)):
        text = text_of(entry)
    if text:
        QGuiApplication.clipboard().setText(text)


def text_of(entry: Entry) -> str:
    """An entry as plain text."""
    if entry.kind in ("message", "partial"):
        return entry.text
    if entry.kind == "call":
        return f"{entry.name}({pretty(entry.arguments).text})\n{pretty(entry.result).text if entry.returned else ''}"
    return "\n".join(f"{item.get('rank', '')} {item.get('name') or item.get('item', '')}" for item in entry.items)


def _menu_point(view: ConversationView) -> QPoint:
    shown = view.place_of(view.current_row) if view.current_row is not None else None
    return view.viewport().mapToGlobal(QPoint(60, shown.y + 20 if shown else 20))


def open_menu(view: ConversationView, where: QPoint) -> None:
    """The context menu of the current entry."""
    row = view.current_row
    entry = view.entry_at(row) if row is not None else None
    if row is None or entry is None:
        return
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    go = QAction(_tr("Go to event {position}").format(position=f"{entry.position:,}"), menu)
    go.triggered.connect(lambda: view.activate(row))
    menu.addAction(go)
    if entry.kind == "call":
        unfold = QAction(_tr("Show or hide the payload"), menu)
        unfold.triggered.connect(lambda: view.toggle(row))
        menu.addAction(unfold)
    elif entry.thinking:
        unfold = QAction(_tr("Show or hide what it thought"), menu)
        unfold.triggered.connect(lambda: view.toggle(row))
        menu.addAction(unfold)
    if entry.kind == "partial":
        keep = QAction(_tr("Make it a message"), menu)
        keep.setEnabled(entry.accepted is None)
        keep.triggered.connect(partial(view.keep_requested.emit, entry.position))
        hold_back(view, keep)
        menu.addAction(keep)
    if entry.kind in ("message", "shown"):
        what = _tr("History of this message") if entry.kind == "message" else _tr("History of the list shown")
        history = QAction(what, menu)
        history.triggered.connect(lambda: view.history_requested.emit(entry))
        menu.addAction(history)
    menu.addSeparator()
    if entry.kind == "call":
        change = QAction(_tr("Replace the tool's result on a branch…"), menu)
    else:
        change = QAction(_tr("Edit on a branch…"), menu)
    change.setEnabled(is_changeable(entry))
    change.triggered.connect(partial(view.change_requested.emit, entry))
    leave = QAction(_tr("Leave out on a branch…"), menu)
    leave.triggered.connect(partial(view.leave_out_requested.emit, entry.position))
    hold_back(view, change, leave)
    menu.addActions([change, leave])
    menu.addSeparator()
    for kind, text in (
        ("marker", _tr("Set a marker here")),
        ("note", _tr("Write a note here")),
        ("tag", _tr("Tag it")),
        ("rating", _tr("Rate it")),
    ):
        noting = QAction(text, menu)
        noting.triggered.connect(partial(view.noting_requested.emit, kind, entry.position))
        hold_back(view, noting)
        menu.addAction(noting)
    for ways in view.way_menus(row, menu):
        menu.addMenu(ways)
    copy = QAction(_tr("Copy"), menu)
    copy.triggered.connect(lambda: copy_entry(view))
    menu.addAction(copy)
    menu.popup(where)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conversation", text)
