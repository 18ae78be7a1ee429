"""Lines of events where somebody looks, and only there."""

from collections.abc import Callable, Iterator

import pytest
from fakes.window_services import FakeHistory, LoopThread, make_services
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.events import Event
from app.viewmodels.bridge import Bridge
from app.viewmodels.event_summaries import PAGE, EventSummaries
from app.viewmodels.workspace import Workspace


class Reading(FakeHistory):
    """Remembers what was read; raises where it was told to."""

    def __init__(self, *, events: int) -> None:
        super().__init__(events=events, sessions=1)
        self.asked: list[tuple[int, int]] = []
        self.fails = False

    def read(self, branch: str, first: int, last: int, /) -> tuple[Event, ...]:
        self.asked.append((first, last))
        if self.fails:
            raise RuntimeError("the disk is gone")
        return super().read(branch, first, last)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[..., tuple[Reading, EventSummaries]]]:
    parent, io = QObject(), LoopThread()
    bridge = Bridge(parent)

    def make(events: int) -> tuple[Reading, EventSummaries]:
        history = Reading(events=events)
        workspace = Workspace(make_services(history, io), bridge, parent)
        summaries = EventSummaries(history, bridge, workspace, parent)
        workspace.open_session("session-0")
        qtbot.waitUntil(lambda: workspace.branch is not None)
        return history, summaries

    yield make
    bridge.close()
    io.close()


def test_a_page_is_read_once_and_then_known(
    opened: Callable[..., tuple[Reading, EventSummaries]], qtbot: QtBot
) -> None:
    history, summaries = opened(1_000)

    assert summaries.text(40) == ""
    with qtbot.waitSignal(summaries.summaries_ready) as told:
        summaries.text(41)

    assert told.args == [PAGE + 1, 2 * PAGE]
    assert "I am looking for a rest" in summaries.text(40)
    assert history.asked == [(PAGE + 1, 2 * PAGE)]


def test_the_last_page_ends_with_the_branch(
    opened: Callable[..., tuple[Reading, EventSummaries]], qtbot: QtBot
) -> None:
    history, summaries = opened(PAGE + 3)

    with qtbot.waitSignal(summaries.summaries_ready) as told:
        summaries.text(PAGE + 1)

    assert told.args == [PAGE + 1, PAGE + 3]
    assert history.asked == [(PAGE + 1, PAGE + 3)]


def test_of_a_thousand_pages_scrolled_over_only_the_newest_few_are_read(
    opened: Callable[..., tuple[Reading, EventSummaries]], qtbot: QtBot
) -> None:
    history, summaries = opened(1_000_000)

    for position in range(1, 1_000_001, 1_000):
        summaries.text(position)

    qtbot.waitUntil(lambda: bool(summaries.text(999_001)))
    assert len(history.asked) <= 8


def test_what_cannot_be_read_stays_empty_and_can_be_asked_for_again(
    opened: Callable[..., tuple[Reading, EventSummaries]], qtbot: QtBot
) -> None:
    history, summaries = opened(100)
    history.fails = True
    summaries.text(5)
    qtbot.waitUntil(lambda: summaries._reading is None)

    history.fails = False

    qtbot.waitUntil(lambda: bool(summaries.text(5)))
