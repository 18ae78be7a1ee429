"""What is known before a series begins: how fast its models were lately, and how long its prompts are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from app.domain.hashing import short_hash
from app.domain.lab.pace import Pace, Speeds, Waiting
from app.domain.tokens import estimated_tokens
from app.domain.vocabulary import MESSAGE_POSTED, Lane

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
        turns = {place: self._turns(*place) for place in tokens}
        return [
            Waiting(
                model=trial.recipe.model,
                answers=_answers(trial, turns.get((trial.origin, trial.at))),
                recipe=_named(trial),
                prompt_tokens=tokens.get((trial.origin, trial.at), usual) + _added(trial),
                most_tokens=_most(trial),
            )
            for trial in trials
        ]

    def _turns(self, branch: str, at: int) -> int:
        """How many messages of the customer come after a position."""
        columns = self._time_machine.columns(branch)
        if MESSAGE_POSTED not in columns.type_names:
            return 0
        posted = columns.type_names.index(MESSAGE_POSTED)
        pairs = zip(columns.lanes[at:], columns.types[at:], strict=True)
        return sum(lane == Lane.CUSTOMER and kind == posted for lane, kind in pairs)


def _answers(trial: Trial, turns: int | None) -> int | None:
    """Where the customer waits for an answer, that is one more than messages are to come."""
    if trial.say is not None:
        return 1
    known = [one for one in (trial.turns, None if turns is None else max(turns, 1)) if one is not None]
    return min(known, default=None)


def _named(trial: Trial) -> str:
    """What decides how long an answer will be: all of the recipe but the seed."""
    told = trial.recipe.to_json()
    return short_hash({**told, "options": {name: one for name, one in told["options"].items() if name != "seed"}})


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
