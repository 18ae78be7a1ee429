"""Searching in the real window, with real keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fakes.window_services import FakeHistory
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.errors import StoreUnusable
from app.ui.theme import DARK
from app.viewmodels.hits_model import HitRole

Stages = Callable[..., Any]


class Seat:
    """A person in front of the search panel."""

    def __init__(self, stage: Any, qtbot: QtBot) -> None:
        self.stage, self._qtbot = stage, qtbot
        self.panel = stage.window.search
        self.list: QListView = self.panel.findChild(QListView, "search.hits")
        self.text: QLineEdit = self.panel.findChild(QLineEdit, "search.text")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.stage.window.focusWidget() or self.stage.window, key, modifier)

    def look_for(self, text: str) -> None:
        self.text.clear()
        self.text.insert(text)  # QTest types Latin letters only

    def until_said(self, sentence: str) -> None:
        self._qtbot.waitUntil(lambda: sentence in self.said)

    @property
    def said(self) -> str:
        return "|".join(label.text() for label in self.panel.findChildren(QLabel))

    @property
    def rows(self) -> int:
        return self.list.model().rowCount()


@pytest.fixture
def seat(stage: Stages, qtbot: QtBot) -> Seat:
    made = Seat(stage(at=40), qtbot)
    made.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return made


def test_a_key_opens_the_search_ready_to_type(seat: Seat) -> None:
    assert seat.stage.window.focusWidget() is seat.text
    assert "Type what was said" in seat.said


def test_hits_come_while_one_types(seat: Seat) -> None:
    seat.look_for("衬衫")
    seat.until_said("144 hits")

    assert seat.rows == 144
    seat.panel.grab()


def test_enter_goes_to_the_hit_that_the_arrows_chose(seat: Seat, qtbot: QtBot) -> None:
    seat.look_for("refund")
    seat.until_said("hits")
    seat.press(Qt.Key.Key_Down)
    seat.press(Qt.Key.Key_Return)

    assert seat.stage.workspace.playhead == 10


def test_a_hit_elsewhere_opens_its_session(seat: Seat, qtbot: QtBot) -> None:
    seat.look_for("refund")
    seat.until_said("hits")
    seat.list.activated.emit(seat.list.model().index(26, 0))

    qtbot.waitUntil(lambda: seat.stage.workspace.session.header.id == "session-1")
    assert seat.stage.workspace.playhead == 15
    assert seat.rows == 144


def test_going_to_a_hit_elsewhere_leaves_the_list_as_it_is(seat: Seat, qtbot: QtBot) -> None:
    seat.look_for("refund")
    seat.until_said("hits")
    for _ in range(26):
        seat.press(Qt.Key.Key_Down)
    seat.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seat.stage.workspace.session.header.id == "session-1")

    assert seat.list.currentIndex().row() == 26
    assert len(seat.stage.services.searching.asked) == 1


def test_sessions_are_named_only_where_hits_are_of_several(seat: Seat, qtbot: QtBot) -> None:
    seat.look_for("refund")
    seat.until_said("hits")
    assert seat.list.model().index(0, 0).data(HitRole.IS_TITLED)

    seat.panel._scope.setCurrentIndex(seat.panel._scope.findData("branch"))

    qtbot.waitUntil(lambda: not seat.list.model().index(0, 0).data(HitRole.IS_TITLED))
    assert seat.rows > 0


def test_a_tip_takes_no_text_for_html(seat: Seat) -> None:
    seat.look_for("refund")
    seat.until_said("hits")

    assert seat.list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole).count("<") == 4


def test_the_branch_in_focus_shows_its_hits_as_ticks(seat: Seat, qtbot: QtBot) -> None:
    found: list[tuple[int, ...]] = []
    seat.stage.program.presenter.searching.search.positions_found.connect(found.append)

    seat.look_for("refund")
    qtbot.waitUntil(lambda: bool(found))
    seat.text.clear()
    qtbot.waitUntil(lambda: len(found) > 1)

    assert found[0] == tuple(range(5, 121, 5))
    assert found[-1] == ()


def test_the_other_key_searches_this_branch_only(seat: Seat) -> None:
    seat.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    seat.look_for("refund")
    seat.until_said("24 hits")

    assert seat.stage.services.searching.asked[-1].branch == "session-0/main"


def test_filters_work_without_words_and_go_when_they_are_closed(seat: Seat) -> None:
    button = next(one for one in seat.panel.findChildren(QToolButton) if one.text() == "Filters")
    button.click()
    actor = next(one for one in seat.panel.findChildren(QComboBox) if one.accessibleName() == "Actor of the events")

    actor.setCurrentIndex(actor.findData("user"))
    seat.until_said("144 hits")
    assert seat.stage.services.searching.asked[-1].filter.actors == ("user",)

    button.click()
    seat.until_said("Type what was said")
    assert seat.rows == 0


def test_finding_nothing_and_failing_are_said_in_words(seat: Seat) -> None:
    seat.look_for("zebra")
    seat.until_said("No event holds that.")

    seat.stage.services.searching.failure = StoreUnusable("the disk is gone")
    seat.look_for("refund")
    seat.until_said("the disk is gone")


def test_only_the_newest_wish_is_shown(seat: Seat, qtbot: QtBot) -> None:
    import threading

    searching = seat.stage.services.searching
    searching.gate = threading.Event()
    seat.look_for("zebra")
    qtbot.waitUntil(lambda: len(searching.asked) == 1)
    seat.look_for("refund")
    qtbot.waitUntil(lambda: not seat.stage.program.presenter.searching.search._timer.isActive())
    searching.gate.set()
    seat.until_said("144 hits")

    assert [one.text for one in searching.asked] == ["zebra", "refund"]


def test_a_long_list_is_fetched_piece_by_piece(stage: Stages, qtbot: QtBot) -> None:
    seat = Seat(stage(history=FakeHistory(events=3_000), at=40), qtbot)
    seat.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seat.look_for("refund")
    seat.until_said("3,600 hits")
    assert seat.rows == 200

    seat.list.model().fetchMore(QModelIndex())
    qtbot.waitUntil(lambda: seat.rows == 400)


def test_a_customers_story_is_one_list(seat: Seat, qtbot: QtBot) -> None:
    seat.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seat.until_said("customer-0: sessions 2, events 240")
    assert seat.rows == 200

    seat.list.model().fetchMore(QModelIndex())
    qtbot.waitUntil(lambda: seat.rows == 240)
    assert not seat.list.model().canFetchMore(QModelIndex())


def test_the_panel_is_painted_in_the_dark_too(seat: Seat) -> None:
    seat.look_for("refund")
    seat.until_said("hits")
    light = seat.panel.grab().toImage()

    seat.stage.window.set_theme(DARK)

    assert seat.panel.grab().toImage() != light
