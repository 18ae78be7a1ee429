"""What earlier runs tell about how a model counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.context_meter import Anchor, calibrated, rough_prompt_tokens
from app.domain.server_versions import counts_cached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.application.ports import EventStore, ModelInfo
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.context_meter import Calibration
    from app.domain.events import Event

_COMPLETED: Final = "generation.completed"
ON_BRANCH: Final = 12
"""So many of the branch's newest runs are looked at."""
IN_STORE: Final = 2_000
"""Where a branch has none, so many of the store's newest events are looked through, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRun:
    """A prompt that was sent whole, and what the server counted."""

    model: tuple[str, str]
    messages: tuple[Mapping[str, Any], ...]
    tools: tuple[Mapping[str, Any], ...]
    prompt_tokens: int
    tokens: int | None
    answer: str | None

    @property
    def rough(self) -> int:
        return rough_prompt_tokens(self.messages, self.tools)


class Calibrating:
    """Reads runs from the log; remembers those of the store, which are looked through once."""

    def __init__(self, store: EventStore, time_machine: TimeMachine) -> None:
        self._store, self._time_machine = store, time_machine
        self._elsewhere: tuple[CountedRun, ...] | None = None

    def runs(self, branch: Branch, model: ModelInfo) -> tuple[CountedRun, ...]:
        """Of this model, newest last: the branch's own, or else those found elsewhere."""
        return _of(model, self._on(branch)) or _of(model, self._in_store())

    def _on(self, branch: Branch) -> Iterator[CountedRun]:
        touched = self._time_machine.runs(branch.id, ON_BRANCH, branch.head)
        ended = [events[-1].position for events in touched if events[-1].type == _COMPLETED]
        answers = self._store.events_at(branch.id, [position - 1 for position in ended])  # of the same commit
        return _paired([*(event for events in touched for event in events), *answers])

    def _in_store(self) -> tuple[CountedRun, ...]:
        if self._elsewhere is None:
            first = max(0, self._store.recorded_count() - IN_STORE)
            events = [event for _, event in self._store.recorded_after(first, IN_STORE)]
            self._elsewhere = tuple(_paired(events))
        return self._elsewhere


def calibration(runs: Sequence[CountedRun]) -> Calibration:
    return calibrated([(run.rough, run.prompt_tokens) for run in runs])


def anchor(
    runs: Sequence[CountedRun], messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]]
) -> Anchor | None:
    """The longest beginning of a prompt that a run before has sent as it is, with its answer where that follows."""
    best: Anchor | None = None
    for run in runs:
        count = len(run.messages)
        if list(run.tools) != list(tools) or [*run.messages] != [*messages[:count]]:
            continue
        found = Anchor(count, run.prompt_tokens)
        follows = messages[count] if count < len(messages) else {}
        if run.tokens is not None and (follows.get("role"), follows.get("content")) == ("assistant", run.answer):
            found = Anchor(count + 1, run.prompt_tokens + run.tokens)
        if best is None or found.messages > best.messages:
            best = found
    return best


def _of(model: ModelInfo, runs: Iterable[CountedRun]) -> tuple[CountedRun, ...]:
    return tuple(run for run in runs if run.model == (model.name, model.digest))


def _paired(events: Sequence[Event]) -> Iterator[CountedRun]:
    """Runs among events of many sessions."""
    requests = {event.id: event for event in events if event.type == "generation.requested"}
    answers = {event.data.get("message_id"): event for event in events if event.type == "conversation.message-posted"}
    for event in events:
        request = requests.get(str(event.data.get("request_id") or "")) if event.type == _COMPLETED else None
        if request is not None:
            answer = answers.get(event.data.get("message_id"))
            run = _run(request, event, str(answer.data.get("text")) if answer else None)
            if run is not None:
                yield run


def _run(request: Event, ended: Event, answer: str | None) -> CountedRun | None:
    """None for what tells nothing: a cut prompt, no count, or a count that may leave out what was in the cache."""
    sent, counted = request.data.get("request"), ended.data.get("prompt_tokens")
    if not isinstance(sent, dict) or not isinstance(counted, int) or ended.data.get("truncated") is not False:
        return None
    messages, tools = sent.get("messages"), sent.get("tools") or []
    if not isinstance(messages, list) or not counts_cached(str(request.data.get("server_version"))):
        return None
    if any(message.get("images") for message in messages if isinstance(message, dict)):
        return None
    tokens = ended.data.get("tokens")
    return CountedRun(
        model=(str(request.data.get("model")), str(request.data.get("digest"))),
        messages=tuple(messages),
        tools=tuple(tools),
        prompt_tokens=counted,
        tokens=tokens if isinstance(tokens, int) else None,
        answer=answer,
    )
