"""A matrix in the order that spares the machine, with names that can be read."""

from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.domain.hashing import short_hash
from app.domain.instructions import InstructionsRef
from app.domain.lab.matrix import Matrix
from app.domain.lab.recipe import Instructions, Recipe

BASE = Recipe(model="", options={"num_predict": 9})
KIND = Instructions(text="Be kind.", ref=InstructionsRef(name="kind", version=2, hash="h"))


def test_all_of_one_model_comes_before_the_next_and_seeds_change_first() -> None:
    matrix = Matrix(base=BASE, models=("a", "b"), instructions=(None, KIND), temperatures=(0.0, 0.7), seeds=(1, 2))

    labels = [recipe.label for recipe in matrix.recipes()]

    assert {recipe.options["num_predict"] for recipe in matrix.recipes()} == {9}
    assert labels[:5] == ["a t0 s1", "a t0 s2", "a t0.7 s1", "a t0.7 s2", "a kind@2 t0 s1"]
    assert len(labels) == len(set(labels)) == 16
    assert [label[0] for label in labels] == ["a"] * 8 + ["b"] * 8


def test_what_is_named_twice_is_made_once() -> None:
    assert len(Matrix(base=BASE, models=("a", "a"), seeds=(1, 1, 2)).recipes()) == 2


def test_nothing_and_far_too_much_are_refused() -> None:
    with pytest.raises(BadInput, match="at least one model"):
        Matrix(base=BASE, models=()).recipes()
    with pytest.raises(BadInput, match=r"2 × 1 × 1 × 200 are 400 variants; at most 300"):
        Matrix(base=BASE, models=("a", "b"), seeds=tuple(range(200))).recipes()


def test_texts_of_no_library_are_named_by_their_words_and_told_apart() -> None:
    one, other = Instructions(text="Be kind and brief."), Instructions(text="Be kind and slow.")

    assert one.label.startswith("“Be kind and” #")
    assert one.label != other.label
    assert Instructions(text="").label.startswith("“no instructions” #")


def test_options_hold_temperature_and_seed_only_when_given() -> None:
    assert Recipe(model="a", options={"num_predict": 9}).all_options == {"num_predict": 9}
    assert Recipe(model="a", temperature=0.0, seed=0).all_options == {"temperature": 0.0, "seed": 0}


def test_the_hash_does_not_depend_on_the_order_of_members() -> None:
    assert short_hash({"a": 1, "b": [2]}) == short_hash({"b": [2], "a": 1})
    assert short_hash({"a": 1}) != short_hash({"a": 2})
