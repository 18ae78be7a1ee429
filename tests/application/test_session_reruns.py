"""The same re-run over sessions as the window asks for it: planned, checked, and taken up where it stopped."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes.lab_scene import LabScene, recorded_session
from fakes.making import message

from app.adapters.checks.check_files import read_check_file
from app.application.library import Library
from app.application.pausing import PauseSwitch
from app.application.rerun_wish import RerunWish, wish_from
from app.application.rerunning import TrialResult
from app.application.session_reruns import RerunPlan, RerunResult, RerunUpdate, SessionReruns, summary_row
from app.application.template_library import TemplateLibrary
from app.domain.errors import BadInput, Cancelled, NotFound
from app.domain.lab.checks import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = Check(kind="contains", value="answer 1", name="is the first")


def made(scene: LabScene) -> SessionReruns:
    templates = TemplateLibrary(scene.store, scene.clock, scene.ids, lambda: "{{ slots }}")
    library = Library(scene.store, scene.machine, scene.labels)
    return SessionReruns(scene.lab, scene.series, library, templates, read_check_file)


@pytest.fixture
def scene() -> LabScene:
    scene = LabScene()
    scene.add("t", [replace(one, id=f"t-{one.id}", causation_id=None) for one in recorded_session()])
    scene.add("u", [replace(message(1, "Welcome", "assistant"), id="u-1")])
    return scene


def wish(**other: Any) -> RerunWish:
    return RerunWish(**{"sessions": ("s", "t", "u"), "model": "tiny", **other})


def run(reruns: SessionReruns, plan: RerunPlan, updates: list[RerunUpdate] | None = None) -> RerunResult:
    heard = updates if updates is not None else []
    return asyncio.run(reruns.run(plan, heard.append, PauseSwitch()))


def test_a_plan_has_a_row_a_session_and_says_which_have_no_such_turn(scene: LabScene) -> None:
    plan = made(scene).plan(wish(sessions=("t", "s", "t", "u", "gone")))

    assert [row.session.header.id for row in plan.rows] == ["t", "s"]
    assert [one.header.id for one in plan.passed_over] == ["u"]
    assert plan.completed == 0
    assert scene.model.requests == []


def test_the_answers_of_every_session_are_checked_and_counted(scene: LabScene) -> None:
    reruns = made(scene)
    plan = reruns.plan(wish(turns=2, checks=(FIRST,)))
    updates: list[RerunUpdate] = []

    result = run(reruns, plan, updates)

    rows = [
        summary_row(row.session, row.trial, one, result.outcomes)
        for row, one in zip(plan.rows, result.series.results, strict=True)
    ]
    assert [(row.answers, row.passed, row.failed) for row in rows] == [(2, 1, 1), (2, 0, 2)]
    assert [len(one.outcomes) for one in updates][-1] == 2  # told while it was played too


def test_what_was_done_is_read_and_not_asked_again_by_whoever_has_the_same_wish(scene: LabScene) -> None:
    first = made(scene)
    run(first, first.plan(wish(sessions=("s",), turns=1)))
    asked = len(scene.model.requests)
    kept = wish_from(json.loads(json.dumps(wish(turns=1, checks=(FIRST,)).to_json())))
    assert kept is not None
    again = made(scene)

    plan = again.plan(kept)
    result = run(again, plan)

    assert [row.completed for row in plan.rows] == [True, False]
    assert len(scene.model.requests) == asked + 1
    assert all(isinstance(one, TrialResult) for one in result.series.results)


def test_one_that_was_stopped_midway_goes_on_with_what_is_left(scene: LabScene) -> None:
    reruns = made(scene)
    plan = reruns.plan(wish(turns=2))
    scene.model.stalls_on = {2}

    async def stopped() -> None:
        scene.model.stalled = asyncio.Event()
        task = asyncio.create_task(reruns.run(plan, lambda _: None, PauseSwitch()))
        await scene.model.stalled.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(stopped())
    result = run(reruns, plan)

    assert [len(one.turns) for one in result.series.results if isinstance(one, TrialResult)] == [2, 2]
    assert len(scene.model.requests) == 5  # one answer was broken off, none was given twice


def test_instructions_and_template_are_those_of_their_libraries(scene: LabScene) -> None:
    reruns = made(scene)
    scene.lab.instructions.save("kind", "Be kind.")

    plan = reruns.plan(wish(instructions="kind", template="state", temperature=0.2, seed=3, longest=9))

    recipe = plan.rows[0].trial.recipe
    assert (recipe.instructions.text if recipe.instructions else "", recipe.template is not None) == ("Be kind.", True)
    assert recipe.all_options == {"num_predict": 9, "temperature": 0.2, "seed": 3}


@pytest.mark.parametrize(
    ("other", "error", "sentence"),
    [
        ({"sessions": ("gone",)}, BadInput, "no session to play again"),
        ({"first_turn": 99}, BadInput, "no turn 99 in any"),
        ({"instructions": "nobody"}, NotFound, "no instructions named 'nobody'"),
        ({"checks": (Check(kind="matches", value="(", name="bad"),)}, BadInput, "no regular expression"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is_asked(
    scene: LabScene, other: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        made(scene).plan(wish(**other))


def test_planning_can_be_given_up(scene: LabScene) -> None:
    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        made(scene).plan(wish(), stop)


def test_checks_of_a_file_are_those_of_the_command_line(scene: LabScene, tmp_path: Path) -> None:
    file = tmp_path / "checks.toml"
    file.write_text('[[check]]\ncontains = "sorry"\nturns = "last"\n', encoding="utf-8")

    (check,) = made(scene).checks_in(file)

    assert (check.kind, check.value, check.turns) == ("contains", "sorry", (-1,))


def _unsound() -> Iterator[Any]:
    sound = wish().to_json()
    yield from (None, [], {}, {**sound, "checks": [{"what": 1}]}, {**sound, "other": 1}, {**sound, "turns": "x"})
    yield from ({**sound, "first_turn": 0}, {**sound, "model": 3}, {**sound, "temperature": "hot"})


@pytest.mark.parametrize("told", list(_unsound()))
def test_what_is_no_wish_is_forgotten(told: Any) -> None:
    assert wish_from(told) is None
