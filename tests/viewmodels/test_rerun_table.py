"""The table of a re-run over sessions: a proper model whose cells say, mark and lead to the right turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.window_services import make_branch
from PySide6.QtCore import Qt

from app.application.continue_request import ContinueUpdate
from app.application.rerunning import TrialResult, TrialUpdate
from app.application.series import SeriesResult, SeriesUpdate, TrialFailure
from app.application.session_reruns import PlannedRerun, RerunResult, RerunUpdate
from app.application.trial_player import TurnResult
from app.domain.lab.checks import CheckOutcome
from app.domain.lab.recipe import Recipe
from app.domain.lab.trials import Trial
from app.domain.sessions import SessionHeader, SessionSummary
from app.viewmodels.rerun_table import FIXED, MarkRole, PlaceRole, RerunPlace, RerunTable, SortRole

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

BAD = CheckOutcome(check="polite", kind="contains", passed=False, why="'please' is not in the answer")
READING = ContinueUpdate(phase="processing prompt", text="", tokens=0, elapsed_s=1.0, tokens_per_second=None)
GOOD = CheckOutcome(check="short", kind="matches", passed=True)


def planned(session: str, *, completed: bool = False) -> PlannedRerun:
    header = SessionHeader(id=session, title=f"Session {session}", source="urn:test")
    trial = Trial(session=session, origin=f"{session}/main", origin_hash="h", at=1, recipe=Recipe(model="m"))
    return PlannedRerun(SessionSummary(header=header, started=None, events=9, branches=1), trial, completed)


def result(row: PlannedRerun, *answers: tuple[str, str]) -> TrialResult:
    turns = tuple(
        TurnResult(turn=number, position=10 * number, event=f"e{number}", rerun=rerun, recorded=recorded,
                   recorded_position=number, result=None)
        for number, (recorded, rerun) in enumerate(answers, start=1)
    )  # fmt: skip
    return TrialResult(trial=row.trial, branch=make_branch(row.session.header.id, "rerun"), turns=turns)


def update(trial: Trial | None, done: int, *outcomes: Any, checks: Any = None, turn: Any = None) -> RerunUpdate:
    series = SeriesUpdate(done=done, total=2, failed=0, trial=trial, current=turn, tokens_per_second=None, elapsed_s=1,
                          remaining_s=None, outcomes=outcomes)  # fmt: skip
    return RerunUpdate(series=series, outcomes=checks or {})


def filled() -> tuple[RerunTable, TrialResult]:
    table, rows = RerunTable(), (planned("a"), planned("b"))
    table.show_plan(rows)
    one = result(rows[0], ("Yes.", "Yes."), ("No.", "Maybe."))
    table.show_update(update(rows[1].trial, 1, one, checks={one.branch.id: {1: (GOOD,), 2: (GOOD, BAD)}}))
    return table, one


def told(table: RerunTable, row: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[Any]:
    return [table.index(row, column).data(role) for column in range(table.columnCount())]


def test_it_is_a_proper_model(qtmodeltester: ModelTester) -> None:
    table, rows = RerunTable(), (planned("a"), planned("b"))
    qtmodeltester.check(table, force_py=True)  # once: it follows what happens to the model from then on
    table.show_plan(rows)
    table.show_begun()
    one, two = result(rows[0], ("a", "b")), result(rows[1], ("a", "b"), ("c", "d"), ("e", "e"))
    table.show_update(update(rows[1].trial, 1, one))
    table.show_result(RerunResult(series=SeriesResult(results=(one, two))))

    assert (table.rowCount(), table.columnCount()) == (2, FIXED + 3)


def test_a_row_counts_its_checks_and_says_turn_by_turn_what_became_of_it() -> None:
    table, _ = filled()

    assert told(table, 0) == ["Session a", "done", "2", "1", "1", "passed · same", "1 failed · changed"]
    assert told(table, 0, MarkRole) == ["", "", "", "failed", "", "same", "failed"]
    assert told(table, 1) == ["Session b", "running", "", "", "", "", ""]
    assert [table.headerData(one, Qt.Orientation.Horizontal) for one in (FIXED, FIXED + 1, FIXED + 2)] == [
        "Turn 1", "Turn 2", None,
    ]  # fmt: skip


def test_a_cell_tells_both_answers_and_what_was_wrong() -> None:
    table, _ = filled()

    words = table.index(0, FIXED + 1).data(Qt.ItemDataRole.ToolTipRole)

    assert words.splitlines() == [
        "Recorded: No.", "Re-run: Maybe.", "passed: short", "failed: polite ('please' is not in the answer)",
    ]  # fmt: skip


def test_a_cell_leads_to_its_turn_and_a_count_to_the_first_turn_that_it_counts() -> None:
    table, one = filled()

    places = [place.position if place else None for place in told(table, 0, PlaceRole)]

    assert places == [10, 10, 10, 20, 20, 10, 20]
    assert table.index(0, 0).data(PlaceRole) == RerunPlace("a", "a/main", one.branch.id, 10)
    assert set(told(table, 1, PlaceRole)) == {None}


def test_failures_say_why_and_wait_again_when_playing_goes_on() -> None:
    table, rows = RerunTable(), (planned("a"), planned("b", completed=True))
    table.show_plan(rows)
    failure = TrialFailure(rows[0].trial, "out of memory", by_model=True)
    table.show_result(RerunResult(series=SeriesResult(results=(failure,), stopped="gave up")))
    before = (told(table, 0)[1], told(table, 1)[1], table.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))

    table.show_begun()

    assert before == ("failed", "done earlier", "out of memory")
    assert told(table, 0)[1] == "waiting"


def test_where_a_session_stands_is_said_while_it_is_played_and_forgotten_when_it_is_stopped() -> None:
    table, rows = RerunTable(), (planned("a"), planned("b"))
    table.show_plan(rows)
    turn = TrialUpdate(turn=2, turns=5, answer=READING)
    table.show_update(update(rows[0].trial, 0, turn=turn))
    midway = told(table, 0)[1]

    table.show_stopped()

    assert (midway, told(table, 0)[1]) == ("turn 2 of 5 · reading", "not played")


def test_columns_sort_by_what_they_mean() -> None:
    table, _ = filled()

    assert told(table, 0, SortRole) == ["session a", "done", 2, 1, 1, 2, 0]
    assert told(table, 1, SortRole)[2] == -1  # nothing is known yet
    assert table.total() == {
        "trials": 2, "completed": 1, "answers": 2, "passed": 2, "failed": 1, "skipped": 0, "changed": 1,
    }  # fmt: skip
