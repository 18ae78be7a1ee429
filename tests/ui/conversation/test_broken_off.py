"""What a run had written before it ended early, in the conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from app.ui.conversation.cell import EntryCell

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.conversation.view import ConversationView


def cell_of(view: ConversationView, number: int) -> EntryCell:
    found = view.viewport().findChildren(EntryCell)
    return next(cell for cell in found if cell.isVisibleTo(view) and cell.entry and cell.entry.ord == number)


def test_an_answer_that_broke_off_can_be_made_a_message(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered()
    view = made.at(201)
    entry = cell_of(view, 101).entry
    assert entry is not None
    broken = replace(entry, kind="partial", role="assistant", partial=True, text="Half an ans", model="tiny")
    view.show_entries(101, (broken,))
    made.settle()
    cell = cell_of(view, 101)
    keep = next(one for one in cell.findChildren(QPushButton) if one.text() == "Make it a message")

    with qtbot.waitSignal(view.keep_requested) as asked:
        keep.click()
    view.show_entries(101, (replace(broken, accepted=205),))
    made.settle()

    assert asked.args == [201]
    assert not keep.isVisibleTo(view)
    assert not cell_of(view, 101).body.isVisibleTo(view)
