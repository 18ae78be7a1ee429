"""Many trials: progress, estimates, pause, and failures that stop nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes.lab_scene import LabScene

from app.application.pacing import Pacing
from app.application.pausing import PauseSwitch
from app.application.rerunning import TrialResult
from app.application.series import GIVE_UP_AFTER, SeriesResult, SeriesUpdate, TrialFailure
from app.application.variants import Wish
from app.domain.errors import BadInput, StoreUnusable
from app.domain.lab.matrix import Matrix
from app.domain.lab.recipe import Recipe
from app.domain.tokens import estimated_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.lab.trials import Trial

ONE_TURN = Wish(purpose="variant", turns=1)


def matrix(scene: LabScene, seeds: int = 2) -> tuple[Trial, ...]:
    recipes = Matrix(base=Recipe(model=""), models=("tiny", "small"), seeds=tuple(range(1, seeds + 1))).recipes()
    return scene.lab.plans.plan(scene.main, 1, recipes, ONE_TURN)


def run(scene: LabScene, trials: Sequence[Trial], updates: list[SeriesUpdate] | None = None) -> SeriesResult:
    return asyncio.run(scene.series.run(trials, (updates if updates is not None else []).append))


def test_every_cell_is_a_branch_of_the_same_session_and_all_of_one_model_comes_first() -> None:
    scene = LabScene()

    result = run(scene, matrix(scene))

    assert not result.stopped
    names = [one.branch.name for one in scene.lab.trials.of_session("s")]
    assert names == ["tiny s1", "tiny s2", "small s1", "small s2"]
    assert [request.model for request in scene.model.requests] == ["tiny", "tiny", "small", "small"]
    assert len(scene.store.sessions()) == 1


def test_progress_counts_trials_and_the_estimate_comes_with_the_first_answer() -> None:
    scene = LabScene()
    updates: list[SeriesUpdate] = []

    run(scene, matrix(scene), updates)

    assert updates[0].remaining_s is None
    done = [one.done for one in updates]
    assert done == sorted(done)
    assert (updates[-1].done, updates[-1].total, updates[-1].remaining_s) == (4, 4, 0)
    midway = next(one for one in updates if one.done == 2)
    assert midway.remaining_s is not None
    assert midway.remaining_s > 0
    assert any(one.tokens_per_second for one in updates)


def test_a_plan_is_estimated_from_how_fast_models_were_lately() -> None:
    scene = LabScene()
    scene.model.durations = {"total_duration": 5, "prompt_eval_duration": 9_000_000, "eval_duration": 1_000_000}
    assert scene.lab.estimated_s(matrix(scene)) is None
    run(scene, matrix(scene))  # 9 tokens read in 9 ms, 2 written in 1 ms
    updates: list[SeriesUpdate] = []

    run(scene, matrix(scene, seeds=4), updates)

    prompt = scene.machine.bounded(scene.main, 1).conversation.tokens + estimated_tokens("Be brief.")
    assert scene.lab.estimated_s(matrix(scene, seeds=4)) == pytest.approx(8 * (0.001 * prompt + 0.001))
    assert updates[0].remaining_s == pytest.approx(8 * (0.001 * prompt + 0.001))


def test_turns_that_are_still_to_come_are_counted_before_anything_is_asked() -> None:
    scene = LabScene()
    run(scene, matrix(scene))
    (whole,) = scene.lab.plans.plan(scene.main, 0, [Recipe(model="tiny")])
    customers = sum(event.data.get("role") == "user" for event in scene.store.iterate(scene.main))

    assert customers > 1
    for trial, answers in ((whole, customers), (replace(whole, turns=1), 1)):
        (waiting,) = Pacing(scene.store, scene.machine).waiting([trial])
        assert waiting.answers == answers


def test_what_was_done_earlier_is_told_with_the_first_update_after_it() -> None:
    scene = LabScene()
    first, *_ = run(scene, matrix(scene)[:2]).results
    updates: list[SeriesUpdate] = []

    run(scene, matrix(scene), updates)

    told = next(one for one in updates if one.done == 1)
    (known,) = told.outcomes
    assert isinstance(first, TrialResult)
    assert isinstance(known, TrialResult)
    assert [turn.rerun for turn in known.turns] == [turn.rerun for turn in first.turns]
    assert len(updates[-1].outcomes) == 4


def test_a_failure_is_a_result_and_the_rest_goes_on() -> None:
    scene = LabScene()
    scene.model.fails_on = {2}

    result = run(scene, matrix(scene))

    failures = [one for one in result.results if isinstance(one, TrialFailure)]
    assert [(one.trial.recipe.seed, one.reason) for one in failures] == [(2, "the model fell over")]
    assert len(result.results) == 4


def test_a_server_that_is_gone_is_not_asked_for_ever() -> None:
    scene = LabScene()
    scene.model.fails_on = set(range(1, 100))

    result = run(scene, matrix(scene, seeds=5))

    assert len(result.results) == GIVE_UP_AFTER
    assert "5 trials failed in a row, the last with: the model fell over" in result.stopped


def test_sessions_with_nothing_to_play_do_not_count_as_a_server_that_is_gone() -> None:
    scene = LabScene()
    empty = scene.add("e", [])
    recipes = [Recipe(model="tiny", seed=seed) for seed in range(GIVE_UP_AFTER + 2)]

    result = run(scene, scene.lab.plans.plan(empty, 0, recipes, Wish()))

    assert [type(one) for one in result.results] == [TrialFailure] * len(recipes)
    assert not result.stopped


def test_the_same_plan_again_plays_only_what_is_missing() -> None:
    scene = LabScene()
    scene.model.fails_on = {3}
    run(scene, matrix(scene))
    asked = len(scene.model.requests)

    result = run(scene, matrix(scene))

    assert len(scene.model.requests) == asked + 1
    assert not [one for one in result.results if isinstance(one, TrialFailure)]
    assert len(scene.lab.trials.of_session("s")) == 4


def test_a_pause_holds_before_the_next_answer_and_goes_on_when_told() -> None:
    scene = LabScene()
    switch = PauseSwitch()

    async def paused_midway() -> SeriesResult:
        holding = asyncio.Event()

        def watch(update: SeriesUpdate) -> None:
            if update.is_paused:
                holding.set()
            elif update.done == 1 and not holding.is_set():
                switch.pause()

        running = asyncio.create_task(scene.series.run(matrix(scene), watch, switch=switch))
        await holding.wait()
        held = len(scene.model.requests)
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(scene.model.requests) == held
        assert not running.done()
        switch.go_on()
        return await running

    result = asyncio.run(paused_midway())

    assert len(result.results) == 4
    assert not switch.is_paused


def test_a_cancelled_series_is_taken_up_by_the_same_plan() -> None:
    scene = LabScene()
    scene.model.stalls_on = {3}

    async def midway() -> None:
        scene.model.stalled = asyncio.Event()
        running = asyncio.create_task(scene.series.run(matrix(scene), lambda update: None))
        await scene.model.stalled.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(midway())

    result = run(scene, matrix(scene))

    assert len(result.results) == 4
    assert len(scene.model.requests) == 5
    assert len(scene.lab.trials.of_session("s")) == 4


def test_a_plan_needs_a_recipe() -> None:
    scene = LabScene()

    with pytest.raises(BadInput, match="no recipe"):
        scene.lab.plans.plan(scene.main, 1, [])


def test_a_store_that_cannot_be_written_ends_the_series() -> None:
    scene = LabScene()
    scene.store.read_only = True

    with pytest.raises(StoreUnusable):
        run(scene, matrix(scene))


def test_a_switch_holds_whoever_comes_while_it_is_on_pause() -> None:
    switch = PauseSwitch()

    async def held() -> list[str]:
        order: list[str] = []

        async def come(name: str) -> None:
            await switch.passed()
            order.append(name)

        switch.pause()
        coming = [asyncio.create_task(come(name)) for name in ("a", "b")]
        await asyncio.sleep(0)
        order.append("on pause")
        switch.go_on()
        await asyncio.gather(*coming)
        await come("c")
        return order

    assert asyncio.run(held()) == ["on pause", "a", "b", "c"]


def test_a_loop_that_is_gone_does_not_hinder_going_on() -> None:
    switch = PauseSwitch()
    switch.pause()

    async def give_up() -> None:
        waiting = asyncio.create_task(switch.passed())
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(give_up())
    switch.go_on()

    assert not switch.is_paused
