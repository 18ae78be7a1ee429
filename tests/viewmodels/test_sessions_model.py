"""The library as a list, and its filters."""

from dataclasses import replace

from fakes.window_services import FakeHistory
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.viewmodels.sessions_model import SessionRole, SessionsFilter, SessionsModel, details, source_title


def filtered(history: FakeHistory) -> SessionsFilter:
    model = SessionsFilter()
    source = SessionsModel(model)
    source.set_sessions(history.sessions())
    model.setSourceModel(source)
    return model


def titles(model: SessionsFilter) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_it_is_a_sound_model(qtmodeltester: ModelTester, history: FakeHistory) -> None:
    model = SessionsModel()
    qtmodeltester.check(model, force_py=True)
    model.set_sessions(history.sessions())
    model.set_open("session-2")
    qtmodeltester.check(model, force_py=True)


def test_the_filtered_list_is_a_sound_model(qtmodeltester: ModelTester, history: FakeHistory) -> None:
    model = filtered(history)
    model.set_text("flight")
    qtmodeltester.check(model, force_py=True)


def test_every_word_typed_must_be_found_somewhere(history: FakeHistory) -> None:
    model = filtered(history)

    model.set_text("FLIGHT customer-1")
    assert titles(model) == ["Flight change, agent with tools"]
    model.set_text("1_00002")
    assert titles(model) == ["A year of purchases"]
    model.set_text(history.sessions()[0].header.id)
    assert titles(model) == [history.sessions()[0].header.title]
    model.set_text("flight purchases")
    assert titles(model) == []
    model.set_text("")
    assert len(titles(model)) == 6


def test_a_source_narrows_the_list(history: FakeHistory) -> None:
    model = filtered(history)

    model.set_source("urn:branchline:format:online-retail")

    assert titles(model) == ["A year of purchases", "Flight change, agent with tools 5"]


def test_the_open_session_is_marked_and_told(history: FakeHistory) -> None:
    model = SessionsModel()
    model.set_sessions(history.sessions())

    model.set_open("session-1")

    marked = [model.index(row).data(SessionRole.IS_OPEN) for row in range(3)]
    assert marked == [False, True, False]
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Flight change, agent with tools, tau-bench · 120 events"


def test_a_source_is_called_by_the_last_part_of_its_uri() -> None:
    assert source_title("urn:branchline:format:sgd") == "sgd"
    assert source_title("https://example.org/logs/") == "logs"


def test_counts_are_grouped_and_branches_told_when_there_are_some(history: FakeHistory) -> None:
    many = FakeHistory(events=1_930).summaries[0]

    assert details(many) == "sgd · 1,930 events"


def test_more_branches_of_the_same_sessions_leave_the_list_where_it_is(history: FakeHistory, qtbot: QtBot) -> None:
    model = SessionsModel()
    model.set_sessions(history.sessions())
    grown = (replace(history.summaries[0], branches=5), *history.summaries[1:])

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_sessions(grown)

    assert "5 branches" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
