"""Any what-if of any history: its state is the fold of its events, and what it came from stays as it was."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fakes.histories import ITEMS, KEYS, any_event
from fakes.what_if_desk import WhatIfDesk
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.domain.errors import BadInput
from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json
from app.domain.reapplying import REAPPLIES

if TYPE_CHECKING:
    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch
    from app.domain.edits import Edit

HISTORIES = {"length": st.integers(1, 90), "chance": st.randoms(use_true_random=False)}


def desk_of(length: int, chance: random.Random) -> WhatIfDesk:
    return WhatIfDesk([any_event(number, chance) for number in range(1, length + 1)])


def plain(state: dict[str, Any]) -> Any:
    """A state without the words on where things come from."""
    cleaned = json.loads(json.dumps(state))
    for listed in (cleaned["conversation"]["messages"], cleaned["conversation"]["calls"]):
        for one in listed:
            one["reapplied"] = one["replaces"] = None
    return cleaned


def assert_sound(desk: WhatIfDesk, branch: Branch) -> None:
    """The state is the fold of the branch's own line, at every position, and the store is whole."""
    for at in range(branch.fork_position, branch.head + 1):
        expected = full_json(fold_all(desk.store.read(branch.id, 1, at)))
        assert json.dumps(desk.state(branch.id, at)) == json.dumps(expected)
    assert desk.store.verify().ok


@settings(max_examples=40)
@given(**HISTORIES)
def test_leaving_an_event_out_is_folding_the_others(length: int, chance: random.Random) -> None:
    desk = desk_of(length, chance)
    before = [repr(event) for event in desk.events()]
    at, keep = chance.randint(1, length), chance.random() < 0.3

    plan = desk.what_ifs.plan_leave_out(desk.main, at, keep_dependents=keep)
    assert [repr(event) for event in desk.events()] == before, "a plan writes nothing"
    made = desk.what_ifs.make(plan, "without")

    gone = {one.position for one in plan.left_out}
    others = [event for event in desk.events() if event.position not in gone]
    renumbered = [replace(event, position=number) for number, event in enumerate(others, start=1)]
    assert at in gone
    assert made.head == len(others)
    assert made.own_events == plan.reapplied
    text = json.dumps(plain(desk.state(made.id)))
    for event in reversed(desk.own(made)):
        text = text.replace(f'"{event.id}"', f'"{event.data[REAPPLIES]["event"]}"')
    assert text == json.dumps(plain(full_json(fold_all(renumbered))))
    assert [repr(event) for event in desk.events()] == before, "the parent never changes"
    assert_sound(desk, made)


@settings(max_examples=60)
@given(**HISTORIES)
def test_an_edit_is_one_event_that_applies_or_one_sentence(length: int, chance: random.Random) -> None:
    desk = desk_of(length, chance)
    before = [repr(event) for event in desk.events()]
    at, reapply = chance.randint(0, length), chance.random() < 0.4

    try:
        plan = desk.what_ifs.plan_edit(desk.main, at, some_edit(chance), reapply=reapply)
    except BadInput:
        return  # one sentence; which ones there are is tested where they are said
    made = desk.what_ifs.make(plan, "edited")

    (edit,) = (event for event in desk.own(made) if REAPPLIES not in event.data)
    assert plan.edit is not None
    assert edit.type == plan.edit.type
    if plan.replaced is not None:
        assert edit.causation_id == plan.replaced.id
        assert edit.data["replaces"]["position"] == plan.replaced.position
    assert edit.position not in {one["position"] for one in desk.state(made.id)["problems"]}
    assert made.own_events == plan.reapplied + 1
    assert_no_call_is_left_open_that_returned(desk, plan, made)
    assert [repr(event) for event in desk.events()] == before, "the parent never changes"
    assert_sound(desk, made)


def assert_no_call_is_left_open_that_returned(desk: WhatIfDesk, plan: Plan, made: Branch) -> None:
    """Calls that are open on the parent's line at the fork are those that never returned there."""
    assert desk.forking.pending(plan.branch, plan.fork.position) == ()
    for call in desk.forking.pending(made.id, made.head):
        assert call.returned_at is None


def some_edit(chance: random.Random) -> Edit:
    key = chance.choice(KEYS)
    return chance.choice((
        MessageEdit("And now?"),
        MessageEdit("No.", role="assistant"),
        InstructionsEdit(chance.choice(("", "k1", "Be brief."))),
        SlotEdit(key, "colour", chance.choice(((), ("Green",), ("Red", "red")))),
        ToolResultEdit(chance.choice((key, "find")), {"found": 0}, chance.choice((None, True, False))),
        ShownEdit(tuple({"item": one} for one in chance.sample(ITEMS, chance.randint(0, 3)))),
    ))  # fmt: skip
