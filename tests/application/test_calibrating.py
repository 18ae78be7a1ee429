"""Estimates get better by what servers counted before: on the branch, or anywhere in the store."""

from __future__ import annotations

import asyncio
from typing import Any

from fakes.continuing_scene import Scene

from app.application.ports import ChatDone, TextArrived

ANSWER = "It opens at nine."


def done(prompt: int | None, tokens: int = 6) -> ChatDone:
    return ChatDone(done_reason="stop", prompt_tokens=prompt, tokens=tokens, durations={})


def estimate(scene: Scene, **wish: Any) -> Any:
    return asyncio.run(scene.continuing.preview(scene.request(**wish))).estimate


def test_a_run_on_the_branch_makes_the_next_prompt_known_but_for_what_is_new() -> None:
    scene = Scene(TextArrived(ANSWER), done(50))

    before = estimate(scene, say="When does it open?")
    scene.run(say="When does it open?")
    after = estimate(scene, say="And on Sunday?")

    assert (before.runs, before.counted) == (0, 0)
    assert (after.runs, after.counted) == (1, 56)
    assert 56 < after.tokens < 80
    assert after.high - after.low < 60


def test_a_run_with_other_messages_only_calibrates() -> None:
    scene = Scene(TextArrived(ANSWER), done(50))
    scene.run(say="When does it open?")

    other = estimate(scene, say="And on Sunday?", instructions="Shout.")

    assert (other.runs, other.counted) == (1, 0)
    assert other.tokens > 50


def test_runs_elsewhere_in_the_store_calibrate_a_branch_without_any() -> None:
    scene = Scene(TextArrived(ANSWER), done(50))
    fresh = estimate(scene, say="?").tokens
    scene.store.fork(scene.main, scene.fork, branch_id="c", name="c")
    scene.run(say="When does it open?")
    scene.branch = "c"
    scene.continuing = type(scene.continuing)(scene.store, scene.machine, scene.model, scene.clock, _Ids())

    found = estimate(scene, say="?")

    assert found.runs == 1
    assert found.tokens > fresh


def test_what_tells_nothing_is_not_learnt_from() -> None:
    for version, prompt, answer in (
        ("1.2.3", None, 6),  # no count
        ("0.1.30", 200, 6),  # may leave out what was in the cache
        ("0.30.1", 200, 6),
        ("1.2.3", 2_000, 99_999),  # prompt and answer went beyond the window
    ):
        scene = Scene(TextArrived(ANSWER), done(prompt, answer))
        scene.model.server_version = version
        scene.run(say="When does it open?")

        assert estimate(scene, say="?").runs == 0


def test_the_window_is_large_enough_unless_a_person_chose_it() -> None:
    scene = Scene(TextArrived(ANSWER), done(50))

    scene.run(say="word " * 3_000)
    scene.run(say="?", options={"num_ctx": 512})

    assert [one.options.get("num_ctx") for one in scene.model.requests[1:]] == [6_144, 512]


class _Ids:
    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"late-{self._count}"
