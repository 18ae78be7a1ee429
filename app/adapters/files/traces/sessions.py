"""Steps of a file as sessions: delivered once, put in order, together with what belongs to the same conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.adapters.files.drafting import SessionWriter, source_of
from app.adapters.files.traces.shelf import Place, Shelf
from app.adapters.files.traces.steps import MOST_STEPS
from app.adapters.files.traces.telling import Teller
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.adapters.files.traces.said import Said
    from app.adapters.files.traces.steps import Opinion, Step
    from app.application.ports import ImportNotes, SessionDraft

_LAST = 2**62
_BESIDE = ("other", "log")
"""Kinds of steps that without others, and without words, are no conversation."""


@dataclass(slots=True)
class Outline:
    """What has to be known of every step while others are still read; the rest lies on the shelf.

    Attributes:
        is_told: whether its kind or its words make a conversation.
    """

    trace: str
    id: str
    parent: str | None
    conversation: str | None
    start: int | None
    is_told: bool
    place: Place


@dataclass(slots=True)
class Gathered:
    """What a file's records came to; ``about`` is what is told of each trace as a whole. To be closed."""

    name: str
    notes: ImportNotes
    opinions: dict[str, Opinion] = field(default_factory=dict)
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    _steps: dict[tuple[str, str], Outline] = field(default_factory=dict)
    _shelf: Shelf = field(default_factory=Shelf)
    _names: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        self._shelf.close()

    def take(self, step: Step) -> None:
        """A step; one that was delivered before is counted and left out. Raises BadInput beyond what can be held."""
        if (step.trace, step.id) in self._steps:
            self.notes.missed(f"{self.name}: steps that were delivered more than once (kept once)")
            return
        if len(self._steps) >= MOST_STEPS:
            raise BadInput(f"the file holds more than {MOST_STEPS:,} steps; split it")
        self._put(step)

    def get(self, trace: str, own: str) -> Step | None:
        """A step as it was taken; a change of it counts only when it is put back."""
        found = self._steps.get((trace, own))
        return None if found is None else self._taken(found)

    def put_back(self, step: Step) -> None:
        self._put(step)

    def _put(self, step: Step) -> None:
        trace = self._names.setdefault(step.trace, step.trace)
        conversation = step.conversation and self._names.setdefault(step.conversation, step.conversation)
        is_told = step.kind not in _BESIDE or step.has_words
        place = self._shelf.put(step)
        self._steps[trace, step.id] = Outline(trace, step.id, step.parent, conversation, step.start, is_told, place)

    def _taken(self, outline: Outline) -> Step:
        step: Step = self._shelf.get(outline.place)
        return step

    def judge(self, opinion: Opinion) -> None:
        if opinion.id in self.opinions:
            self.notes.missed(f"{self.name}: scores that were delivered more than once (kept once)")
        self.opinions.setdefault(opinion.id, opinion)

    def sessions(self) -> Iterator[SessionDraft]:
        """A session for each conversation; without a conversation's id a trace is one."""
        conversations = _conversations(self._steps)
        groups: dict[str, list[Outline]] = {}
        for key, outline in self._steps.items():
            groups.setdefault(conversations[key], []).append(outline)
        opinions = self._opinions(conversations)
        del conversations
        empty = 0
        for conversation, outlines in groups.items():
            told = opinions.pop(conversation, [])
            if told or any(one.is_told for one in outlines):
                yield self._session(conversation, _held_once([self._taken(one) for one in outlines]), told)
            else:
                empty += len(outlines)
        if empty:
            self.notes.missed(f"{self.name}: steps of traces without a model, a tool or words", empty)
        if left := sum(len(some) for some in opinions.values()):
            self.notes.missed(f"{self.name}: scores of what is not in the file", left)
        if not self._steps and not self.notes.quarantined:
            self.notes.quarantine(None, "the file holds no steps")

    def _opinions(self, conversations: Mapping[tuple[str, str], str]) -> dict[str, list[Opinion]]:
        """Opinions by the conversation of the step or trace that they are about."""
        found: dict[str, list[Opinion]] = {}
        of: dict[str, str] = {}
        for (trace, own), conversation in conversations.items() if self.opinions else ():
            of.setdefault(trace, conversation)
            of.setdefault(own, conversation)
        for opinion in self.opinions.values():
            found.setdefault(of.get(opinion.about, opinion.about), []).append(opinion)
        return found

    def _session(self, conversation: str, steps: list[Step], opinions: list[Opinion]) -> SessionDraft:
        steps = self._once(steps)
        _hand_down(steps)
        depths = _depths(steps)
        steps.sort(key=lambda step: (_LAST if step.start is None else step.start, depths[step.id], -(step.end or 0)))
        subject = next((step.subject for step in steps if step.subject), None)
        writer = SessionWriter(source_of(self.name), conversation, subject=subject)
        first = steps[0]
        started = {"turn": 0, "trace": first.trace, "name": first.name, **self.about.get(first.trace, {})}
        title = next((step.name for step in steps if step.name), None) or f"Trace {conversation}"
        opinions.sort(key=lambda one: (_LAST if one.time is None else one.time, one.id))
        return Teller(self.name, writer, self.notes).tell(steps, opinions, started, title)

    def _once(self, steps: Sequence[Step]) -> list[Step]:
        """Without calls of models that hold the very same call, written down by a second library below them."""
        by_id = {step.id: step for step in steps}
        outer: dict[str, Step] = {}
        for step in steps:
            if step.kind == "model" and (above := _model_above(step, by_id)) is not None:
                outer[above.id] = above
                _lend(above, step)
        if outer:
            self.notes.missed(f"{self.name}: calls of models that two libraries wrote down (kept once)", len(outer))
        return [step for step in steps if step.id not in outer]


def _hand_down(steps: Sequence[Step]) -> None:
    """An agent's instructions hold for the calls of models below it that tell none of their own."""
    by_id = {step.id: step for step in steps}
    for step in steps:
        seen, at = {step.id}, by_id.get(step.parent or "")
        while step.kind == "model" and step.instructions is None and at is not None and at.id not in seen:
            seen.add(at.id)
            if at.kind != "other":
                break
            step.instructions = at.instructions
            at = by_id.get(at.parent or "")


def _lend(outer: Step, inner: Step) -> None:
    """What only the outer record of a call tells."""
    if inner.answered is None:
        inner.answered, inner.others = outer.answered, outer.others
    if inner.given is None:
        inner.given = outer.given
    inner.model = inner.model or outer.model
    inner.instructions = inner.instructions or outer.instructions
    inner.tools = inner.tools if inner.tools is not None else outer.tools
    inner.counts = {**outer.counts, **inner.counts}


def _model_above(step: Step, by_id: Mapping[str, Step]) -> Step | None:
    """The model's step right above; chains between the two belong to the same library."""
    seen, at = {step.id}, by_id.get(step.parent or "")
    while at is not None and at.id not in seen and at.kind == "other":
        seen.add(at.id)
        at = by_id.get(at.parent or "")
    return at if at is not None and at.kind == "model" and at.id not in seen else None


def _depths(steps: Sequence[Step]) -> dict[str, int]:
    """How many steps stand above each, cycles cut."""
    by_id = {step.id: step for step in steps}
    known: dict[str, int] = {}
    for step in steps:
        path, at = [step.id], by_id.get(step.parent or "")
        seen = {step.id}
        while at is not None and at.id not in known and at.id not in seen:
            path.append(at.id)
            seen.add(at.id)
            at = by_id.get(at.parent or "")
        base = known[at.id] + 1 if at is not None and at.id in known else 0
        for number, one in enumerate(reversed(path)):
            known.setdefault(one, base + number)
    return known


def _held_once(steps: list[Step]) -> list[Step]:
    """What every later call repeats lies in memory once."""
    same: dict[tuple[Any, ...], Said] = {}
    for step in steps:
        if step.given is not None:
            step.given = tuple(one if one.beside else same.setdefault(_own(one), one) for one in step.given)
    return steps


def _own(said: Said) -> tuple[Any, ...]:
    return said.key, said.role, said.text, said.name, said.call_id, said.error


def _conversations(by_key: Mapping[tuple[str, str], Outline]) -> dict[tuple[str, str], str]:
    """Each step's conversation: its own, else of the nearest step above, else its trace's first, else its trace."""
    firsts: dict[str, tuple[int, str]] = {}
    for step in by_key.values():
        if step.conversation:
            found = (_LAST if step.start is None else step.start, step.conversation)
            firsts[step.trace] = min(firsts.get(step.trace, found), found)
    known: dict[tuple[str, str], str] = {}
    for key, step in by_key.items():
        path, at = [key], step
        seen = {key}
        while not at.conversation:
            above = (at.trace, at.parent or "")
            if above in known or above not in by_key or above in seen:
                break
            path.append(above)
            seen.add(above)
            at = by_key[above]
        conversation = at.conversation or known.get((at.trace, at.parent or ""))
        conversation = conversation or (firsts[at.trace][1] if at.trace in firsts else at.trace)
        known |= dict.fromkeys(path, conversation)
    return known
