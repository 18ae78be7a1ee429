"""One focus: what is opened, where the playhead goes, what the panes are told."""

import threading

from fakes.window_services import FakeHistory
from pytestqt.qtbot import QtBot

from app.viewmodels.services import Services
from app.viewmodels.workspace import Workspace


def opened(workspace: Workspace, qtbot: QtBot, at: int | None = None, branch: str | None = None) -> None:
    with qtbot.waitSignal(workspace.moment_ready):
        workspace.open_session("session-0", branch, at)


def test_opening_shows_the_last_event_of_main(workspace: Workspace, qtbot: QtBot) -> None:
    moments: list[int] = []
    workspace.moment_ready.connect(lambda moment: moments.append(moment.position))

    opened(workspace, qtbot)

    assert workspace.branch is not None
    assert (workspace.branch.name, workspace.playhead, moments) == ("main", 120, [120])
    assert [branch.name for branch in workspace.branches] == ["main"]


def test_opening_at_a_position_shows_that_moment(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=12)

    assert workspace.playhead == 12


def test_a_session_that_is_not_there_is_told_in_one_sentence(workspace: Workspace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workspace.failed) as failed:
        workspace.open_session("nobody")

    assert failed.args == ["there is no session 'nobody' in the store"]


def test_a_saved_place_that_is_gone_says_nothing(workspace: Workspace, qtbot: QtBot) -> None:
    told: list[str] = []
    workspace.failed.connect(told.append)

    workspace.resume_session("nobody", "main", 3)
    workspace.refresh()

    qtbot.waitUntil(lambda: bool(workspace.sessions))
    opened(workspace, qtbot)
    assert told == []


def test_seeking_is_cut_to_what_there_is(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=5)

    workspace.seek(-3)
    assert workspace.playhead == 0
    workspace.seek(9_999)
    assert workspace.playhead == 120


def test_a_drag_moves_the_playhead_at_once_and_rebuilds_only_what_it_can(
    workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    opened(workspace, qtbot, at=1)
    machine = services.time_machine
    machine.asked.clear()
    machine.gate = threading.Event()
    moved: list[int] = []
    moments: list[int] = []
    workspace.playhead_moved.connect(moved.append)
    workspace.moment_ready.connect(lambda moment: moments.append(moment.position))

    for position in range(2, 102):
        workspace.seek(position)
    machine.gate.set()

    qtbot.waitUntil(lambda: moments[-1:] == [101])
    assert moved == list(range(2, 102))
    assert machine.asked in ([101], [2, 101])  # the first seek begins at once when the panes are at rest


def test_turns_are_stepped_from_message_to_message(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=1)

    places = []
    for direction in (1, 1, 1, -1):
        workspace.step_turn(direction)
        places.append(workspace.playhead)

    assert places == [2, 7, 9, 7]


def test_the_same_kind_is_stepped_within_its_lane(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=4)

    workspace.step_same_kind(1)
    assert workspace.playhead == 5
    workspace.step_same_kind(1)
    assert workspace.playhead == 11
    workspace.step_same_kind(-1)
    assert workspace.playhead == 5


def test_problems_are_stepped_and_the_last_one_holds(workspace: Workspace, services: Services, qtbot: QtBot) -> None:
    services.time_machine.bad = (23, 57)
    opened(workspace, qtbot, at=1)

    places = []
    for direction in (1, 1, 1, -1):
        workspace.step_problem(direction)
        places.append(workspace.playhead)

    assert places == [23, 57, 57, 23]


def test_a_branch_made_here_takes_the_focus_where_it_was_made(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=40)

    with qtbot.waitSignal(workspace.moment_ready):
        workspace.branch_here("with outdoor seats")

    assert workspace.branch is not None
    assert (workspace.branch.name, workspace.branch.fork_position, workspace.playhead) == ("with outdoor seats", 40, 40)


def test_a_name_that_is_taken_is_refused_and_the_focus_stays(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=40)

    with qtbot.waitSignal(workspace.failed) as failed:
        workspace.branch_here("main")

    assert failed.args == ["the session has a branch 'main' already"]
    assert workspace.branch is not None
    assert workspace.branch.name == "main"


def test_switching_branches_keeps_the_position_where_the_branch_has_it(
    workspace: Workspace, history: FakeHistory, qtbot: QtBot
) -> None:
    made = history.branch("session-0/main", 50, "shorter")
    opened(workspace, qtbot, at=30)

    with qtbot.waitSignal(workspace.moment_ready):
        workspace.switch_branch(made.id)
    assert workspace.playhead == 30

    with qtbot.waitSignal(workspace.moment_ready):
        workspace.switch_branch("session-0/main")
    workspace.seek(110)
    with qtbot.waitSignal(workspace.moment_ready, check_params_cb=lambda moment: moment.branch == made.id):
        workspace.switch_branch(made.id)
    assert workspace.playhead == 50


def test_entries_are_answered_with_the_ord_they_were_asked_for(workspace: Workspace, qtbot: QtBot) -> None:
    opened(workspace, qtbot, at=40)

    with qtbot.waitSignal(workspace.entries_ready) as answer:
        workspace.request_entries(3, 4)

    first, entries = answer.args
    assert (first, [entry.ord for entry in entries]) == (3, [3, 4, 5, 6])


def test_the_answer_of_a_session_that_was_left_is_not_shown(
    workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    opened(workspace, qtbot, at=1)
    services.time_machine.gate = threading.Event()
    branches: list[str] = []
    workspace.moment_ready.connect(lambda moment: branches.append(moment.branch))

    workspace.seek(7)
    workspace.open_session("session-1", at=2)
    qtbot.waitUntil(lambda: workspace.session is not None and workspace.session.header.id == "session-1")
    services.time_machine.gate.set()

    qtbot.waitUntil(lambda: bool(branches))
    assert set(branches) == {"session-1/main"}


def test_suggested_names_skip_those_that_are_taken(workspace: Workspace, history: FakeHistory, qtbot: QtBot) -> None:
    history.branch("session-0/main", 5, "branch 2")
    opened(workspace, qtbot)

    assert workspace.suggested_branch_name() == "branch 3"
