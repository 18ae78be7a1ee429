"""What commands that play trials share: recipes from options, the series with its progress, the rows of a table."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.application.rerunning import TrialResult
from app.cli.model_request import form_of, keep_alive_of, options_of, thinking_of
from app.cli.modelling import told_to_end_like_interrupted
from app.cli.output import ProgressLine, one_line, say
from app.cli.prompting import template_of
from app.domain.errors import BadInput
from app.domain.lab.recipe import Instructions, Recipe, Tools
from app.domain.recommender import strategy_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Awaitable, Callable, Sequence

    from app import bootstrap
    from app.application.series import SeriesResult, SeriesUpdate
    from app.domain.lab.trials import Trial


def first_model(models: bootstrap.Models) -> str:
    """The model that is used when none is named. Raises ModelError."""
    found = models.io.submit(models.client.models()).result()
    if not found:
        raise BadInput(f"the server at {models.client.address} has no model; pull one first")
    return found[0].name


def chosen_instructions(core: bootstrap.Core, options: argparse.Namespace) -> Instructions | None:
    """From ``--instructions`` or ``--instructions-from``. Raises NotFound, BadInput."""
    if options.instructions_from is not None:
        return core.lab.instructions.use(options.instructions_from)
    return None if options.instructions is None else Instructions(text=options.instructions)


def fixed_options(options: argparse.Namespace) -> dict[str, Any]:
    """Options of the model but seed and temperature, which stand beside. Raises BadInput."""
    found = options_of(options).to_json()
    return {name: value for name, value in found.items() if name not in ("seed", "temperature")}


def chosen_recipe(core: bootstrap.Core, models: bootstrap.Models, options: argparse.Namespace) -> Recipe:
    """One recipe from the options of a command."""
    return replace(
        base_recipe(core, options.model or first_model(models), options),
        instructions=chosen_instructions(core, options),
        temperature=options.temperature,
        seed=options.seed,
    )


def base_recipe(core: bootstrap.Core, model: str, options: argparse.Namespace) -> Recipe:
    """What is no axis of a matrix. Raises BadInput, NotFound, BadTemplate."""
    if options.recommend is not None:
        strategy_json(options.recommend)  # refuses one that there is not, before anything is made
    return Recipe(
        model=model,
        options=fixed_options(options),
        format=form_of(options.format),
        think=thinking_of(options.think),
        template=template_of(options.template, core.templates),
        recommend=options.recommend,
        keep_alive=keep_alive_of(options.keep_alive),
        allow_remote=options.allow_remote,
    )


def with_tools(
    core: bootstrap.Core, recipe: Recipe, session: str, options: argparse.Namespace, *, strict: bool = True
) -> Recipe:
    """The recipe with the tools that this session has called, where ``--tools`` wants them.

    Raises BadInput where it has called none, unless not ``strict``.
    """
    if options.tools is None:
        return recipe
    known = core.known_tools(session)
    if not known and strict:
        raise BadInput("there are no tools to call: the session has called none")
    if not known:
        return recipe
    return replace(recipe, tools=Tools(policy=options.tools, definitions=known))


def play(
    core: bootstrap.Core,
    models: bootstrap.Models,
    trials: Sequence[Trial],
    after: Callable[[TrialResult], Awaitable[None]] | None = None,
) -> SeriesResult:
    """Play trials with progress on stderr; Ctrl+C records what came and leaves the rest for the same command."""
    series = core.lab.series(core.continuing(models.client), models.client)
    told = _Told(len(trials))
    with told_to_end_like_interrupted():
        run = models.io.submit(series.run(trials, told.updated, after=after))
        try:
            return _named(core, run.result())
        except KeyboardInterrupt:
            run.cancel()
            told.close()
            say("what was done is kept; the same command goes on from there")
            raise
        finally:
            told.close()


def _named(core: bootstrap.Core, done: SeriesResult) -> SeriesResult:
    """Branches under the names that they have now."""
    labels = core.branch_labels
    return replace(
        done,
        results=tuple(
            replace(one, branch=labels.named(one.branch)) if isinstance(one, TrialResult) else one
            for one in done.results
        ),
    )


class _Told:
    """Progress as a line that rewrites itself, or a line a trial where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        self._line = ProgressLine()
        self._lines = total > 1 and not sys.stderr.isatty()
        self._done = 0

    def updated(self, update: SeriesUpdate) -> None:
        self._line(update.done, update.total, describe(update))
        if self._lines and update.done > self._done:
            self._done = update.done
            say(f"{update.done} of {update.total} done{_left(update)}")

    def close(self) -> None:
        self._line.close()


def describe(update: SeriesUpdate) -> str:
    """One line on where a series stands."""
    parts = [f"{min(update.done + 1, update.total)} of {update.total}"]
    if update.trial is not None:
        parts.append(one_line(update.trial.name)[:40])
    if update.current is not None and update.current.turns > 1:
        parts.append(f"turn {update.current.turn} of {update.current.turns}")
    if update.tokens_per_second:
        parts.append(f"{update.tokens_per_second:.0f} tokens/s")
    if update.failed:
        parts.append(f"{update.failed} failed")
    return ", ".join(parts) + _left(update)


def _left(update: SeriesUpdate) -> str:
    return f", about {clock_text(update.remaining_s)} left" if update.remaining_s else ""


def clock_text(seconds: float) -> str:
    """``1:05`` or ``2:03:04``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
