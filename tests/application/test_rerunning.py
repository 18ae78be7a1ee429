"""Playing the rest again: what stands on the new branch, in which order, and how an interrupted go is taken up."""

from __future__ import annotations

import pytest
from fakes.lab_scene import TINY, LabScene
from fakes.making import message, new_event

from app.application.variants import Wish
from app.domain.errors import BadInput, ModelError
from app.domain.instructions import InstructionsRef
from app.domain.lab.carrying import kinds_without
from app.domain.lab.recipe import Instructions, Recipe, Tools
from app.domain.reapplying import reapplied_position, rerun_position
from app.domain.templates import PromptTemplate

POSTED = "conversation.message-posted"


def test_the_customers_turns_are_repeated_and_the_model_answers_each() -> None:
    scene = LabScene()

    result = scene.run(scene.trial(at=1))

    own = scene.own(result.branch.id)
    assert [(one.type.partition(".")[2], reapplied_position(one.data), rerun_position(one.data)) for one in own] == [
        ("trial-started", None, None),
        ("message-posted", 2, None),
        ("requested", None, None),
        ("message-posted", None, 3),
        ("completed", None, None),
        ("item-viewed", 4, None),
        ("message-posted", 5, None),
        ("slots-changed", 6, None),
        ("tool-called", 7, None),
        ("tool-returned", 8, None),
        ("requested", None, None),
        ("message-posted", None, 9),
        ("completed", None, None),
        ("message-posted", 11, None),
        ("requested", None, None),
        ("message-posted", None, None),
        ("completed", None, None),
        ("trial-ended", None, None),
    ]
    assert [(one.turn, one.recorded, one.rerun, one.is_changed) for one in result.turns] == [
        (1, "Hello, how can I help?", "answer 1", True),
        (2, "One is left.", "answer 2", True),
        (3, None, "answer 3", True),
    ]
    assert [one.recorded_position for one in result.turns] == [3, 9, None]


def test_the_model_reads_what_was_repeated_and_its_own_answers() -> None:
    scene = LabScene()

    scene.run(scene.trial(at=1))

    assert [(one["role"], one["content"]) for one in scene.model.requests[-1].messages] == [
        ("system", "Be brief."),
        ("user", "Hi"),
        ("assistant", "answer 1"),
        ("user", "A table, please"),
        ("assistant", ""),
        ("tool", "one left"),
        ("assistant", "answer 2"),
        ("user", "Thanks"),
    ]


def test_the_recorded_branch_is_not_touched_and_the_state_is_sound() -> None:
    scene = LabScene()
    before = scene.store.read(scene.main, 1, 99)

    result = scene.run(scene.trial(at=1))

    assert scene.store.read(scene.main, 1, 99) == before
    state = scene.machine.state(result.branch.id, result.branch.head)
    assert state["problems"] == []
    assert state["conversation"]["slots"] == {"r": {"what": ["table"]}}
    assert state["recommendation"]["seen"] == ["B07"]


def test_what_a_trial_was_to_be_is_its_first_event_and_what_was_left_out_its_last() -> None:
    scene = LabScene()
    wish = Wish(kinds=kinds_without(["tools"]))

    result = scene.run(scene.trial(at=1, recipe=Recipe(model="tiny", seed=7, options={"num_predict": 9}), wish=wish))

    own = scene.own(result.branch.id)
    started, ended = own[0].data, own[-1].data
    assert started["origin"] == {"branch": scene.main, "position": 1, "hash": scene.store.hash_at(scene.main, 1)}
    assert started["recipe"] == {
        "model": "tiny", "instructions": None, "options": {"num_predict": 9, "seed": 7}, "digest": "d-tiny",
        "server_version": "1.2.3",
    }  # fmt: skip
    assert (ended["outcome"], ended["answers"]) == ("completed", 3)
    assert ended["left_out"] == {
        "conversation.feedback-given": 1, "conversation.tool-called": 1, "conversation.tool-returned": 1,
    }  # fmt: skip
    assert scene.lab.trials.trial_of(result.branch) == result.trial


def test_new_instructions_stand_at_the_beginning_with_their_version() -> None:
    told = [*(message(1, "Hi"), message(2, "Hello", "assistant")),
            new_event(3, "conversation.instructions-changed", {"text": "Be slow."}), message(4, "Bye")]  # fmt: skip
    scene = LabScene(told)
    kind = Instructions(text="Be kind.", ref=InstructionsRef(name="kind", version=2, hash="h"))

    result = scene.run(scene.trial(at=0, recipe=Recipe(model="tiny", instructions=kind)))

    own = scene.own(result.branch.id)
    assert own[1].data == {"text": "Be kind.", "name": "kind", "version": 2, "hash": "h"}
    assert not [one for one in own if one.data.get("text") == "Be slow."]
    asked = [one.data for one in own if one.type == "generation.requested"]
    assert [(one["instructions"], one["trial_turn"]) for one in asked] == [
        ({"name": "kind", "version": 2, "hash": "h"}, 1),
        ({"name": "kind", "version": 2, "hash": "h"}, 2),
    ]
    assert {request.messages[0]["content"] for request in scene.model.requests} == {"Be kind."}
    assert result.branch.name == "rerun tiny kind@2"


def test_where_the_customer_spoke_last_that_is_answered_first() -> None:
    scene = LabScene()

    result = scene.run(scene.trial(at=6))

    assert [(one.turn, one.recorded) for one in result.turns] == [(1, "One is left."), (2, None)]
    assert scene.model.requests[0].messages[-1]["role"] == "tool"  # what the tool returned is repeated before


def test_a_few_turns_can_be_played() -> None:
    scene = LabScene()

    result = scene.run(scene.trial(at=1, wish=Wish(turns=1)))

    assert len(result.turns) == len(scene.model.requests) == 1
    assert scene.own(result.branch.id)[-1].data["outcome"] == "completed"


def test_a_branch_leaves_no_call_open() -> None:
    assert LabScene().trial(at=7).at in (6, 8)


def test_new_words_of_the_customer_are_answered_instead_of_the_recorded_ones() -> None:
    scene = LabScene()

    result = scene.run(scene.trial(at=3, wish=Wish(purpose="variant", say="And on Sunday?")))

    own = scene.own(result.branch.id)
    assert [one.type.partition(".")[2] for one in own] == [
        "trial-started", "message-posted", "requested", "message-posted", "completed", "trial-ended",
    ]  # fmt: skip
    assert own[1].data["text"] == "And on Sunday?"
    assert reapplied_position(own[1].data) is None
    assert (result.turns[0].recorded, result.turns[0].rerun) == (None, "answer 1")


def test_nothing_to_answer_makes_no_branch() -> None:
    scene = LabScene([message(1, "Hi"), message(2, "Hello", "assistant")])

    with pytest.raises(BadInput, match="nothing more after event 2"):
        scene.run(scene.trial(at=2))
    assert len(scene.store.branches("s")) == 3


def test_a_model_that_is_not_there_makes_no_branch() -> None:
    scene = LabScene()

    with pytest.raises(ModelError, match="no model 'huge'; it has tiny, small"):
        scene.run(scene.trial(recipe=Recipe(model="huge")))
    assert len(scene.store.branches("s")) == 3


def test_seeds_of_the_recorded_answers_are_used_again_when_wanted() -> None:
    scene = LabScene()
    first = scene.run(scene.trial(at=1, recipe=Recipe(model="tiny", seed=5)))

    (again,) = scene.lab.plans.plan(first.branch.id, 1, [TINY], Wish(recorded_seeds=True))
    scene.run(again)

    assert [request.options.get("seed") for request in scene.model.requests] == [5] * 6


# --- what of the state goes along, lists of our own, tools


TEMPLATE = PromptTemplate(text="Wanted: {% for slot in slots %}{{ slot.value }}{% end %}", name="wanted", version=1)
FIND = {"type": "function", "function": {"name": "find", "description": "", "parameters": {"type": "object"}}}


def test_a_template_is_filled_anew_at_each_turn_and_told_in_the_trial() -> None:
    scene = LabScene()

    result = scene.run(scene.trial(at=1, recipe=Recipe(model="tiny", template=TEMPLATE)))

    systems = [request.messages[0]["content"] for request in scene.model.requests]
    assert [one.endswith("Wanted: table") for one in systems] == [False, True, True]
    started = scene.own(result.branch.id)[0].data
    assert started["recipe"]["template"] == TEMPLATE.to_json()
    assert scene.lab.trials.trial_of(result.branch) == result.trial
    found = scene.lab.jitter.recipe_of(result.branch.id, 1)
    assert found is not None
    assert found.template == TEMPLATE


def test_lists_of_our_own_take_the_place_of_recorded_ones() -> None:
    shown = {"items": [{"item": "X1", "rank": 1}]}
    told = [
        new_event(1, "catalogue.item-added", {"item": "B07", "categories": ["shirt"]}),
        message(2, "Hi"),
        new_event(3, "recommendation.items-shown", shown, actor="assistant"),
        new_event(4, "behaviour.item-viewed", {"item": "B07"}),
        message(5, "Hello", "assistant"),
        message(6, "And?"),
    ]
    scene = LabScene(told)

    result = scene.run(scene.trial(at=1, recipe=Recipe(model="tiny", recommend="popular")))

    lists = [one for one in scene.own(result.branch.id) if one.type == "recommendation.items-shown"]
    assert lists
    assert all(reapplied_position(one.data) is None for one in lists)
    assert {one.data["strategy"]["recommender"] for one in lists} == {"branchline"}


def test_a_model_that_may_call_tools_makes_its_own_calls() -> None:
    scene = LabScene()
    recipe = Recipe(model="tiny", tools=Tools(policy="recorded", definitions=(FIND,)))

    result = scene.run(scene.trial(at=1, recipe=recipe))

    assert all(list(request.tools) == [FIND] for request in scene.model.requests)
    assert "tools" not in result.trial.kinds
    repeated = {one.type for one in scene.own(result.branch.id) if reapplied_position(one.data) is not None}
    assert "conversation.tool-called" not in repeated
    assert scene.lab.trials.trial_of(result.branch) == result.trial
