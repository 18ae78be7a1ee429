"""Sessions are found by what they hold, and only for the words typed last."""

import threading

import pytest

from app.domain.errors import StoreUnusable
from app.viewmodels.bridge import Bridge
from app.viewmodels.session_finder import SessionFinder


class Services:
    """Has every word in the session of that name."""

    def __init__(self):
        self.searching = self
        self.asked = []
        self.gate = None
        self.failure = None

    def sessions_holding(self, text, *, progress):
        self.asked.append(text)
        if self.gate is not None:
            self.gate.wait(5)
        progress(0, None, "")
        if self.failure is not None:
            raise self.failure
        return frozenset(text.split())


@pytest.fixture
def services():
    return Services()


@pytest.fixture
def finder(qtbot, services):
    bridge = Bridge()
    made = SessionFinder(services, bridge)
    made._timer.setInterval(1)
    yield made
    made.close()
    bridge.close()


def test_words_are_found_after_a_pause(qtbot, finder):
    with qtbot.waitSignal(finder.found) as found:
        finder.ask(" order 77 ")

    assert found.args == ["order 77", frozenset({"order", "77"})]


def test_one_letter_finds_nothing_but_one_character_may_be_a_word(qtbot, finder, services):
    with qtbot.waitSignal(finder.found) as found:
        finder.ask("a")
    assert found.args == ["", frozenset()]
    assert services.asked == []

    with qtbot.waitSignal(finder.found) as found:
        finder.ask("店")
    assert found.args[1] == {"店"}


def test_only_what_was_typed_last_is_told(qtbot, finder, services):
    services.gate = threading.Event()
    told = []
    finder.found.connect(lambda text, _: told.append(text))
    finder.ask("first")
    qtbot.waitUntil(lambda: services.asked == ["first"])
    finder.ask("second")
    services.gate.set()
    qtbot.waitUntil(lambda: "second" in told)

    assert told == ["second"]


def test_a_failure_is_told(qtbot, finder, services):
    services.failure = StoreUnusable("the store is locked")
    with qtbot.waitSignal(finder.failed) as failed:
        finder.ask("words")

    assert failed.args == ["the store is locked"]
