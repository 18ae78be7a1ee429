"""The JSON form of the state: a contract that others script against; keys may be added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.fold import entries, extensions
from app.domain.fold.generation import run_json
from app.domain.fold.recommendation import Formed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.events import Event
    from app.domain.fold.bounded import Bounded
    from app.domain.fold.fold import FullState
    from app.domain.transcript import Entry


def bounded_json(state: Bounded, like: tuple[Bounded, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """The parts of the contract that do not grow: what the state panel shows.

    ``like`` is a state near by with its form, which the new form then shares parts with: neither may be changed.
    """
    shared = Formed(like[0].recommendation, like[1]["recommendation"]) if like else None
    return {
        "conversation": state.conversation.to_json(),
        "recommendation": state.recommendation.to_json(state.position, shared),
        "generation": {"strategy": dict(state.generation.strategy)},
        "resources": {key: dict(value) for key, value in state.resources.items()},
        "extensions": extensions.to_json(state.extensions),
    }


def state_json(
    state: Bounded,
    *,
    transcript: Iterable[Entry],
    feedback: Iterable[Event],
    runs: Iterable[Sequence[Event]],
    problems: Iterable[tuple[Event, str]],
) -> dict[str, Any]:
    """The whole state of design section 3, without the head (session, branch, position …)."""
    listed = list(transcript)
    return with_lists(
        bounded_json(state),
        messages=[entries.message_json(one) for one in listed if one.kind == "message"],
        calls=[entries.call_json(one) for one in listed if one.kind == "call"],
        feedback=[entries.feedback_json(event) for event in feedback],
        runs=[run_json(events) for events in runs],
        problems=[entries.problem_json(event, reason) for event, reason in problems],
    )


def with_lists(
    plain: dict[str, Any], *, messages: Any, calls: Any, feedback: Any, runs: Any, problems: Any
) -> dict[str, Any]:
    """Put the growing lists where the contract has them into what ``bounded_json`` gave."""
    spoken = {"messages": messages, **plain["conversation"], "calls": calls, "feedback": feedback}
    return {
        **plain,
        "conversation": spoken,
        "generation": {**plain["generation"], "runs": runs},
        "problems": problems,
    }


def full_json(state: FullState) -> dict[str, Any]:
    """The same from the oracle."""
    lists = state.lists
    return state_json(
        state.bounded,
        transcript=(
            entries.entry(number, key, events) for number, (key, events) in sorted(lists.get("transcript", {}).items())
        ),
        feedback=(events[0] for _, (_, events) in sorted(lists.get("feedback", {}).items())),
        runs=(events for _, (_, events) in sorted(lists.get("runs", {}).items())),
        problems=((events[0], key) for _, (key, events) in sorted(lists.get("problems", {}).items())),
    )
