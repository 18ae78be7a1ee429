"""A wish to continue becomes events on the right branch, and always ends in a word."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fakes.window_services import FakeHistory
from pytestqt.qtbot import QtBot

from app.application.ports import ModelInfo
from app.application.tool_answers import ToolAnswers
from app.domain.errors import ModelError
from app.viewmodels.bridge import Bridge
from app.viewmodels.compose import Wish
from app.viewmodels.continuation import Continuation, request_of
from app.viewmodels.services import Services
from app.viewmodels.workspace import Workspace


@pytest.fixture
def continuation(services: Services, bridge: Bridge, workspace: Workspace) -> Iterator[Continuation]:
    made = Continuation(services, bridge, workspace)
    yield made
    made.close()


def wish(*, say: str | None = None, model: str | None = None) -> Wish:
    return Wish(say=say, instructions=None, model=model)


async def at_once(request: Any, at: int | None = None) -> None:
    """Nothing speaks against it yet."""


async def never(request: Any, at: int | None = None) -> None:
    await asyncio.Event().wait()


def opened(workspace: Workspace, qtbot: QtBot, at: int | None = None) -> str:
    with qtbot.waitSignal(workspace.moment_ready):
        workspace.open_session("session-0", None, at)
    assert workspace.branch is not None
    return workspace.branch.id


def test_at_the_end_the_branch_itself_grows_and_the_playhead_follows(
    continuation: Continuation, workspace: Workspace, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)

    with qtbot.waitSignal(continuation.generation_finished) as finished:
        continuation.continue_branch(request_of(wish(say="And on Friday?"), branch))

    qtbot.waitUntil(lambda: workspace.playhead == 124)
    assert finished.args is not None
    assert finished.args[0].text == "Thursday at half past seven is free."
    assert workspace.branch is not None
    assert workspace.branch.id == branch


def test_what_cannot_be_asked_leaves_no_empty_branch(
    continuation: Continuation, workspace: Workspace, history: FakeHistory, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot, at=40)
    services.continuing.failure = ModelError("the model cannot see")

    with qtbot.waitSignal(continuation.failed) as failed:
        continuation.continue_branch(request_of(wish(say="Look!"), branch))

    assert failed.args == ["the model cannot see"]
    assert [one.name for one in history.branches("session-0") if one.kind == "branch"] == ["main"]
    assert not continuation.is_running
    assert not continuation.can_try_again


def test_stopped_while_it_is_looked_at_makes_nothing(
    continuation: Continuation, workspace: Workspace, history: FakeHistory, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot, at=40)
    services.continuing.preview = never

    continuation.continue_branch(request_of(wish(say="?"), branch))
    with qtbot.waitSignal(continuation.generation_stopped):
        continuation.stop()

    assert [one.name for one in history.branches("session-0") if one.kind == "branch"] == ["main"]
    assert not continuation.is_running


def test_before_the_end_a_branch_is_made_first(
    continuation: Continuation, workspace: Workspace, history: FakeHistory, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot, at=40)

    with qtbot.waitSignal(continuation.generation_finished):
        continuation.continue_branch(request_of(wish(say="Somewhere cheaper?", model="m"), branch))

    qtbot.waitUntil(lambda: workspace.playhead == 44)
    assert workspace.branch is not None
    assert (workspace.branch.name, workspace.branch.fork_position) == ("branch 2", 40)
    assert [(one.branch, one.say) for one in services.continuing.requests] == [
        (workspace.branch.id, "Somewhere cheaper?")
    ]
    assert history.branch_of(branch).head == 120


def test_a_failure_before_the_new_branch_is_in_focus_still_shows_that_branch(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot, at=40)
    services.continuing.preview = at_once
    services.continuing.failure = ModelError("connection refused")

    with qtbot.waitSignal(continuation.failed):
        continuation.continue_branch(request_of(wish(), branch))

    qtbot.waitUntil(lambda: workspace.branch is not None and workspace.branch.name == "branch 2")


def test_the_text_streams_whole_each_time(continuation: Continuation, workspace: Workspace, qtbot: QtBot) -> None:
    branch = opened(workspace, qtbot)
    texts: list[str] = []
    continuation.generation_updated.connect(lambda update: texts.append(update.text))

    with qtbot.waitSignal(continuation.generation_finished):
        continuation.continue_branch(request_of(wish(), branch))

    assert texts[-1] == "Thursday at half past seven is free."
    assert texts == sorted(texts, key=len)


def test_stopping_ends_it_and_shows_what_was_kept(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.holds = True
    with qtbot.waitSignal(continuation.generation_updated):
        continuation.continue_branch(request_of(wish(), branch))
    assert continuation.is_running

    with qtbot.waitSignal(continuation.generation_stopped):
        continuation.stop()

    assert services.continuing.was_cancelled
    assert not continuation.is_running
    qtbot.waitUntil(lambda: workspace.head == 123)


def test_what_was_stopped_is_tried_again_without_saying_it_twice(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.holds = True
    with qtbot.waitSignal(continuation.generation_updated):
        continuation.continue_branch(request_of(wish(say="And?"), branch))
    with qtbot.waitSignal(continuation.generation_stopped):
        continuation.stop()
    services.continuing.holds = False
    answers = ToolAnswers(policy="stub")

    could = continuation.can_try_again
    with qtbot.waitSignal(continuation.generation_finished):
        continuation.try_again(answers)

    assert could
    assert [(one.say, one.retry_of) for one in services.continuing.requests] == [("And?", None), (None, "the newest")]
    assert services.continuing.requests[-1].tool_answers is answers
    assert not continuation.can_try_again


def test_what_was_never_sent_cannot_be_tried_again(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.failure = ModelError("connection refused")
    with qtbot.waitSignal(continuation.failed):
        continuation.continue_branch(request_of(wish(say="And?"), branch))

    continuation.try_again(ToolAnswers())

    assert not continuation.can_try_again
    assert not continuation.is_running
    assert len(services.continuing.requests) == 1


def test_stopping_at_once_ends_it_whether_it_began_or_not(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.holds = True

    with qtbot.waitSignal(continuation.generation_stopped):
        continuation.continue_branch(request_of(wish(), branch))
        continuation.stop()

    assert not continuation.is_running


def test_a_failure_is_told_in_the_words_of_the_server(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.failure = ModelError("model 'llama9' not found")

    with qtbot.waitSignal(continuation.failed) as failed:
        continuation.continue_branch(request_of(wish(), branch))

    assert failed.args == ["model 'llama9' not found"]
    assert not continuation.is_running


def test_a_second_wish_waits_for_nobody_and_is_dropped(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.holds = True
    with qtbot.waitSignal(continuation.generation_updated):
        continuation.continue_branch(request_of(wish(), branch))

    continuation.continue_branch(request_of(wish(say="again"), branch))
    with qtbot.waitSignal(continuation.generation_stopped):
        continuation.stop()

    assert len(services.continuing.requests) == 1


def test_a_person_who_went_elsewhere_is_not_pulled_back(
    continuation: Continuation, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    branch = opened(workspace, qtbot)
    services.continuing.holds = True
    with qtbot.waitSignal(workspace.moment_ready, check_params_cb=lambda moment: moment.position == 122):
        continuation.continue_branch(request_of(wish(), branch))
    workspace.seek(10)

    with qtbot.waitSignal(continuation.generation_stopped):
        continuation.stop()

    qtbot.waitUntil(lambda: workspace.head == 123)
    assert workspace.playhead == 10


def test_models_are_listed_when_asked(continuation: Continuation, qtbot: QtBot) -> None:
    with qtbot.waitSignal(continuation.models_ready) as ready:
        continuation.ask_models()

    assert ready.args is not None
    assert [model.name for model in ready.args[0]] == ["smollm2:135m", "llama3.2:3b"]


def test_where_no_server_answers_the_reason_is_told(
    bridge: Bridge, workspace: Workspace, services: Services, qtbot: QtBot
) -> None:
    async def nobody() -> tuple[ModelInfo, ...]:
        raise ModelError("no server answers at 127.0.0.1:11434")

    continuation = Continuation(replace(services, models=nobody), bridge, workspace)
    with qtbot.waitSignal(continuation.models_failed) as failed:
        continuation.ask_models()

    assert failed.args == ["no server answers at 127.0.0.1:11434"]
