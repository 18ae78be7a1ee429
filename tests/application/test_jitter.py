"""Repetitions: made, found among the trials, and held against each other."""

from __future__ import annotations

import asyncio

import pytest
from fakes.lab_scene import TINY, LabScene

from app.application.variants import Wish
from app.domain.errors import BadInput
from app.domain.instructions import InstructionsRef, text_hash
from app.domain.lab.recipe import Instructions, Recipe, Tools

KIND = Recipe(
    model="tiny", temperature=0.5,
    instructions=Instructions(text="Be kind.", ref=InstructionsRef(name="kind", version=1, hash=text_hash("Be kind."))),
)  # fmt: skip


def repeat(scene: LabScene, recipe: Recipe = TINY, count: int = 10) -> str:
    """Play repetitions; the branch of the first."""
    trials = scene.lab.jitter.repetitions(scene.trial(at=1, recipe=recipe), count)
    asyncio.run(scene.series.run(trials, lambda update: None))
    branch = scene.lab.trials.find(trials[0])
    assert branch is not None
    return branch.id


def test_repetitions_have_seeds_of_their_own_that_are_always_the_same() -> None:
    scene = LabScene()
    one, other = scene.trial(at=1), scene.trial(at=1, recipe=KIND)

    seeds = [trial.recipe.seed for trial in scene.lab.jitter.repetitions(one, 10)]
    others = [trial.recipe.seed for trial in scene.lab.jitter.repetitions(other, 10)]

    assert len({*seeds, *others}) == 20
    assert seeds == [trial.recipe.seed for trial in scene.lab.jitter.repetitions(one, 12)][:10]


def test_with_seeds_as_recorded_nothing_tells_repetitions_apart_but_their_number() -> None:
    made = LabScene().lab.jitter.repetitions(LabScene().trial(at=1), 3, "recorded")

    assert [(one.recipe.seed, one.recorded_seeds, one.repetition) for one in made] == [
        (None, True, 1), (None, True, 2), (None, True, 3),
    ]  # fmt: skip
    assert len({one.key for one in made}) == 3


def test_a_group_is_found_from_any_of_its_branches() -> None:
    scene = LabScene()
    branch = repeat(scene, count=3)
    repeat(scene, KIND, count=2)

    group = scene.lab.jitter.group(scene.store.branch(branch))

    assert group is not None
    assert len(group.branches) == 3
    assert [len(answers) for answers in group.answers] == [3, 3, 3]
    assert scene.lab.jitter.group(scene.store.branch(scene.main)) is None


def test_variants_with_several_seeds_are_repetitions_of_each_other() -> None:
    scene = LabScene()
    recipes = [Recipe(model="tiny", seed=seed) for seed in (1, 2, 3)]
    trials = scene.lab.plans.plan(scene.main, 1, recipes, Wish(purpose="variant"))

    asyncio.run(scene.series.run(trials, lambda update: None))

    branch = scene.lab.trials.find(trials[1])
    assert branch is not None
    group = scene.lab.jitter.group(branch)
    assert group is not None
    assert len(group.answers) == 3


def test_a_change_that_answers_otherwise_differs_and_one_that_does_not_does_not() -> None:
    scene = LabScene()
    one = repeat(scene)
    scene.model.answer = "something else entirely, and much more of it"
    other = repeat(scene, KIND)
    scene.model.answer = "answer"
    alike = repeat(scene, Recipe(model="small"))

    groups = [scene.lab.jitter.group(scene.store.branch(branch)) for branch in (one, other, alike)]
    first, changed, same = groups
    assert first is not None
    assert changed is not None
    assert same is not None
    assert scene.lab.jitter.verdict(first, changed).verdict == "differs"
    assert scene.lab.jitter.verdict(first, same).verdict != "differs"
    floor = scene.lab.jitter.floor(first)
    assert floor is not None
    assert floor.repetitions == 10
    with pytest.raises(BadInput, match="nothing was changed"):
        scene.lab.jitter.verdict(first, first)


def test_what_a_branch_was_asked_with_is_read_from_its_events() -> None:
    scene = LabScene()
    branch = scene.run(scene.trial(at=1, recipe=KIND)).branch

    found = scene.lab.jitter.recipe_of(branch.id, 1)

    assert found is not None
    assert (found.model, found.temperature, found.instructions) == ("tiny", 0.5, KIND.instructions)
    assert scene.lab.jitter.recipe_of(scene.main, 1) is None


def test_at_least_one_repetition_is_needed() -> None:
    with pytest.raises(BadInput, match="at least one repetition"):
        LabScene().lab.jitter.repetitions(LabScene().trial(at=1), 0)


def test_two_branches_are_held_against_each_other_once_both_were_repeated() -> None:
    scene = LabScene()
    one = scene.store.branch(repeat(scene))
    scene.model.answer = "something else entirely, and much more of it"
    other = scene.store.branch(repeat(scene, KIND))
    jitter = scene.lab.jitter

    found = jitter.between(one, other)

    assert found is not None
    assert found.verdict == "differs"
    assert jitter.between(one, other) is found
    assert jitter.between(one, one) is None
    assert jitter.between(one, scene.store.branch(scene.main)) is None
    repeat(scene, KIND, count=11)
    more = jitter.between(one, other)
    assert more is not None
    assert more.repetitions_b == 11


def test_two_single_answers_are_not_held_against_each_other() -> None:
    scene = LabScene()
    branches = [scene.run(scene.trial(at=1, recipe=one)).branch for one in (TINY, KIND)]

    assert scene.lab.jitter.between(*branches) is None


def test_only_completed_trials_are_repetitions_and_each_side_needs_one() -> None:
    scene = LabScene()
    scene.model.fails_on = set(range(1, 100))
    trials = scene.lab.jitter.repetitions(scene.trial(at=1), 2)
    asyncio.run(scene.series.run(trials, lambda update: None))
    scene.model.fails_on = set()
    branch = scene.lab.trials.find(trials[0])
    assert branch is not None

    failed = scene.lab.jitter.group(branch)
    done = scene.lab.jitter.group(scene.store.branch(repeat(scene, KIND, count=2)))

    assert failed is not None
    assert done is not None
    assert failed.answers == ()
    assert scene.lab.jitter.floor(failed) is None
    with pytest.raises(BadInput, match="at least one completed repetition"):
        scene.lab.jitter.verdict(failed, done)
    assert scene.lab.jitter.between(branch, scene.store.branch(done.branches[0])) is None


def test_tools_of_a_request_are_asked_with_again() -> None:
    scene = LabScene()
    find = {"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}
    made = [
        scene.run(scene.trial(at=1, recipe=Recipe(model="tiny", tools=Tools(policy=policy, definitions=(find,)))))
        for policy in ("recorded", "stub")
    ]

    found = [scene.lab.jitter.recipe_of(one.branch.id, 1) for one in made]

    assert [one.tools.policy if one and one.tools else None for one in found] == ["recorded", "stub"]
