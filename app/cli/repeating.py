"""``branchline jitter``: how much a branch differs from itself, and whether a change differs more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.application.series import TrialFailure
from app.application.variants import Wish
from app.cli.lab_runs import chosen_instructions, first_model, fixed_options, play
from app.cli.model_request import form_of, thinking_of
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, print_json, print_table, say
from app.domain.errors import BadInput, ModelError
from app.domain.lab.carrying import kinds_without
from app.domain.lab.levels import FEWEST
from app.domain.lab.recipe import Instructions, Recipe

if TYPE_CHECKING:
    import argparse

    from app.application.jitter import Group
    from app.domain.branches import Branch
    from app.domain.lab.jitter import Floor, JitterVerdict
    from app.domain.lab.trials import Trial


def jitter(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core, bootstrap.models(say, ProgressLine()) as models:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        unchanged = _unchanged(core, models, branch, options)
        changed = _changed(core, session.header.id, unchanged, options)
        if options.k < FEWEST:
            say(f"fewer than {FEWEST} repetitions say little")
        one = _repeat(core, models, unchanged, options)
        if changed is None:
            return _tell_floor(core, one, unchanged, options)
        if changed.group == unchanged.group:
            raise BadInput("nothing is changed: both sides would be asked in the same way")
        other = _repeat(core, models, changed, options)
        verdict = core.lab.jitter.verdict(one, other, alpha=options.alpha)
        return _tell_verdict(verdict, unchanged, changed, options)


def _unchanged(core: bootstrap.Core, models: bootstrap.Models, branch: Branch, options: argparse.Namespace) -> Trial:
    """What is repeated: the branch's own trial, else its turns after ``--at``, asked as its answers were."""
    own = core.lab.trials.trial_of(branch)
    if own is not None and options.at is None:
        return replace(own, recipe=_overridden(core, own.recipe, options))
    at = core.library.position(branch, options.at)
    if options.at is None:
        raise BadInput("say with --at from where the branch is repeated")
    recipe = core.lab.jitter.recipe_of(branch.id, at)
    if recipe is None:
        recipe = Recipe(model=options.model or first_model(models))
        if options.model is None:
            say(f"no model wrote the answers after event {at:,}: they are asked of {recipe.model}")
    wish = Wish(turns=options.turns, kinds=kinds_without(options.leave_out))
    (trial,) = core.lab.plans.plan(branch.id, at, [_overridden(core, recipe, options)], wish)
    return trial


def _overridden(core: bootstrap.Core, recipe: Recipe, options: argparse.Namespace) -> Recipe:
    return replace(
        recipe,
        model=options.model or recipe.model,
        instructions=chosen_instructions(core, options) or recipe.instructions,
        temperature=recipe.temperature if options.temperature is None else options.temperature,
        options={**recipe.options, **fixed_options(options)},
        format=recipe.format if options.format is None else form_of(options.format),
        think=recipe.think if options.think is None else thinking_of(options.think),
        seed=recipe.seed if options.seeds == "recorded" else None,
        allow_remote=options.allow_remote,
    )


def _changed(core: bootstrap.Core, session: str, unchanged: Trial, options: argparse.Namespace) -> Trial | None:
    """The other side; None when only the floor is wanted."""
    told: Instructions | None = None
    if options.to_instructions_from is not None:
        told = core.lab.instructions.use(options.to_instructions_from)
    elif options.to_instructions is not None:
        told = Instructions(text=options.to_instructions)
    recipe = unchanged.recipe
    if options.against is not None:
        branch = core.library.branch(session, options.against)
        own = core.lab.trials.trial_of(branch)
        found = own.recipe if own is not None else core.lab.jitter.recipe_of(branch.id, unchanged.at)
        if found is None:
            raise BadInput(f"no model wrote answers on {branch.name} after event {unchanged.at:,}")
        recipe = replace(
            found,
            seed=found.seed if options.seeds == "recorded" else None,
            options={**found.options, **fixed_options(options)},
        )
    changed = replace(
        recipe,
        model=options.to_model or recipe.model,
        instructions=told or recipe.instructions,
        temperature=recipe.temperature if options.to_temperature is None else options.to_temperature,
        allow_remote=options.allow_remote,
    )
    return None if changed == unchanged.recipe and options.against is None else replace(unchanged, recipe=changed)


def _repeat(core: bootstrap.Core, models: bootstrap.Models, trial: Trial, options: argparse.Namespace) -> Group:
    """Play the repetitions and fold their branches away."""
    trials = core.lab.jitter.repetitions(trial, options.k, options.seeds)
    done = play(core, models, trials)
    failures = [one for one in done.results if isinstance(one, TrialFailure)]
    for one in failures:
        say(f"{one_line(one.trial.name)}: {one_line(one.reason)}")
    branches = [one.branch for one in done.results if not isinstance(one, TrialFailure)]
    if not branches:
        raise ModelError("no repetition came to its end")
    core.branch_labels.archive([one.id for one in branches])
    group = core.lab.jitter.group(branches[0])
    if group is None:
        raise BadInput("the repetitions cannot be found again")
    return group


def _tell_floor(core: bootstrap.Core, group: Group, trial: Trial, options: argparse.Namespace) -> int:
    floor = core.lab.jitter.floor(group)
    if options.json:
        print_json({"at": trial.at, "asked": trial.recipe.to_json(), "branches": list(group.branches),
                    "floor": floor.to_json() if floor else None})  # fmt: skip
    elif floor is None:
        say("one repetition has nothing to differ from")
    else:
        print_table(_HEADS, [_row(trial.recipe.label, floor)])
    return 0


_HEADS = ("asked", "repetitions", "mean", "median", "95 %", "largest", "identical")


def _row(label: str, floor: Floor) -> tuple[Any, ...]:
    figures = (floor.mean, floor.median, floor.p95, floor.largest)
    return (label, floor.repetitions, *(f"{one:.3f}" for one in figures), f"{floor.identical:.0%}")


def _tell_verdict(verdict: JitterVerdict, one: Trial, other: Trial, options: argparse.Namespace) -> int:
    if options.json:
        asked = {"a": one.recipe.to_json(), "b": other.recipe.to_json()}
        print_json({"at": one.at, "asked": asked, **verdict.to_json()})
        return 0
    sides = ((one.recipe.label, verdict.floor_a), (other.recipe.label, verdict.floor_b))
    print_table(_HEADS, [_row(label, floor) for label, floor in sides if floor is not None])
    print(f"mean distance between them: {verdict.between:.3f}")
    print(f"{verdict.verdict}: p = {verdict.test.p_value:.4f}, level {verdict.alpha:g}")
    if len(verdict.turns) > 1:
        print_table(
            ("turn", "within", "within changed", "between", "p"),
            ((turn.turn, f"{turn.within_a:.3f}", f"{turn.within_b:.3f}", f"{turn.between:.3f}", f"{turn.p_value:.4f}")
             for turn in verdict.turns),
        )  # fmt: skip
    if verdict.repeats_itself:
        say("neither side ever varied: they differ for these seeds, and nothing is known of others")
    return 0
