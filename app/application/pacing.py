"""What is known before a series begins: how fast its models were lately, and how long its prompts are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from app.domain.lab.pace import Pace, Speeds, Waiting
from app.domain.tokens import estimated_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.lab.trials import Trial

LOOKED_AT: Final = 2_000
"""Newest events of the store: some hundred answers, read in a few hundredths of a second."""
MEASURED: Final = 20
"""Places whose prompts are measured; the others are taken for as long as these on average."""


class Pacing:
    """Reads the newest runs of the store, and the states that trials begin at. Any thread may call."""

    def __init__(self, store: EventStore, time_machine: TimeMachine) -> None:
        self._store, self._time_machine = store, time_machine

    def pace(self) -> Pace:
        """With the speeds of the newest completed runs; with none where there are none."""
        runs: dict[str, list[tuple[int, float, int, float]]] = defaultdict(list)
        models: dict[str, str] = {}
        first = max(0, self._store.recorded_count() - LOOKED_AT)
        for _, event in self._store.recorded_after(first, LOOKED_AT):
            if event.type == "generation.requested":
                models[event.id] = str(event.data.get("model"))
            elif event.type == "generation.completed":
                run = _run(event.data)
                model = models.get(str(event.data.get("request_id")))
                if run is not None and model is not None:
                    runs[model].append(run)
        return Pace({model: _speeds(found) for model, found in runs.items()})

    def waiting(self, trials: Sequence[Trial]) -> list[Waiting]:
        """The trials as an estimate looks at them."""
        tokens: dict[tuple[str, int], int] = {}
        for trial in trials:
            if len(tokens) < MEASURED and (trial.origin, trial.at) not in tokens:
                state = self._time_machine.bounded(trial.origin, trial.at)
                tokens[trial.origin, trial.at] = state.conversation.tokens + estimated_tokens(
                    state.conversation.instructions or ""
                )
        usual = sum(tokens.values()) // max(1, len(tokens))
        return [
            Waiting(
                model=trial.recipe.model,
                answers=1 if trial.say is not None else trial.turns,
                prompt_tokens=tokens.get((trial.origin, trial.at), usual) + _added(trial),
                most_tokens=_most(trial),
            )
            for trial in trials
        ]


def _added(trial: Trial) -> int:
    told = trial.recipe.instructions
    return estimated_tokens(trial.say or "") + (estimated_tokens(told.text) if told is not None else 0)


def _most(trial: Trial) -> int | None:
    most = trial.recipe.options.get("num_predict")
    return most if isinstance(most, int) and most > 0 else None


def _run(data: Mapping[str, Any]) -> tuple[int, float, int, float] | None:
    """(prompt tokens, seconds reading them, tokens, seconds writing them); None where the server did not tell all."""
    durations = data.get("durations")
    if not isinstance(durations, dict):
        return None
    told = (data.get("prompt_tokens"), durations.get("prompt_eval_duration"), data.get("tokens"),
            durations.get("eval_duration"))  # fmt: skip
    numbers = [one for one in told if isinstance(one, int) and one > 0]
    if len(numbers) < len(told):
        return None
    read, reading, written, writing = numbers
    return read, reading / 1e9, written, writing / 1e9


def _speeds(runs: Sequence[tuple[int, float, int, float]]) -> Speeds:
    read, reading, written, writing = (sum(column) for column in zip(*runs, strict=True))
    return Speeds(reading=read / reading, writing=written / writing, answer=written / len(runs))
