"""No branch leaves inside an open tool call; it leaves at the nearest place where none is open."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from fakes.fixed_clock import FixedClock
from fakes.histories import any_event
from fakes.making import new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds
from hypothesis import given
from hypothesis import strategies as st

from app.application.branching import Branching
from app.application.forking import Forking
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.errors import OutOfRange
from app.domain.fold.fold import fold_all
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import NewEvent


class Scene:
    """A session with the events that are given as letters.

    ``m`` message; ``a``, ``b`` … call of that name; ``A``, ``B`` … its return.
    """

    def __init__(self, story: str | Iterable[NewEvent]) -> None:
        self.store = MemoryEventStore(clock=FixedClock())
        events = [_event(n, sign) for n, sign in enumerate(story, 1)] if isinstance(story, str) else list(story)
        header = SessionHeader(id="s", title="s", source="urn:test")
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in events]))
        self.main = self.store.branches("s")[0].id
        self.machine = TimeMachine(self.store, MemoryDerivedCache())
        self.forking = Forking(self.store, self.machine)


def _event(number: int, sign: str) -> NewEvent:
    if sign == "m":
        return new_event(
            number, "conversation.message-posted", {"message_id": f"m{number}", "role": "user", "text": "x"}
        )
    if sign.islower():
        return new_event(number, "conversation.tool-called", {"call_id": sign, "name": f"find {sign}"})
    return new_event(number, "conversation.tool-returned", {"call_id": sign.lower(), "result": number})


@pytest.mark.parametrize(
    ("story", "at", "goes_to"),
    [
        ("mm", 1, 1),
        ("mm", 0, 0),
        ("maAm", 1, 1),
        ("maAm", 2, 3),
        ("maAm", 3, 3),
        ("mabABm", 3, 5),
        ("mabABm", 4, 5),
        ("mabBAm", 4, 5),
        ("mabAcBCm", 4, 7),
        ("mabAcBCm", 2, 1),
        ("mammmmAm", 3, 1),
        ("mammmmAm", 5, 7),
        ("ma", 2, 1),
        ("mam", 2, 1),
        ("mam", 3, 3),
        ("mamaAm", 4, 5),
        ("mambBm", 4, 5),
        ("mambBm", 3, 3),
        ("aA", 1, 2),
    ],
)
def test_a_fork_goes_to_the_nearest_place_without_an_open_call(story: str, at: int, goes_to: int) -> None:
    scene = Scene(story)

    fork = scene.forking.allowed_fork(scene.main, at)

    assert (fork.asked, fork.position) == (at, goes_to)
    assert bool(fork.why) == (at != goes_to)


def test_the_sentence_names_the_call_that_is_in_the_way() -> None:
    scene = Scene("mabABm")

    assert scene.forking.allowed_fork(scene.main, 3).why == (
        "event 3 is inside an open tool call (find a, event 2, to event 4); branches after event 5 instead"
    )


def test_the_last_allowed_place_before_can_be_asked_for() -> None:
    scene = Scene("mabABm")

    assert [scene.forking.fork_before(scene.main, at).position for at in range(7)] == [0, 1, 1, 1, 1, 5, 6]


def test_a_position_that_is_not_there_is_refused() -> None:
    scene = Scene("m")

    with pytest.raises(OutOfRange, match="there is no position 2"):
        scene.forking.allowed_fork(scene.main, 2)


def test_branching_goes_there_by_itself_and_says_so_beside_the_branch() -> None:
    scene = Scene("maAm")
    branching = Branching(scene.store, FixedClock(), SequentialIds(), scene.forking)

    made = branching.branch(scene.main, 2, "b")

    assert (made.fork_position, made.head) == (3, 3)
    assert (
        scene.forking.holding(scene.main, 3).sentence == "1 turn and the state of event 3; 1 later event stays on main"
    )


@given(st.integers(0, 80), st.randoms(use_true_random=False))
def test_in_any_history_a_fork_leaves_no_call_open_that_returns_later(length: int, chance: random.Random) -> None:
    scene = Scene([any_event(number, chance) for number in range(1, length + 1)])
    at = chance.randint(0, length)

    fork = scene.forking.allowed_fork(scene.main, at)

    events = scene.store.read(scene.main, 1, length)
    open_here = set(fold_all(events[: fork.position]).bounded.conversation.open_calls.items())
    for later in range(fork.position + 1, length + 1):
        still = set(fold_all(events[:later]).bounded.conversation.open_calls.items())
        assert open_here <= still, "a call that was open at the fork returned later"
    if not fork.is_moved:
        assert scene.forking.pending(scene.main, at) == ()
