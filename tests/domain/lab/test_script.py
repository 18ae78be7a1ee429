"""How the rest of a recorded branch is cut into turns, and what of it is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes.making import event

from app.domain.errors import BadInput
from app.domain.lab.carrying import KINDS, kinds_without
from app.domain.lab.script import Turn, left_out_counts, turns

if TYPE_CHECKING:
    from app.domain.events import Event

POSTED = "conversation.message-posted"


def recorded(*lines: str, first: int = 1) -> list[Event]:
    """Events from a few letters each: ``u:text``, ``a:text`` are messages, all else is ``type actor key=value``."""
    return [one(position, line) for position, line in enumerate(lines, start=first)]


def one(position: int, line: str) -> Event:
    if line[1:2] == ":":
        role = {"u": "user", "a": "assistant", "s": "system"}[line[0]]
        data = {"message_id": f"m{position}", "role": role, "text": line[2:]}
        return event(position, POSTED, data, actor=role)
    kind, *rest = line.split()
    actor = rest.pop(0) if rest and "=" not in rest[0] else "user"
    values: dict[str, Any] = dict(pair.split("=") for pair in rest)
    return event(position, kind, values, actor=actor)


def cut(*lines: str, kinds: tuple[str, ...] = KINDS, awaits: bool = False, keeps: bool = True) -> list[Turn]:
    return list(turns(recorded(*lines), kinds, awaits_answer=awaits, keeps_instructions=keeps))


def shape(script: list[Turn]) -> list[tuple[list[int], list[int], list[int]]]:
    """Positions that are repeated, answered and left out, turn by turn."""
    return [
        ([e.position for e in turn.repeated], [e.position for e in turn.answers], [e.position for e in turn.left_out])
        for turn in script
    ]


def test_a_turn_is_what_the_customer_said_and_what_was_answered() -> None:
    script = cut("u:Hi", "a:Hello", "u:A table", "a:When?", "u:At seven")

    assert shape(script) == [([1], [2], []), ([3], [4], []), ([5], [], [])]
    assert [turn.recorded_text for turn in script] == ["Hello", "When?", None]
    assert [turn.number for turn in script] == [1, 2, 3]
    assert all(turn.is_answered for turn in script)


def test_messages_in_a_row_are_one_turn_and_so_are_answers_in_a_row() -> None:
    script = cut("u:Hi", "u:Anybody?", "a:Yes", "a:How can I help?", "u:Bye")

    assert shape(script) == [([1, 2], [3, 4], []), ([5], [], [])]
    assert script[0].recorded_text == "Yes\n\nHow can I help?"


def test_where_the_customer_spoke_last_the_first_turn_is_the_answer_alone() -> None:
    assert shape(cut("a:Hello", "u:Thanks", awaits=True)) == [([], [1], []), ([2], [], [])]
    assert shape(cut(awaits=True)) == [([], [], [])]


def test_a_greeting_that_answers_nobody_is_repeated() -> None:
    assert shape(cut("a:Welcome!", "u:Hi", "a:Yes?")) == [([1, 2], [3], [])]


def test_what_follows_the_last_answer_belongs_to_the_next_turn() -> None:
    script = cut(
        "u:Hi", "a:Look", "behaviour.item-viewed item=B07", "u:Nice", "a:Yes", "behaviour.item-carted item=B07"
    )

    assert shape(script) == [([1], [2], []), ([3, 4], [5], []), ([6], [], [])]
    assert [turn.is_answered for turn in script] == [True, True, False]


def test_what_lies_between_two_answers_stands_before_the_one_that_is_given_now() -> None:
    script = cut(
        "u:Where is it?",
        "a:Let me look",
        "conversation.tool-called assistant call_id=c1 name=find",
        "conversation.tool-returned tool call_id=c1",
        "a:On its way",
    )

    assert shape(script) == [([1, 3, 4], [2, 5], [])]


def test_calls_that_never_returned_and_strange_events_are_left_out() -> None:
    script = cut(
        "u:Hi",
        "conversation.tool-called assistant call_id=c1 name=find",
        "conversation.tool-returned tool call_id=gone",
        "star.suggestions-requested agent",
        "behaviour.item-clicked agent item=reply",
        "generation.requested system model=tiny",
        "conversation.feedback-given rating=1",
        "session.closed",
        "a:Hello",
    )

    assert shape(script) == [([1], [9], [2, 3, 4, 5, 6, 7, 8])]
    assert left_out_counts(script) == {
        "behaviour.item-clicked": 1,
        "conversation.feedback-given": 1,
        "conversation.tool-called": 1,
        "conversation.tool-returned": 1,
        "generation.requested": 1,
        "session.closed": 1,
        "star.suggestions-requested": 1,
    }


BETWEEN = (
    "u:Hi",
    "conversation.slots-changed service=r",
    "conversation.tool-called assistant call_id=c1 name=find",
    "conversation.tool-returned tool call_id=c1",
    "recommendation.items-shown assistant",
    "behaviour.item-viewed item=B07",
    "catalogue.item-added item=B08",
    "resource.created id=1",
    "a:Hello",
)


def test_kinds_are_chosen() -> None:
    assert shape(cut(*BETWEEN)) == [([1, 2, 3, 4, 5, 6, 7, 8], [9], [])]
    assert shape(cut(*BETWEEN, kinds=kinds_without(["tools", "lists"]))) == [([1, 2, 6, 7, 8], [9], [3, 4, 5])]
    assert shape(cut(*BETWEEN, kinds=kinds_without(KINDS))) == [([1], [9], [2, 3, 4, 5, 6, 7, 8])]


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadInput, match="'weather' cannot be left out; what can: behaviour, slots"):
        kinds_without(["weather"])


def test_edits_of_customers_messages_are_repeated_and_those_of_answers_are_not() -> None:
    script = cut(
        "u:Hi",
        "a:Helo",
        "conversation.message-edited message_id=m2 text=Hello",
        "conversation.message-retracted message_id=m1",
        "u:Thanks",
    )

    assert shape(script)[1] == ([4, 5], [], [3])


def test_instructions_of_the_recording_are_kept_unless_the_rerun_brings_its_own() -> None:
    lines = ("u:Hi", "a:Hello", "conversation.instructions-changed system text=x", "u:And?")

    assert shape(cut(*lines))[1][0] == [3, 4]
    assert shape(cut(*lines, keeps=False))[1] == ([4], [], [3])


@pytest.mark.parametrize(
    ("request_", "seed"),
    [({"options": {"seed": 7}}, 7), ({"options": {}}, None), ({"options": {"seed": True}}, None), (None, None)],
)
def test_the_seed_of_the_recorded_answer_is_known_where_it_had_one(request_: Any, seed: int | None) -> None:
    events = recorded("u:Hi", "a:Hello")
    asked = event(1, "generation.requested", {"model": "tiny", "request": request_}, id="r", actor="system")

    (turn,) = turns([events[0], asked, events[1]], KINDS, awaits_answer=False, keeps_instructions=True)

    assert turn.seed == seed
