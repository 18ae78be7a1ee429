"""One piece of work for the panes at a time, the newest of each kind, in turns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.viewmodels.bridge import Bridge
from app.viewmodels.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


def test_of_each_kind_the_newest_is_done_and_kinds_take_turns(qtbot: QtBot, bridge: Bridge) -> None:
    relay = Relay(bridge)
    done: list[str] = []

    def ask(kind: str, what: str) -> None:
        relay.run_latest(kind, partial(str, what), done.append, lambda error: done.append(repr(error)))

    ask("moment", "moment 1")
    ask("moment", "moment 2")
    ask("entries", "entries 1")
    ask("moment", "moment 3")
    ask("entries", "entries 2")
    ask("moment", "moment 4")
    qtbot.waitUntil(lambda: len(done) == 3)

    assert done == ["moment 1", "entries 2", "moment 4"]


def test_work_that_fails_is_told_and_keeps_nothing_up(qtbot: QtBot, bridge: Bridge) -> None:
    relay = Relay(bridge)
    told: list[str] = []

    relay.run_latest("moment", partial(int, "no number"), print, lambda error: told.append(type(error).__name__))
    relay.run_latest("entries", partial(str, "after it"), told.append, print)
    qtbot.waitUntil(lambda: len(told) == 2)

    assert told == ["ValueError", "after it"]


def test_the_next_begins_only_when_the_outcome_was_taken(qtbot: QtBot, bridge: Bridge) -> None:
    relay = Relay(bridge)
    order: list[str] = []

    def work(name: str) -> str:
        order.append(f"{name} begins")
        return name

    def take(name: str) -> None:
        if name == "a":
            relay.run_latest("b", partial(work, "b"), take, print)
        order.append(f"{name} shown")

    relay.run_latest("a", partial(work, "a"), take, print)
    qtbot.waitUntil(lambda: "b shown" in order)

    assert order == ["a begins", "a shown", "b begins", "b shown"]
