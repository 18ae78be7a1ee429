"""The state at every user turn is the data set's own annotation: every service, any seek order, any branch."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app import bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.domain.branches import Branch

FILES = sorted((DATA / "sgd").glob("*.json"))
DIALOGUES = {
    one["dialogue_id"]: one for path in FILES for one in json.loads(path.read_text(encoding="utf-8")) if "turns" in one
}


@pytest.fixture
def core(tmp_path: Path) -> Iterator[bootstrap.Core]:
    with bootstrap.core(str(tmp_path / "sgd.branchline"), create=True) as opened:
        report = opened.importing.run(FILES)
        assert not report.quarantined
        assert report.sessions == len(DIALOGUES) > 0
        yield opened


def annotated(dialogue: dict[str, Any], turn: int) -> dict[str, dict[str, Any]]:
    """Service -> state as annotated at the latest turn up to ``turn`` that has the service."""
    states: dict[str, dict[str, Any]] = {}
    for one in dialogue["turns"][: turn + 1]:
        for frame in one["frames"]:
            if "state" in frame:
                states[frame["service"]] = frame["state"]
    return states


def last_positions(core: bootstrap.Core, branch: Branch) -> dict[int, int]:
    """Turn -> position of its last event."""
    return {event.data["turn"]: event.position for event in core.store.iterate(branch.id) if "turn" in event.data}


def assert_agrees(core: bootstrap.Core, branch: Branch, position: int, dialogue: dict[str, Any], turn: int) -> None:
    conversation = core.library.state(branch.session, branch, position)["conversation"]
    states = annotated(dialogue, turn)
    assert conversation["slots"] == {service: state["slot_values"] for service, state in states.items()}
    assert conversation["intents"] == {service: state["active_intent"] for service, state in states.items()}
    assert conversation["requested"] == {service: state["requested_slots"] for service, state in states.items()}


@pytest.mark.parametrize("dialogue_id", sorted(DIALOGUES))
def test_every_user_turn_agrees_on_main_and_on_a_branch(core: bootstrap.Core, dialogue_id: str) -> None:
    dialogue, chance = DIALOGUES[dialogue_id], random.Random(dialogue_id)
    session = core.library.session(dialogue_id).header.id
    main = core.library.branch(session)
    ends = last_positions(core, main)
    user_turns = [number for number, one in enumerate(dialogue["turns"]) if one["speaker"] == "USER"]

    for turn in chance.sample(user_turns, len(user_turns)):
        assert_agrees(core, main, ends[turn], dialogue, turn)

    fork = chance.choice(user_turns)
    branch = core.branching.branch(main.id, ends[fork], "what if")
    for turn in chance.sample([one for one in user_turns if one <= fork], user_turns.index(fork) + 1):
        assert_agrees(core, branch, ends[turn], dialogue, turn)


def test_every_position_equals_the_annotation_of_its_turn_so_far(core: bootstrap.Core) -> None:
    """Between two turns' ends the slots are those of one of the two, never a third thing per service."""
    for dialogue_id, dialogue in DIALOGUES.items():
        session = core.library.session(dialogue_id).header.id
        main = core.library.branch(session)
        turn = 0
        for event in core.store.iterate(main.id):
            turn = event.data.get("turn", turn)
            before = annotated(dialogue, turn - 1) if turn else {}
            after = annotated(dialogue, turn)
            slots = core.time_machine.bounded(main.id, event.position).conversation.to_json()["slots"]
            for service, values in slots.items():
                allowed = [state[service]["slot_values"] for state in (before, after) if service in state]
                assert values in allowed, (dialogue_id, event.position)
