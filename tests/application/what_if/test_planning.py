"""What a plan promises is what is made; what makes no sense is refused in one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import message, new_event
from fakes.what_if_desk import WhatIfDesk

from app.application.ports import no_progress
from app.application.what_if import making
from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.domain.errors import BadInput, Cancelled, OutOfRange, WrongPosition

SLOTS = "conversation.slots-changed"
STORY = (
    new_event(1, "conversation.instructions-changed", {"text": "Be kind."}, actor="system"),
    message(2, "A table, please."),
    new_event(3, SLOTS, {"service": "R", "set": {"city": ["Rome"], "for": ["2"]}}, causation_id="n2"),
    new_event(4, "conversation.tool-called", {"call_id": "c1", "name": "find"}, actor="assistant"),
    new_event(5, "conversation.tool-called", {"call_id": "c2", "name": "weather"}, actor="assistant"),
    new_event(6, "conversation.tool-returned", {"call_id": "c1", "result": ["A"]}, actor="tool", causation_id="n4"),
    new_event(7, "conversation.tool-returned", {"call_id": "c2", "result": 21}, actor="tool", causation_id="n5"),
    new_event(8, "recommendation.items-shown", {"items": [{"item": "A", "rank": 1}]}, causation_id="n6"),
    message(9, "How about A?", "assistant"),
    message(10, "Yes."),
)


@pytest.fixture
def desk() -> WhatIfDesk:
    return WhatIfDesk(STORY)


def made(desk: WhatIfDesk, at: int, edit: Any, **how: Any) -> list[tuple[str, int | None, int | None]]:
    """(type, what it replaces, what it repeats) of the new branch's own events, and where it leaves."""
    plan = desk.what_ifs.plan_edit(desk.main, at, edit, **how)
    branch = desk.what_ifs.make(plan, f"b{at}")
    told = [
        (
            event.type.split(".")[1],
            event.data.get("replaces", {}).get("position"),
            event.data.get("reapplies", {}).get("position"),
        )
        for event in desk.own(branch)
    ]
    return [("fork", branch.fork_position, None), *told]


def test_the_next_customer_message_is_replaced(desk: WhatIfDesk) -> None:
    assert made(desk, 3, MessageEdit("No.")) == [("fork", 9, None), ("message-posted", 10, None)]
    assert made(desk, 2, MessageEdit("Tea.")) == [("fork", 1, None), ("message-posted", 2, None)]


def test_after_the_last_message_one_is_added(desk: WhatIfDesk) -> None:
    desk.store.append(desk.main, [new_event(11, SLOTS, {"service": "R", "set": {"ok": ["yes"]}})], expected=10)

    assert made(desk, 11, MessageEdit("No.")) == [("fork", 11, None), ("message-posted", None, None)]


def test_the_answer_of_the_assistant_is_asked_for_by_its_role(desk: WhatIfDesk) -> None:
    assert made(desk, 3, MessageEdit("None.", "assistant")) == [("fork", 8, None), ("message-posted", 9, None)]


def test_a_slot_is_changed_where_it_was_set_or_from_here_on(desk: WhatIfDesk) -> None:
    assert made(desk, 3, SlotEdit("R", "city", ("Oslo",))) == [("fork", 2, None), ("slots-changed", 3, None)]
    assert made(desk, 9, SlotEdit("R", "city", ("Oslo",))) == [("fork", 9, None), ("slots-changed", 3, None)]


def test_a_result_is_replaced_with_the_calls_made_and_closed_again(desk: WhatIfDesk) -> None:
    story = made(desk, 6, ToolResultEdit("find", []))

    assert story == [
        ("fork", 3, None),
        ("tool-called", None, 4),
        ("tool-called", None, 5),
        ("tool-returned", 6, None),
        ("tool-returned", None, 7),
    ]
    branch = desk.labels.branches("s")[1]
    state = desk.state(branch.id)["conversation"]
    assert [one["result"] for one in state["calls"]] == [[], 21]
    assert state["open_calls"] == []
    assert desk.own(branch)[3].causation_id == desk.own(branch)[1].id


def test_all_later_events_can_be_applied_again_after_an_edit(desk: WhatIfDesk) -> None:
    story = made(desk, 6, ToolResultEdit("c1", []), reapply=True)

    assert [again for _, _, again in story[1:]] == [4, 5, None, 7, 8, 9, 10]
    branch = desk.labels.branches("s")[1]
    shown = next(one for one in desk.own(branch) if one.type == "recommendation.items-shown")
    assert shown.causation_id == next(one for one in desk.own(branch) if "replaces" in one.data).id


def test_the_list_shown_and_the_instructions_supersede_or_replace(desk: WhatIfDesk) -> None:
    assert made(desk, 8, ShownEdit(({"item": "B"},))) == [("fork", 7, None), ("items-shown", 8, None)]
    assert made(desk, 10, ShownEdit(())) == [("fork", 10, None), ("items-shown", 8, None)]
    assert made(desk, 1, InstructionsEdit("Be brief.")) == [("fork", 0, None), ("instructions-changed", 1, None)]
    assert made(desk, 5, InstructionsEdit("Be brief.")) == [("fork", 7, None), ("instructions-changed", 1, None)]


def test_a_call_that_never_returned_can_be_answered() -> None:
    desk = WhatIfDesk(STORY[:5])

    assert made(desk, 5, ToolResultEdit("c1", "none")) == [
        ("fork", 3, None),
        ("tool-called", None, 4),
        ("tool-called", None, 5),
        ("tool-returned", None, None),
    ]


def test_on_a_what_if_that_ends_here_a_change_is_appended(desk: WhatIfDesk) -> None:
    branch = desk.branching.branch(desk.main, 3, "b")
    plan = desk.what_ifs.plan_edit(branch.id, 3, InstructionsEdit("Be brief."), onto=True)

    grown = desk.what_ifs.make(plan, "")

    assert plan.sentences == ("the change is appended to b after event 3",)
    assert (grown.id, grown.head) == (branch.id, 4)
    assert desk.state(branch.id)["conversation"]["instructions"] == "Be brief."
    with pytest.raises(WrongPosition):
        desk.what_ifs.make(plan, "")


@pytest.mark.parametrize(
    ("at", "edit", "onto", "sentence"),
    [
        (10, MessageEdit("x", "assistant"), False, "no answer of the assistant stands at or after event 10"),
        (3, ToolResultEdit("nobody", 1), False, r"no tool call 'nobody' here; there is c1 \(find\), c2 \(weather\)"),
        (10, InstructionsEdit("x"), True, "main holds what was recorded"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: WhatIfDesk, at: int, edit: Any, onto: bool, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        desk.what_ifs.plan_edit(desk.main, at, edit, onto=onto)


def test_without_tools_there_is_no_result_to_change() -> None:
    with pytest.raises(BadInput, match="no tool was called here"):
        WhatIfDesk(STORY[:3]).what_ifs.plan_edit("s/main", 2, ToolResultEdit("c1", 1))


def test_what_is_on_a_what_if_stays_on_it(desk: WhatIfDesk) -> None:
    branch = desk.branching.branch(desk.main, 3, "b").id

    with pytest.raises(BadInput, match="goes on after event 2"):
        desk.what_ifs.plan_edit(branch, 2, InstructionsEdit("x"), onto=True)
    with pytest.raises(BadInput, match="takes a branch of its own"):
        desk.what_ifs.plan_edit(branch, 3, SlotEdit("R", "city", ("Oslo",)), onto=True)


def test_a_side_stream_and_a_place_that_is_not_there_are_refused(desk: WhatIfDesk) -> None:
    analyst = next(one.id for one in desk.store.branches("s") if one.kind == "analyst")

    with pytest.raises(BadInput, match="side stream"):
        desk.what_ifs.plan_leave_out(analyst, 1)
    with pytest.raises(OutOfRange, match="there is no position 11: main has 10 events"):
        desk.what_ifs.plan_leave_out(desk.main, 11)
    with pytest.raises(BadInput, match="nothing to leave out"):
        desk.what_ifs.plan_leave_out(desk.main, 0)


def test_leaving_out_says_first_what_goes_along(desk: WhatIfDesk) -> None:
    gone = desk.what_ifs.plan_leave_out(desk.main, 2)
    kept = desk.what_ifs.plan_leave_out(desk.main, 4, keep_dependents=True)
    unanswered = desk.what_ifs.plan_leave_out(desk.main, 7)

    assert gone.sentences == (
        "the state of event 1; 9 later events stay on main",
        "left out: event 2 and 1 event that depends on it",
        "7 later events applied again",
    )
    assert [(one.position, one.why, one.on) for one in gone.left_out] == [(2, "chosen", None), (3, "caused", 2)]
    assert kept.sentences[-1] == "1 event kept although depending on it, 1 of them cannot be applied any more"
    assert unanswered.sentences[-1] == "the call of weather stays open"
    assert (unanswered.fork.position, unanswered.reapplied) == (3, 6)
    assert unanswered.to_json()["stays_open"] == ["weather"]


def test_what_is_kept_and_cannot_be_applied_is_a_problem_of_the_state(desk: WhatIfDesk) -> None:
    branch = desk.what_ifs.make(desk.what_ifs.plan_leave_out(desk.main, 4, keep_dependents=True), "b")

    assert [one["reason"] for one in desk.state(branch.id)["problems"]] == ["there is no open call c1"]


def test_the_analysts_stream_keeps_what_was_left_out(desk: WhatIfDesk) -> None:
    branch = desk.what_ifs.make(desk.what_ifs.plan_leave_out(desk.main, 2), "without")

    analyst = next(one.id for one in desk.store.branches("s") if one.kind == "analyst")
    (told,) = desk.events(analyst)
    assert told.data["branch"] == branch.id
    assert told.data["what_if"] == {
        "reapplied": 7,
        "left_out": {"event": "n2", "position": 2, "dependents": 1},
    }


def test_long_what_ifs_are_written_in_parts_and_one_that_is_stopped_is_archived(
    desk: WhatIfDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PER_COMMIT", 3)
    plan = desk.what_ifs.plan_leave_out(desk.main, 1)
    whole = desk.what_ifs.make(plan, "whole", no_progress)

    def stop_after_two(done: int, total: int | None, what: str) -> None:
        if done >= 6:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled, match="part holds 6 of 9 events again, and was archived"):
        desk.what_ifs.make(plan, "part", stop_after_two)

    part = next(one for one in desk.labels.branches("s") if one.name == "part")
    assert (whole.own_events, part.own_events) == (9, 6)
    assert desk.labels.labels("s")[part.id].archived
