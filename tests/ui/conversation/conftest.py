"""Entries of a made-up conversation, and a view that is answered as the window would answer it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest

from app.domain.transcript import Entry
from app.ui.conversation.view import ConversationView
from app.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


def message(number: int) -> Entry:
    return Entry(
        ord=number,
        kind="message",
        key=f"m{number}",
        position=2 * number - 1,
        changed_at=2 * number - 1,
        time=1_715_785_200_000_000,
        role="user" if number % 2 else "assistant",
        text=f"Message number {number}",
    )


class Answered:
    """A conversation view whose wishes are granted at once from a list of entries."""

    def __init__(self, qtbot: QtBot, entry_of: Callable[[int], Entry], count: int) -> None:
        self.entry_of = entry_of
        self.requests: list[tuple[int, int]] = []
        self.view = ConversationView(LIGHT)
        qtbot.addWidget(self.view)
        self.view.resize(640, 600)
        self.view.window_requested.connect(self.answer)
        self.view.set_births(array("q", (2 * number - 1 for number in range(1, count + 1))))
        self.count = count
        self._qtbot = qtbot

    def answer(self, first: int, count: int) -> None:
        self.requests.append((first, count))
        last = min(self.count, first + count - 1)
        self.view.show_entries(first, tuple(self.entry_of(number) for number in range(first, last + 1)))

    def settle(self) -> None:
        """Lay out, take the answer, lay out again: what the event loop does by itself."""
        self.view.lay_out()
        self.view.lay_out()

    def at(self, position: int, changed: frozenset[int] = frozenset()) -> ConversationView:
        self.view.set_playhead(position, changed)
        self.settle()
        return self.view


@pytest.fixture
def answered(qtbot: QtBot) -> Callable[..., Answered]:
    def make(count: int = 200, entry_of: Callable[[int], Entry] = message) -> Answered:
        return Answered(qtbot, entry_of, count)

    return make
