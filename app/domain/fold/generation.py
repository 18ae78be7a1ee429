"""Fold of generation events: runs of a model, and how they ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.fold import payload
from app.domain.fold.lists import ItemChange
from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.fold.facts import Fact


ENDED_EARLY: Final = frozenset({"generation.failed", "generation.cancelled"})


@dataclass(slots=True)
class Generation:
    """The generation part of the bounded state. ``open_runs`` maps the id of a request's event to its run's ord."""

    strategy: Mapping[str, Any] = field(default_factory=dict)
    open_runs: dict[str, int] = field(default_factory=dict)
    runs: int = 0

    def copy(self) -> Generation:
        return replace(self, open_runs=dict(self.open_runs))


def _requested(state: Generation, event: Fact) -> tuple[ItemChange, ...]:
    payload.text(event.data, "model")
    state.runs += 1
    state.open_runs[event.id] = state.runs
    return (ItemChange("runs", state.runs, event.position, event.id),)


def _ended(state: Generation, event: Fact) -> tuple[ItemChange, ...]:
    request = event.data.get("request_id") or event.causation_id
    run = state.open_runs.pop(request, None) if isinstance(request, str) else None
    if run is None:
        raise payload.Inapplicable("there is no open run that this would end")
    return (ItemChange("runs", run, event.position, str(request)),)


def partial_text(event: Fact) -> str:
    """What a run had written when it failed or was stopped; empty where it had written nothing, or had not ended so."""
    text = event.data.get("text") if event.type in ENDED_EARLY else None
    return text if isinstance(text, str) and text.strip() else ""


def _strategy_changed(state: Generation, event: Fact) -> tuple[ItemChange, ...]:
    state.strategy = dict(content(event.data))
    return ()


HANDLERS: Final[Mapping[str, Callable[[Generation, Fact], tuple[ItemChange, ...]]]] = {
    "generation.requested": _requested,
    "generation.completed": _ended,
    "generation.failed": _ended,
    "generation.cancelled": _ended,
    "generation.strategy-changed": _strategy_changed,
}

_TOLD: Final = (
    "tokens", "prompt_tokens", "done_reason", "durations", "truncated", "truncation", "message_id", "reason",
    "first_token_s", "tokens_per_second", "format_followed", "format_fault", "tool_calls",
)  # fmt: skip
_STATUS: Final = {
    "generation.completed": "completed",
    "generation.failed": "failed",
    "generation.cancelled": "cancelled",
}


def run_json(events: Sequence[Fact]) -> dict[str, Any]:
    """A run from the events that touched it, the request first."""
    request = events[0]
    run: dict[str, Any] = {
        "id": request.id,
        "model": request.data.get("model"),
        "status": "running",
        "tokens": None,
        "position": request.position,
    }
    if "retry_of" in request.data:
        run["retry_of"] = request.data["retry_of"]
    for event in events[1:]:
        run.update({key: event.data[key] for key in _TOLD if key in event.data})
        run["status"] = _STATUS.get(event.type, run["status"])
        if written := partial_text(event):
            run["partial_text"] = written
        run["ended_at"] = event.position
    return run
