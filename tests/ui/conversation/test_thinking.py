"""What a model thought: there while it thinks, folded away once it speaks, and never Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.application.continuing import ContinueUpdate
from app.ui.conversation.cell import EntryCell
from app.ui.conversation.thinking_text import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.conversation.view import ConversationView


def cell_of(view: ConversationView, number: int) -> EntryCell:
    found = view.viewport().findChildren(EntryCell)
    return next(cell for cell in found if cell.isVisibleTo(view) and cell.entry and cell.entry.ord == number)


def texts(view: ConversationView) -> list[str]:
    return [one.body.toPlainText() for one in view.viewport().findChildren(EntryCell) if one.isVisibleTo(view)]


def thought(made: Any, thinking: str) -> ConversationView:
    """The entry at the playhead comes from a model that thought."""
    view = made.at(201)
    entry = cell_of(view, 101).entry
    assert entry is not None
    view.show_entries(101, (replace(entry, model="tiny", thinking=thinking, text="**Blue.**"),))
    made.settle()
    return view


def test_thinking_is_folded_and_unfolds_above_the_answer(answered: Callable[..., Any]) -> None:
    made = answered()
    view = thought(made, "The sky <b>is</b> **blue**.\nSo it is.")
    before = cell_of(view, 101).body.toPlainText()

    view.toggle(100)
    made.settle()

    shown = cell_of(view, 101).body.toPlainText()
    assert before == "Blue."
    assert "The sky <b>is</b> **blue**.\nSo it is." in shown
    assert shown.index("The sky") < shown.index("Blue.")


def test_of_very_long_thinking_the_end_is_shown(answered: Callable[..., Any]) -> None:
    made = answered()
    view = thought(made, "no " * LONGEST + "the conclusion")

    view.toggle(100)
    made.settle()

    shown = cell_of(view, 101).body.toPlainText()
    assert "the conclusion" in shown
    assert len(shown) < LONGEST + 100


def test_while_it_thinks_that_is_shown_and_then_what_it_says(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered(count=3)
    view = made.at(5)
    update = ContinueUpdate(
        phase="thinking", text="", thinking="Hm, blue", tokens=3, elapsed_s=1.0, tokens_per_second=9.0
    )

    view.stream_updated(update)
    qtbot.waitUntil(lambda: any("Hm, blue" in text for text in texts(view)))
    view.stream_updated(replace(update, phase="generating", text="Blue."))

    qtbot.waitUntil(lambda: "Blue." in texts(view))
    assert not any("Hm, blue" in text for text in texts(view))
