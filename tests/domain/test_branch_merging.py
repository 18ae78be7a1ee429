"""Branches that say the same are drawn as one trunk, as far as they do: held to the tree of all contents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.making import event
from hypothesis import given
from hypothesis import strategies as st

from app.domain.branch_layout import Twig, twigs_on_owners
from app.domain.branch_merging import Repeated, merge
from app.domain.event_content import ContentReader

if TYPE_CHECKING:
    from app.domain.events import Event

Lines = dict[str, str]
"""What each branch says, a letter an event, from the first on."""


@st.composite
def sessions(draw: st.DrawFn) -> tuple[tuple[Twig, ...], Lines]:
    letters = st.text("ab", max_size=5)
    lines: Lines = {"main": draw(letters)}
    twigs = [Twig("main", None, 0, len(lines["main"]))]
    for number in range(draw(st.integers(0, 12))):
        parent = twigs[draw(st.integers(0, len(twigs) - 1))]
        fork = draw(st.integers(0, parent.head))
        name = f"b{number}"
        lines[name] = lines[parent.id][:fork] + draw(letters)
        twigs.append(Twig(name, parent.id, fork, len(lines[name])))
    return twigs_on_owners(twigs), lines


def shared(twigs: dict[str, Twig], one: str, other: str) -> int:
    def owner(branch: str, position: int) -> str:
        twig = twigs[branch]
        while position <= twig.fork and twig.parent is not None:
            twig = twigs[twig.parent]
        return twig.id

    both = min(twigs[one].head, twigs[other].head)
    return next((n - 1 for n in range(1, both + 1) if owner(one, n) != owner(other, n)), both)


@given(sessions())
def test_two_branches_share_their_trunk_exactly_as_far_as_they_say_the_same(
    made: tuple[tuple[Twig, ...], Lines],
) -> None:
    twigs, lines = made

    merged = merge(twigs, lambda branch, position, _: lines[branch][position - 1])

    drawn = {twig.id: twig for twig in merged.twigs}
    for one, said in lines.items():
        for other, also in lines.items():
            same = next(
                (n for n, (a, b) in enumerate(zip(said, also, strict=False)) if a != b), min(map(len, (said, also)))
            )
            assert shared(drawn, one, other) == same


@given(sessions())
def test_heads_stay_and_what_is_repeated_is_counted(made: tuple[tuple[Twig, ...], Lines]) -> None:
    twigs, lines = made

    merged = merge(twigs, lambda branch, position, _: lines[branch][position - 1])

    before = {twig.id: twig for twig in twigs}
    for twig in merged.twigs:
        told = merged.repeated.get(twig.id)
        assert twig.head == before[twig.id].head
        assert twig.fork - before[twig.id].fork == (told.count if told else 0)
        if told:
            assert lines[told.branch][: twig.fork] == lines[twig.id][: twig.fork]


def test_without_equal_contents_nothing_moves() -> None:
    twigs = (Twig("main", None, 0, 9), Twig("a", "main", 4, 6), Twig("b", "main", 4, 6))

    merged = merge(twigs, lambda branch, position, _: (branch, position))

    assert merged.twigs == twigs
    assert merged.repeated == {}


def test_a_branch_made_inside_what_is_repeated_leaves_the_branch_that_said_it_first() -> None:
    twigs = (Twig("main", None, 0, 4), Twig("a", "main", 4, 8), Twig("b", "main", 4, 9), Twig("c", "b", 6, 7))
    lines = {"main": "mmmm", "a": "mmmmwxyz", "b": "mmmmwxy??", "c": "mmmmwx!"}

    merged = merge(twigs, lambda branch, position, _: lines[branch][position - 1])

    assert merged.twigs[2:] == (Twig("b", "a", 7, 9), Twig("c", "a", 6, 7))
    assert merged.repeated == {"b": Repeated("a", 3)}


# --- what the same content is


def keys(*events: Event) -> list[bytes]:
    reader = ContentReader()
    return [reader.key(one) for one in events]


def answered(prefix: str, text: str, **more: object) -> list[Event]:
    """A customer's message, a request and an answer, as a continuation writes them, with ids of its own."""
    request = {"model": "smollm2", "request": {"options": {"seed": 7}, **more}, "body": f"{prefix} as sent"}
    made = [
        event(5, "conversation.message-posted", {"message_id": f"{prefix}m1", "role": "user", "text": "On Sunday?"}),
        event(6, "generation.requested", request, actor="system"),
        event(7, "conversation.message-posted", {
            "message_id": f"{prefix}m2", "role": "assistant", "text": text,
            "generated_by": {"model": "smollm2", "request": f"{prefix}6"}}, actor="assistant"),
        event(8, "generation.completed", {
            "message_id": f"{prefix}m2", "request_id": f"{prefix}6", "done_reason": "stop",
            "durations": {"total": len(prefix)}}, actor="system"),
    ]  # fmt: skip
    return [replace(one, id=f"{prefix}{one.position}", time=len(prefix), branch=prefix) for one in made]


def test_a_run_that_gives_the_same_again_says_the_same() -> None:
    assert keys(*answered("x", "It is open.")) == keys(*answered("other", "It is open."))


def test_another_answer_or_seed_says_something_else() -> None:
    first = keys(*answered("x", "It is open."))

    assert [a == b for a, b in zip(first, keys(*answered("y", "Closed.")), strict=True)] == [True, True, False, True]
    assert keys(*answered("y", "It is open.", think=True))[1] != first[1]


def test_what_is_typed_again_by_hand_says_what_was_recorded() -> None:
    recorded = event(5, "conversation.message-posted", {"message_id": "17", "role": "user", "text": "Hello", "turn": 3})
    typed = event(5, "conversation.message-posted", {"message_id": "0198", "role": "user", "text": "Hello"})

    assert keys(recorded) == keys(replace(typed, source="urn:branchline:local", id="new"))


def test_what_repeats_a_recorded_event_says_the_same_as_it() -> None:
    again = {"text": "Hello", "reapplies": {"branch": "s/main", "position": 5, "event": "e5"}}

    assert keys(event(5, "conversation.slots-changed", {"text": "Hello"})) == keys(
        event(5, "conversation.slots-changed", again)
    )


def test_edits_of_two_messages_from_before_the_fork_are_two_things() -> None:
    one = event(5, "conversation.message-edited", {"message_id": "m1", "text": "x"})
    other = event(5, "conversation.message-edited", {"message_id": "m2", "text": "x"})

    assert keys(one) != keys(other)


def test_who_says_it_matters() -> None:
    said = {"message_id": "m", "text": "x"}

    assert keys(event(5, "conversation.message-posted", said)) != keys(
        event(5, "conversation.message-posted", said, actor="assistant")
    )
