"""Variants as a matrix: ``branchline variants``, and ``branchline continue --variants``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.application.rerunning import TrialResult
from app.application.variants import Wish
from app.cli.lab_runs import base_recipe, chosen_recipe, clock_text, first_model, play, with_tools
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, print_json, print_table, say
from app.cli.rerunning import result_json
from app.domain.errors import BadInput
from app.domain.lab.carrying import kinds_without
from app.domain.lab.matrix import Matrix
from app.domain.lab.recipe import Instructions

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from app.application.series import SeriesResult
    from app.domain.lab.trials import Trial

_SHOWN = 60


def variants(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core, bootstrap.models(say, ProgressLine()) as models:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        models_named = tuple(options.models or [first_model(models)])
        matrix = Matrix(
            base=with_tools(core, base_recipe(core, models_named[0], options), session.header.id, options),
            models=models_named,
            instructions=_instructions(core, options),
            temperatures=tuple(options.temperatures or [None]),
            seeds=tuple(options.seeds or [None]),
        )
        wish = Wish(
            purpose="variant",
            name=options.name or "",
            say=options.say or None,
            turns=None if options.rest else 1,
            kinds=kinds_without(options.leave_out),
        )
        at = core.library.position(branch, options.at)
        trials = core.lab.plans.plan(branch.id, at, matrix.recipes(), wish)
        if options.plan:
            return _tell_plan(options, trials, core.lab.estimated_s(trials))
        return _tell(options, trials, play(core, models, trials))


def continue_variants(options: argparse.Namespace) -> int:
    """``continue --variants N``: the same wish with N seeds, each on a branch of its own."""
    given = {"image": options.image, "context": options.context != "all", "with-thinking": options.with_thinking,
             "tool-definitions": options.tool_definitions, "stub": options.stub, "may-cut": options.may_cut,
             "retry": options.retry, "preview": options.preview}  # fmt: skip
    if refused := [name for name, value in given.items() if value]:
        raise BadInput(f"--{refused[0]} is for one continuation and does not go with --variants")
    with opened_store(options.store) as core, bootstrap.models(say, ProgressLine()) as models:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        one = with_tools(core, chosen_recipe(core, models, options), session.header.id, options)
        first = 1 if one.seed is None else one.seed
        matrix = Matrix(
            base=one,
            models=(one.model,),
            instructions=(one.instructions,),
            temperatures=(one.temperature,),
            seeds=tuple(range(first, first + options.variants)),
        )
        wish = Wish(purpose="variant", say=options.say or None, turns=1)
        trials = core.lab.plans.plan(branch.id, branch.head, matrix.recipes(), wish)
        return _tell(options, trials, play(core, models, trials), as_list=True)


def _instructions(core: bootstrap.Core, options: argparse.Namespace) -> tuple[Instructions | None, ...]:
    """Those named and those typed; the branch's own where there are none, or where they are asked for."""
    found: list[Instructions | None] = [None] if options.unchanged else []
    found += [core.lab.instructions.use(name) for name in options.instructions or ()]
    found += [Instructions(text=text) for text in options.instructions_text]
    return tuple(found) or (None,)


def _tell_plan(options: argparse.Namespace, trials: Sequence[Trial], seconds: float | None) -> int:
    if options.json:
        print_json([{"branch": one.name, "at": one.at, **one.recipe.to_json()} for one in trials])
    else:
        for number, one in enumerate(trials, start=1):
            print(f"{number:4}  {one_line(one.name)}")
        if seconds is not None:
            say(f"about {clock_text(seconds)}, as fast as the models were lately")
    return 0


def _tell(options: argparse.Namespace, trials: Sequence[Trial], done: SeriesResult, *, as_list: bool = False) -> int:
    told = [_told(trial, done, number) for number, trial in enumerate(trials)]
    if options.json:
        print_json(told if as_list else {"variants": told, "stopped": done.stopped or None})
    else:
        print_table(
            ("branch", "outcome", "tokens", "answer"),
            ((one["branch"], one["outcome"], one.get("tokens"), str(one.get("text") or one["reason"])[:_SHOWN])
             for one in told),
        )  # fmt: skip
        if done.stopped:
            say(f"stopped: {one_line(done.stopped)}; the same command goes on from there")
    return 0 if all(one["outcome"] == "completed" for one in told) else 1


def _told(trial: Trial, done: SeriesResult, number: int) -> dict[str, Any]:
    recipe = trial.recipe
    asked = {
        "model": recipe.model,
        "instructions": recipe.instructions.to_json() if recipe.instructions else None,
        "temperature": recipe.temperature,
        "seed": recipe.seed,
    }
    result = done.results[number] if number < len(done.results) else None
    if isinstance(result, TrialResult):
        return {**result_json(result, {}), **asked, "outcome": "completed", "reason": None}
    outcome, reason = ("not begun", "") if result is None else ("failed", result.reason)
    return {"branch": trial.name, **asked, "outcome": outcome, "reason": reason}
