"""Answers held against checks, and what is recorded of that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from fakes.lab_scene import LabScene
from fakes.making import event

from app.domain.conditions import BadCondition
from app.domain.errors import BadInput, EventConflict
from app.domain.lab.checked import CHECKED, checks_by_place
from app.domain.lab.checks import Check, read_checks
from app.domain.notebook import derived_entries

if TYPE_CHECKING:
    from app.application.rerunning import TrialResult
    from app.domain.lab.checks import CheckOutcome


def played(answer: str = "answer") -> tuple[LabScene, TrialResult]:
    scene = LabScene()
    scene.model.answer = answer
    return scene, scene.run(scene.trial(at=1))


def outcomes(scene: LabScene, result: TrialResult, *told: dict[str, Any]) -> dict[int, tuple[CheckOutcome, ...]]:
    return asyncio.run(scene.lab.checking.check(result, read_checks(list(told))))


def passed(scene: LabScene, result: TrialResult, told: dict[str, Any]) -> list[bool | None]:
    return [found[0].passed for found in outcomes(scene, result, told).values()]


def test_every_kind_of_check_is_held_against_every_answer() -> None:
    scene, result = played("Hello, how can I help?")

    assert passed(scene, result, {"contains": "help? 2"}) == [False, True, False]
    assert passed(scene, result, {"contains": "HELLO"}) == [False] * 3
    assert passed(scene, result, {"contains": "HELLO", "ignore_case": True}) == [True] * 3
    assert passed(scene, result, {"matches": r"\d$"}) == [True] * 3
    assert passed(scene, result, {"matches": "^hello", "ignore_case": True}) == [True] * 3
    assert passed(scene, result, {"schema": {"type": "object"}}) == [False] * 3
    assert passed(scene, result, {"holds": "len(conversation.messages) > 3"}) == [False, True, True]
    assert passed(scene, result, {"similar": 0.9}) == [True, False, None]


def test_a_negated_check_wants_the_opposite() -> None:
    scene, result = played()

    assert passed(scene, result, {"contains": "2", "not": True}) == [True, False, True]


def test_only_the_turns_that_are_meant_are_checked() -> None:
    scene, result = played()

    found = outcomes(scene, result, {"contains": "3", "turns": "last"})

    assert [len(one) for one in found.values()] == [0, 0, 1]


def test_a_condition_looks_at_the_state_right_after_the_answer() -> None:
    scene, result = played()

    assert passed(scene, result, {"holds": 'conversation.messages[-1].role == "assistant"'}) == [True] * 3
    assert passed(scene, result, {"holds": 'conversation.slots.r.what[0] == "table"'}) == [False, True, True]


def test_a_failed_check_says_why_in_one_sentence() -> None:
    scene, result = played()

    found = outcomes(scene, result, {"contains": "refund"}, {"similar": 0.5}, {"contains": "1", "not": True})

    assert [one.why for one in found[1]] == [
        "'refund' is not in the answer",
        "ROUGE-L F1 to the recorded answer is 0.00, asked is 0.5",
        "'1' is in the answer",
    ]
    assert found[3][1].why == "there is no recorded answer to be similar to"


def test_outcomes_are_recorded_once_in_the_derived_stream_and_point_at_the_answer() -> None:
    scene, result = played()
    checks = ({"name": "says two", "contains": "2"}, {"matches": "answer"})

    outcomes(scene, result, *checks)
    outcomes(scene, result, *checks)

    derived = next(one for one in scene.store.branches("s") if one.kind == "derived")
    events = scene.store.read(derived.id, 1, 99)
    assert [one.type for one in events] == [CHECKED] * 3
    second = events[1].data
    assert (second["branch"], second["position"], second["event"]) == (
        result.branch.id, result.turns[1].position, result.turns[1].event,
    )  # fmt: skip
    assert (second["passed"], second["failed"]) == (2, 0)
    assert second["checks"][0] == {"name": "says two", "kind": "contains", "passed": True, "why": ""}
    assert derived_entries(events)[0].text == "turn checked: 1 of 2 checks passed"


def test_other_checks_are_recorded_beside_and_count_too() -> None:
    scene, result = played()

    outcomes(scene, result, {"contains": "2"})
    outcomes(scene, result, {"contains": "3"}, {"contains": "answer"})

    derived = next(one for one in scene.store.branches("s") if one.kind == "derived")
    assert derived.head == 6
    checked = checks_by_place(scene.store.read(derived.id, 1, 99))
    assert [checked[result.branch.id, turn.position] for turn in result.turns] == [
        (False, False, True),
        (True, False, True),
        (False, True, True),
    ]


def test_events_of_other_programs_are_passed_over() -> None:
    outcomes = [{"name": 1}, {"name": "a", "passed": True}, {"name": "b", "passed": None}, "c"]
    odd = event(1, CHECKED, {"branch": "x", "position": 3, "checks": outcomes})
    nowhere = event(2, CHECKED, {"branch": "x", "position": "3", "checks": outcomes})

    assert checks_by_place([odd, nowhere, event(3, "derived.trend-rising", {})]) == {("x", 3): (True,)}


def test_a_pattern_that_runs_away_fails_whether_or_not_it_is_wanted() -> None:
    scene, result = played("x" * 3_000)

    found = outcomes(
        scene, result, {"matches": "(x+x+)+y", "turns": 1}, {"matches": "(x+x+)+z", "not": True, "turns": 1}
    )

    assert [(one.passed, "took too long" in one.why) for one in found[1]] == [(False, True)] * 2


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [("matches", "(", BadInput), ("schema", {"type": "objekt"}, BadInput), ("holds", "len(", BadCondition)],
)
def test_bad_checks_are_refused_before_anything_is_asked(kind: Any, value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        LabScene().lab.checking.refuse_bad([Check(kind=kind, value=value, name="x")])


def test_an_outcome_that_another_version_worded_otherwise_stands() -> None:
    scene, result = played()
    append = scene.store.append

    def conflicting(branch: str, events: Any, *, expected: int | None) -> Any:
        if branch.endswith("derived"):
            raise EventConflict("urn:branchline:local", "x", "data")
        return append(branch, events, expected=expected)

    scene.store.append = conflicting  # type: ignore[method-assign]

    assert passed(scene, result, {"contains": "2"}) == [False, True, False]
