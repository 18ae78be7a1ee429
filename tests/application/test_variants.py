"""Plans: where trials begin and what their branches are called."""

from __future__ import annotations

import pytest
from fakes.lab_scene import LabScene
from fakes.making import message

from app.application.variants import Wish
from app.domain.lab.recipe import Recipe

RECIPES = [Recipe(model="tiny", seed=1), Recipe(model="tiny", seed=2)]


def test_turns_begin_just_before_the_customers_message() -> None:
    scene = LabScene()

    assert [scene.lab.plans.before_turn(scene.main, number) for number in (1, 2, 3, 4)] == [1, 4, 10, None]


def test_turns_are_found_in_long_sessions() -> None:
    scene = LabScene([message(number, "x", "user" if number % 2 else "assistant") for number in range(1, 400)])

    assert scene.lab.plans.before_turn(scene.main, 150) == 298


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (Wish(), ["rerun tiny s1", "rerun tiny s2"]),
        (Wish(purpose="variant"), ["tiny s1", "tiny s2"]),
        (Wish(name="kinder"), ["kinder tiny s1", "kinder tiny s2"]),
    ],
)
def test_branches_of_several_trials_are_told_apart(wish: Wish, names: list[str]) -> None:
    scene = LabScene()

    assert [one.name for one in scene.lab.plans.plan(scene.main, 1, RECIPES, wish)] == names


def test_a_single_trial_has_the_name_that_was_wished() -> None:
    assert LabScene().trial(wish=Wish(name="kinder")).name == "kinder"


def test_the_same_wish_is_the_same_trial_and_another_is_another() -> None:
    scene = LabScene()
    wishes = [
        scene.trial(),
        scene.trial(at=3),
        scene.trial(recipe=Recipe(model="small")),
        scene.trial(recipe=Recipe(model="tiny", seed=1)),
        scene.trial(wish=Wish(turns=1)),
        scene.trial(wish=Wish(say="Hm")),
        scene.trial(wish=Wish(kinds=())),
        scene.trial(wish=Wish(purpose="variant")),
    ]

    assert len({one.key for one in wishes}) == len(wishes)
    assert scene.trial(wish=Wish(name="other")).key == scene.trial().key
    assert scene.trial(recipe=Recipe(model="tiny", seed=1)).group == scene.trial().group
    assert scene.trial(recipe=Recipe(model="tiny", temperature=1)).group != scene.trial().group
