"""A branch as turns: a customer's message and what follows until the next."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.compare.runs import Instructions, run_of
from app.domain.compare.said import SaidReader, origin_of
from app.domain.fold.entries import entry
from app.domain.fold.fold import advance
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from app.domain.compare.runs import Run
    from app.domain.compare.said import Origin
    from app.domain.events import Event
    from app.domain.fold.bounded import Bounded
    from app.domain.fold.lists import ItemChange, ListName
    from app.domain.transcript import Entry

INSTRUCTIONS_CHANGED: Final = "conversation.instructions-changed"
SETTING_TYPES: Final = frozenset({
    INSTRUCTIONS_CHANGED, "generation.strategy-changed", "recommendation.strategy-changed", "lab.trial-started",
})  # fmt: skip
"""What is set just before a customer's message belongs to the turn that the message begins."""
CUSTOMER: Final = "user"
ANSWERING: Final = ("assistant", "agent")
BETWEEN_ANSWERS: Final = "\n\n"
_ELSEWHERE: Final = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A message, tool call or list shown, as it was at the end of what was compared, and where it came from."""

    entry: Entry
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of one branch.

    Attributes:
        first, last: positions of its events, on its branch; a branch may share the first of them with others.
        position: of the customer's message; of the first event where nothing was asked.
        question: the customer's message; None before the first one.
        replies: what follows it in the transcript.
        runs: of models, finished or not.
        content: a key for each event that says something; equal keys, equal content. ``places`` are their positions.
    """

    first: int
    last: int
    position: int
    question: Part | None
    replies: tuple[Part, ...]
    runs: tuple[Run, ...]
    content: tuple[bytes, ...]
    places: tuple[int, ...]

    @property
    def asked(self) -> str | None:
        """The customer's words; None where there are none."""
        return self.question.entry.text if self.question is not None else None

    @property
    def is_typed(self) -> bool:
        """Whether a person said this here in place of the customer."""
        return self.question is not None and self.question.origin == "continued"

    @property
    def answers(self) -> tuple[Part, ...]:
        """Messages of the assistant's side that were not taken back."""
        return tuple(part for part in self.replies if _answers(part.entry))

    @property
    def outgoing(self) -> tuple[Part, ...]:
        """Answers and tool calls: what the assistant's side did, in order."""
        return tuple(part for part in self.replies if part.entry.kind == "call" or _answers(part.entry))

    @property
    def answer(self) -> str | None:
        """The text of the answers, one under the other; None when there is none."""
        answers = self.answers
        return BETWEEN_ANSWERS.join(part.entry.text for part in answers) if answers else None

    @property
    def calls(self) -> tuple[Part, ...]:
        return tuple(part for part in self.replies if part.entry.kind == "call")

    @property
    def shown(self) -> Entry | None:
        """The last list of recommendations that was shown in the turn."""
        return next((part.entry for part in reversed(self.replies) if part.entry.kind == "shown"), None)

    @property
    def outcome(self) -> tuple[str, ...]:
        """What was answered, for telling identical answers: texts and tool calls with their arguments, in order."""
        return tuple(_called(part.entry) if part.entry.kind == "call" else part.entry.text for part in self.outgoing)


def _answers(entry: Entry) -> bool:
    return entry.kind == "message" and entry.role in ANSWERING and not entry.retracted


def _called(call: Entry) -> str:
    return f"{call.name}({json.dumps(call.arguments, sort_keys=True, ensure_ascii=False, default=str)})"


@dataclass(slots=True)
class _Draft:
    """A turn in the making; ``parts`` and ``runs`` are the ords of its items."""

    first: int
    last: int
    question: int | None = None
    asked_at: int | None = None
    parts: list[int] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    content: list[bytes] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class TurnReader:
    """Reads the events of one branch in order, beginning after ``before``.

    Args:
        before: the state before the first event that will be read; it is not changed.
        instructions: those in force then, as the event that set them tells them.
        local_source: the ``source`` of events that this program brought about.
    """

    def __init__(self, before: Bounded, instructions: Instructions | None, local_source: str) -> None:
        self._state = before.copy()
        self._instructions, self._local_source = instructions, local_source
        self._said = SaidReader()
        self._drafts: list[_Draft] = []
        self._waiting: list[tuple[Event, bytes | None]] = []
        self._items: dict[tuple[ListName, int], tuple[str, list[Event]]] = {}
        self._born: dict[tuple[ListName, str], int] = {}
        self._told: dict[int, Instructions | None] = {}

    def read(self, event: Event) -> None:
        changes = advance(self._state, event, self._find)
        key = self._said.key(event)
        if event.type in SETTING_TYPES:
            if event.type == INSTRUCTIONS_CHANGED and isinstance(event.data.get("text"), str):
                self._instructions = Instructions.of(event.data)
            self._waiting.append((event, key))
            return
        born = [change for change in changes if self._note(change, event)]
        asks = any(change.list == "transcript" for change in born) and _is_question(event)
        if asks or not self._drafts:
            start = self._waiting[0][0] if self._waiting else event
            self._drafts.append(_Draft(start.position, start.position))
        self._take_waiting()
        draft = self._drafts[-1]
        _add(draft, event, key)
        if asks:
            draft.question, draft.asked_at = born[0].ord, event.position
        for change in born:
            if change.list == "transcript" and not asks:
                draft.parts.append(change.ord)
            elif change.list == "runs":
                draft.runs.append(change.ord)
                self._told[change.ord] = self._instructions

    def turns(self) -> tuple[Turn, ...]:
        """The turns of all that was read."""
        if self._waiting and not self._drafts:
            first = self._waiting[0][0].position
            self._drafts.append(_Draft(first, first))
        self._take_waiting()
        return tuple(self._turn(draft) for draft in self._drafts)

    def _take_waiting(self) -> None:
        for event, key in self._waiting:
            _add(self._drafts[-1], event, key)
        self._waiting.clear()

    def _find(self, list_name: ListName, key: str) -> int | None:
        return self._born.get((list_name, key), _ELSEWHERE)

    def _note(self, change: ItemChange, event: Event) -> bool:
        """Keep an event with the item that it touched; whether it bore the item."""
        known = self._items.get((change.list, change.ord))
        if known is not None:
            known[1].append(event)
            return False
        if change.list not in ("transcript", "runs") or change.ord == _ELSEWHERE or _revises(event):
            return False
        self._items[change.list, change.ord] = (change.key, [event])
        self._born[change.list, change.key] = change.ord
        return True

    def _turn(self, draft: _Draft) -> Turn:
        return Turn(
            first=draft.first,
            last=draft.last,
            position=draft.asked_at or draft.first,
            question=self._part(draft.question) if draft.question is not None else None,
            replies=tuple(map(self._part, draft.parts)),
            runs=tuple(run_of(self._items["runs", number][1], self._told[number]) for number in draft.runs),
            content=tuple(draft.content),
            places=tuple(draft.places),
        )

    def _part(self, number: int) -> Part:
        key, events = self._items["transcript", number]
        return Part(entry(number, key, events), origin_of(events[0], self._local_source))


def _is_question(event: Event) -> bool:
    return event.type == MESSAGE_POSTED and event.data.get("role") == CUSTOMER


def _revises(event: Event) -> bool:
    """Whether the event can only change an item: one that was born before what is read."""
    return event.type in (
        "conversation.message-edited",
        "conversation.message-retracted",
        "conversation.tool-returned",
        "generation.completed",
        "generation.failed",
        "generation.cancelled",
    )


def _add(draft: _Draft, event: Event, key: bytes | None) -> None:
    draft.last = event.position
    if key is not None:
        draft.content.append(key)
        draft.places.append(event.position)
