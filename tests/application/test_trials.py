"""Trials that were interrupted, failed, or gone on with by people: taken up from their events."""

from __future__ import annotations

import asyncio

import pytest
from fakes.lab_scene import LabScene
from fakes.making import message, new_event

from app.application.continue_request import ContinueRequest
from app.application.variants import Wish
from app.domain.errors import BadInput, ModelError
from app.domain.lab.recipe import Recipe
from app.domain.lab.trials import STARTED
from app.domain.reapplying import reapplied_position


def cancelled_at(scene: LabScene, request: int, at: int = 1) -> str:
    """Run a trial and cancel it while the given request is being answered; the trial's branch."""
    scene.model.stalls_on = {request}

    async def midway() -> None:
        scene.model.stalled = asyncio.Event()
        run = asyncio.create_task(scene.rerunning.run(scene.trial(at), lambda update: None))
        await scene.model.stalled.wait()
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(midway())
    branch = scene.lab.trials.find(scene.trial(at))
    assert branch is not None
    return branch.id


def test_an_interrupted_trial_goes_on_where_it_stopped() -> None:
    scene = LabScene()
    branch = cancelled_at(scene, request=2)
    before = scene.own(branch)
    assert before[-1].type == "generation.cancelled"

    result = scene.run(scene.trial(at=1))

    own = scene.own(branch)
    assert result.branch.id == branch
    assert own[: len(before)] == before
    assert [one.rerun for one in result.turns] == ["answer 1", "answer 3", "answer 4"]
    repeated = [reapplied_position(one.data) for one in own if reapplied_position(one.data)]
    assert repeated == [2, 4, 5, 6, 7, 8, 11]
    assert [one.result is None for one in result.turns] == [True, False, False]


def test_a_completed_trial_is_read_and_not_played_again() -> None:
    scene = LabScene()
    first = scene.run(scene.trial(at=1))
    head = first.branch.head

    again = scene.run(scene.trial(at=1))

    assert len(scene.model.requests) == 3
    assert again.branch.head == head
    assert [one.rerun for one in again.turns] == [one.rerun for one in first.turns]


def test_a_failure_is_recorded_with_its_reason_and_tried_again_on_the_same_branch() -> None:
    scene = LabScene()
    scene.model.fails_on = {2}

    with pytest.raises(ModelError, match="fell over"):
        scene.run(scene.trial(at=1))

    branch = scene.lab.trials.find(scene.trial(at=1))
    assert branch is not None
    failed, ended = scene.own(branch.id)[-2:]
    assert (failed.type, failed.data["text"]) == ("generation.failed", "ans")
    assert (ended.data["outcome"], ended.data["reason"]) == ("failed", "the model fell over")
    record = scene.lab.trials.record(branch)
    assert record is not None
    assert (record.outcome, record.reason) == ("failed", "the model fell over")

    result = scene.run(scene.trial(at=1))

    assert result.branch.id == branch.id
    record = scene.lab.trials.record(branch)
    assert record is None or record.outcome in (None, "failed")  # of the branch as it was
    record = scene.lab.trials.record(result.branch)
    assert record is not None
    assert record.outcome == "completed"


def test_new_words_are_said_once_even_when_the_first_answer_failed() -> None:
    scene = LabScene()
    scene.model.fails_on = {1}
    trial = scene.trial(at=3, wish=Wish(purpose="variant", say="And on Sunday?"))
    with pytest.raises(ModelError):
        scene.run(trial)

    result = scene.run(trial)

    said = [one for one in scene.own(result.branch.id) if one.data.get("text") == "And on Sunday?"]
    assert len(said) == 1
    assert [one["content"] for one in scene.model.requests[-1].messages].count("And on Sunday?") == 1


def test_a_branch_that_was_made_and_left_empty_is_taken() -> None:
    scene = LabScene()
    trial = scene.trial(at=1)
    made = scene.branching.branch(scene.main, 1, "rerun tiny")

    assert scene.run(trial).branch.id == made.id


def test_a_name_that_another_branch_has_gets_a_number() -> None:
    scene = LabScene()
    scene.branching.branch(scene.main, 2, "rerun tiny")

    assert scene.run(scene.trial(at=1)).branch.name == "rerun tiny (2)"


def test_the_branch_of_another_wish_is_not_taken_for_this_ones() -> None:
    scene = LabScene()
    one = scene.run(scene.trial(at=1)).branch
    other = scene.run(scene.trial(at=1, recipe=Recipe(model="tiny", temperature=0.5))).branch

    assert one.id != other.id
    assert len(scene.lab.trials.of_session("s")) == 2


# --- what people do with the branches


def test_a_person_may_go_on_with_the_branch_of_a_trial() -> None:
    scene = LabScene()
    result = scene.run(scene.trial(at=1))
    wish = ContinueRequest(branch=result.branch.id, say="And now?")

    asyncio.run(scene.continuing.run(wish, lambda update: None))

    record = scene.lab.trials.record(scene.store.branch(result.branch.id))
    assert record is not None
    assert (record.outcome, [one.turn for one in record.answers]) == ("completed", [1, 2, 3])
    head = scene.store.branch(result.branch.id).head
    again = scene.run(scene.trial(at=1))
    assert again.branch.head == head
    assert [one.rerun for one in again.turns] == [one.rerun for one in result.turns]


def test_a_branch_that_was_renamed_keeps_its_name_and_is_found_again() -> None:
    scene = LabScene()
    labels = scene.labels
    other = scene.branching.branch(scene.main, 2, "other")
    labels.rename(other.id, "rerun tiny")

    result = scene.run(scene.trial(at=1))
    labels.rename(result.branch.id, "my favourite")

    assert result.branch.name == "rerun tiny (2)"
    assert scene.run(scene.trial(at=1)).branch.id == result.branch.id


def test_a_record_of_another_program_is_refused_in_one_sentence() -> None:
    scene = LabScene()
    odd = scene.branching.branch(scene.main, 2, "odd")
    scene.store.append(odd.id, [new_event(99, STARTED, {"key": "k", "recipe": {"model": "x"}})], expected=2)

    with pytest.raises(BadInput, match="what was tried on odd cannot be read"):
        scene.lab.trials.trial_of(scene.store.branch(odd.id))
    assert scene.lab.trials.of_session("s")[0].started["key"] == "k"


def test_a_template_whose_text_is_gone_is_none() -> None:
    scene = LabScene()

    assert scene.lab.trials.template_in({"template": {"text_hash": "blake2b-256:00"}}) is None
    assert scene.lab.trials.template_in({"template": "state"}) is None


def test_a_branch_without_any_message_awaits_nothing() -> None:
    scene = LabScene([new_event(1, "behaviour.item-viewed", {"item": "B07"}), message(2, "Hi")])

    result = scene.run(scene.trial(at=1))

    assert [one.turn for one in result.turns] == [1]


def test_a_branch_on_which_nothing_was_tried_has_no_record() -> None:
    scene = LabScene()

    assert scene.lab.trials.record(scene.store.branch(scene.main)) is None
    with pytest.raises(BadInput, match="nothing was tried on the branch main"):
        scene.lab.trials.open(scene.store.branch(scene.main))
