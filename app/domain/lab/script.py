"""The customer's remaining turns of a recorded branch, as a re-run plays them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.lab.carrying import is_answer, is_said_by_customer, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from app.domain.events import Event

_EDITS = ("conversation.message-edited", "conversation.message-retracted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the customer and what was answered.

    Attributes:
        number: 1, 2, 3 … from where the re-run begins.
        repeated: recorded events to be applied again before the answer, in order; the customer's messages among them.
        answers: the recorded answers, in order; empty where the customer was left without one.
        left_out: recorded events that are not repeated, the answers not counted.
        is_answered: False for what stands after the last answer: it is repeated, and nobody answers.
        seed: of the recorded answer, where a model had written it with one.
    """

    number: int
    repeated: tuple[Event, ...]
    answers: tuple[Event, ...]
    left_out: tuple[Event, ...]
    is_answered: bool = True
    seed: int | None = None

    @property
    def recorded_text(self) -> str | None:
        """What was answered, one paragraph a message; None where nothing was."""
        return "\n\n".join(str(one.data.get("text", "")) for one in self.answers) if self.answers else None


def turns(
    later: Iterable[Event], kinds: Collection[str], *, awaits_answer: bool, keeps_instructions: bool
) -> Iterator[Turn]:
    """Cut the events after the beginning of a re-run into turns.

    A turn ends with the last answer before the customer speaks again; what comes after that answer belongs to the
    next turn. An assistant's message that answers nobody, such as a greeting, is repeated.

    Args:
        later: the recorded events from there on.
        kinds: what is repeated between messages, see ``carrying``.
        awaits_answer: the customer has spoken last before the beginning.
        keeps_instructions: changes of the instructions are repeated (the re-run brings none of its own).
    """
    reader = _Reader(kinds, awaits_answer=awaits_answer, keeps_instructions=keeps_instructions)
    for event in later:
        if (turn := reader.read(event)) is not None:
            yield turn
    yield from reader.rest()


@dataclass(slots=True)
class _Part:
    """Events in the order in which they were recorded; ``answers`` are those of the turn."""

    events: list[Event] = field(default_factory=list)
    answers: list[Event] = field(default_factory=list)


class _Reader:
    def __init__(self, kinds: Collection[str], *, awaits_answer: bool, keeps_instructions: bool) -> None:
        self._kinds, self._keeps_instructions = kinds, keeps_instructions
        self._awaits_answer = awaits_answer
        self._current, self._after = _Part(), _Part()
        self._answer_ids: set[object] = set()
        self._number = 0

    def read(self, event: Event) -> Turn | None:
        """Take one more event; the turn that it ends."""
        ended = None
        if is_said_by_customer(event):
            if self._current.answers:
                ended = self._ended()
            self._awaits_answer = True
        elif is_answer(event) and self._awaits_answer:
            self._answer_ids.add(event.data.get("message_id"))
            self._current.events += self._after.events
            self._after = _Part()
            self._current.answers.append(event)
            return None
        (self._after if self._current.answers else self._current).events.append(event)
        return ended

    def rest(self) -> Iterator[Turn]:
        """The turn that is open at the end, and what stands after the last answer."""
        if self._awaits_answer:
            yield self._ended()
            self._awaits_answer = False
        last = self._turn(self._current)
        if last.repeated:
            yield last

    def _ended(self) -> Turn:
        turn = self._turn(self._current)
        self._current, self._after = self._after, _Part()
        return turn

    def _turn(self, part: _Part) -> Turn:
        self._number += 1
        returned = {one.data.get("call_id") for one in part.events if one.type == "conversation.tool-returned"}
        called = {one.data.get("call_id") for one in part.events if one.type == "conversation.tool-called"}
        whole_calls = returned & called
        repeated = [one for one in part.events if self._is_repeated(one, whole_calls)]
        kept = {one.id for one in repeated}
        return Turn(
            number=self._number,
            repeated=tuple(repeated),
            answers=tuple(part.answers),
            left_out=tuple(one for one in part.events if one.id not in kept),
            is_answered=self._awaits_answer,
            seed=_seed(part.events),
        )

    def _is_repeated(self, event: Event, whole_calls: set[object]) -> bool:
        if event.type == "conversation.message-posted":
            return True
        if event.type in _EDITS:
            return event.data.get("message_id") not in self._answer_ids
        if event.type == "conversation.instructions-changed":
            return self._keeps_instructions
        kind = kind_of(event)
        if kind == "tools" and event.data.get("call_id") not in whole_calls:
            return False
        return kind in self._kinds


def _seed(events: Iterable[Event]) -> int | None:
    """The seed of the last request of a turn."""
    seed: Any = None
    for event in events:
        if event.type == "generation.requested":
            request = event.data.get("request")
            options = request.get("options") if isinstance(request, dict) else None
            seed = options.get("seed") if isinstance(options, dict) else None
    return seed if isinstance(seed, int) and not isinstance(seed, bool) else None


def left_out_counts(script: Iterable[Turn]) -> Mapping[str, int]:
    """How many events of which types a re-run leaves out, answers not counted; by name."""
    counts = Counter(event.type for turn in script for event in turn.left_out)
    return dict(sorted(counts.items()))
