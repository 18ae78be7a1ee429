"""How fast models were lately, as the newest events of the store tell: estimates before the first answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.lab.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.application.ports import EventStore
    from app.domain.lab.trials import Trial

LOOKED_AT: Final = 2_000
"""Newest events of the store: some hundred answers, read in a few hundredths of a second."""


def earlier_pace(store: EventStore) -> Pace:
    """A pace from the newest completed runs; empty where there are none."""
    pace = Pace()
    models: dict[str, str] = {}
    first = max(0, store.recorded_count() - LOOKED_AT)
    for _, event in store.recorded_after(first, LOOKED_AT):
        if event.type == "generation.requested":
            models[event.id] = str(event.data.get("model"))
        elif event.type == "generation.completed":
            model, durations = models.get(str(event.data.get("request_id"))), event.data.get("durations")
            if model is not None and isinstance(durations, dict):
                _take(pace, model, event.data.get("tokens"), durations)
    return pace


def _take(pace: Pace, model: str, tokens: Any, durations: Mapping[str, Any]) -> None:
    total, generating = durations.get("total_duration"), durations.get("eval_duration")
    if isinstance(total, int) and total > 0:
        counted = tokens if isinstance(tokens, int) else None
        pace.answered(model, total / 1e9, counted, generating / 1e9 if isinstance(generating, int) else None)


def estimated_s(pace: Pace, trials: Sequence[Trial]) -> float | None:
    """Seconds that the trials will take, each taken for as many answers as it is limited to, or for a usual one."""
    return pace.remaining_s([(one.recipe.model, 1 if one.say is not None else one.turns) for one in trials])
