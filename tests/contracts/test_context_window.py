"""The built-in model's window to the token: what is refused, what is marked, warm and cold, how well it is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes.continuing_scene import Scene
from fakes.sequential_ids import SequentialIds
from fakes.weights import model_file

from app.adapters.engine.process import EngineProcess
from app.adapters.io_thread import IoThread
from app.adapters.ollama.client import OllamaClient
from app.application.continuing import Continuing
from app.domain.errors import PromptTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.continuing import ContinueResult

pytestmark = pytest.mark.model
WINDOW = 256
BARE = 30
"""Tokens of the scene's prompt without the words that are added; a test holds this too."""
LONG = {"type": "array", "items": {"type": "integer"}, "minItems": 60}
"""An answer of more than a hundred tokens."""
WARM, COLD = {}, {"seed": 1}
"""With a seed the engine reads the whole prompt again, so that the same seed gives the same text."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with EngineProcess(model_file()) as process:
        yield process.address


class Talk:
    def __init__(self, io: IoThread, address: str) -> None:
        self.io, self.scene, self.client = io, Scene(), OllamaClient(address)
        scene = self.scene
        self.continuing = Continuing(scene.store, scene.machine, self.client, scene.clock, SequentialIds("w"))

    def wish(self, tokens: int, **more: Any) -> Any:
        """A prompt of exactly so many tokens."""
        options = {"num_ctx": WINDOW, "num_predict": 1, **more.pop("options", {})}
        return self.scene.request(say="word" + " word" * (tokens - BARE - 1), options=options, **more)

    def run(self, tokens: int, **more: Any) -> ContinueResult:
        return self.io.submit(self.continuing.run(self.wish(tokens, **more), self.scene.updates.append)).result()


@pytest.fixture
def talk(address: str) -> Iterator[Talk]:
    with IoThread() as io:
        talk = Talk(io, address)
        yield talk
        io.submit(talk.client.close()).result()


@pytest.mark.parametrize("cache", [WARM, COLD])
@pytest.mark.parametrize("tokens", [WINDOW - 5, WINDOW - 1])
def test_a_prompt_that_just_fits_is_answered_and_not_marked(talk: Talk, tokens: int, cache: dict[str, Any]) -> None:
    for _ in range(2):
        talk.scene.branch = talk.scene.store.fork(
            talk.scene.main,
            talk.scene.fork,
            branch_id=f"f{len(talk.scene.updates)}",
            name=f"f{len(talk.scene.updates)}",
        ).id
        result = talk.run(tokens, options=cache)

        assert (result.prompt_tokens, result.truncated, result.truncation) == (tokens, False, None)


@pytest.mark.parametrize("cache", [WARM, COLD])
@pytest.mark.parametrize("tokens", [WINDOW, WINDOW + 5])
def test_a_prompt_that_just_does_not_fit_is_refused_with_its_length(
    talk: Talk, tokens: int, cache: dict[str, Any]
) -> None:
    with pytest.raises(PromptTooLong) as caught:
        talk.run(tokens, options=cache)

    assert (caught.value.tokens, caught.value.room) == (tokens, WINDOW)
    assert talk.scene.recorded()[-1].type == "generation.failed"


@pytest.mark.parametrize("tokens", [WINDOW, WINDOW + 5])
def test_one_that_may_be_cut_is_marked_with_both_lengths(talk: Talk, tokens: int) -> None:
    result = talk.run(tokens, may_cut=True)

    assert result.truncated
    assert f"the prompt of {tokens:,} tokens does not fit the window of {WINDOW}" in str(result.truncation)
    assert result.prompt_tokens is not None
    assert result.prompt_tokens < WINDOW


def test_an_answer_that_fills_the_window_ends_there_and_the_prompt_was_whole(talk: Talk) -> None:
    result = talk.run(WINDOW - 20, options={"num_predict": -1}, format=LONG)

    assert (result.done_reason, result.truncated) == ("length", False)
    assert (result.prompt_tokens or 0) + (result.tokens or 0) == WINDOW


def test_a_window_that_llama_cpp_rounds_up_gives_no_false_mark(talk: Talk) -> None:
    result = talk.run(265, options={"num_ctx": 270, "num_predict": 40}, format=LONG)

    assert (result.prompt_tokens or 0) + (result.tokens or 0) > 270
    assert not result.truncated


def test_the_estimate_is_near_and_nearer_once_the_model_has_counted(talk: Talk) -> None:
    first = talk.io.submit(talk.continuing.preview(talk.wish(200))).result().estimate
    said = talk.run(
        200, options={"temperature": 0}
    )  # an answer by chance may be no word at all, and then nothing follows
    counted = said.prompt_tokens
    again = talk.io.submit(talk.continuing.preview(talk.wish(60, options={"num_ctx": 512}))).result().estimate
    result = talk.run(60, options={"num_ctx": 512})

    assert (counted, bool(said.text)) == (200, True)
    assert (first.runs, again.runs) == (0, 1)
    assert first.low < 200 < first.high
    assert abs(first.tokens - 200) < 40
    assert again.low <= (result.prompt_tokens or 0) <= again.high
    assert abs(again.tokens - (result.prompt_tokens or 0)) < 15
    assert again.counted > 200
