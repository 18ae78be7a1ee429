"""Prompts within two hundredths of the window, on either side: never a false mark, never a missed one."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from fakes.continuing_scene import Scene
from fakes.making import new_event, said
from fakes.old_server import CountingServer, size_of

from app.application.continuing import Continuing
from app.domain.errors import PromptTooLong

if TYPE_CHECKING:
    from app.application.continuing import ContinueResult
    from app.domain.transcript import Entry

NUM_CTX = 1_000
OLD, NEW = "0.11.4", "0.32.15"
NEAR = (-20, -19, -11, -5, -2, -1, 0, 1, 2, 5, 11, 19, 20)


class Talk:
    """A long conversation whose prompt has exactly ``NUM_CTX + beyond`` tokens by the server's own count."""

    def __init__(self, version: str, beyond: int, *, warm: bool, seed: int = 0) -> None:
        random = Random(f"{seed} {beyond}")
        texts = [_words(random, random.randint(1, 60)) for _ in range(25)]
        missing = NUM_CTX + beyond - size_of([*texts, "", "Be brief."])
        assert missing > 0
        self.say = _words(random, missing)
        self.scene = Scene(told=[*_instructed(), *said(texts)])
        self.server = CountingServer(version, warm=warm)
        scene = self.scene
        self.continuing = Continuing(scene.store, scene.machine, self.server, scene.clock, _Ids())

    def run(self, num_ctx: int = NUM_CTX, **wish: Any) -> ContinueResult:
        options = {"num_ctx": num_ctx, "num_predict": 1}
        request = self.scene.request(say=self.say, options=options, **wish)
        return asyncio.run(self.continuing.run(request, self.scene.updates.append))

    def entry(self) -> Entry:
        """The answer as the conversation shows it."""
        scene = self.scene
        head = scene.store.branch(scene.branch).head
        count = scene.machine.bounded(scene.branch, head).conversation.entries
        return scene.machine.entries(scene.branch, count, 1, head)[0]

    def warm_up(self) -> None:
        """The same prompt just before, on a branch of its own."""
        self.scene.store.fork(self.scene.main, self.scene.fork, branch_id="w", name="w")
        own, self.scene.branch = self.scene.branch, "w"
        self.run()
        self.scene.branch = own
        self.server.cuts.clear()


class _Ids:
    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"t{self._count}"


def _instructed() -> list[Any]:
    return [new_event(0, "conversation.instructions-changed", {"text": "Be brief."})]


def _words(random: Random, count: int) -> str:
    return " ".join("".join(random.choices("abcdefgh", k=random.randint(1, 14))) for _ in range(count))


@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("beyond", NEAR)
def test_an_old_server_that_cuts_silently_is_found_out_and_never_wrongly(beyond: int, warm: bool) -> None:
    talk = Talk(OLD, beyond, warm=warm)
    if warm:
        talk.warm_up()

    result = talk.run()

    completed = talk.scene.recorded()[-1].data
    assert result.truncated is completed["truncated"] is talk.server.cuts[0] is (beyond > 0)
    assert (result.truncation is None) is (beyond <= 0)
    assert talk.entry().truncated is result.truncated
    assert completed.get("truncation", {}).get("num_ctx", NUM_CTX) == NUM_CTX


@pytest.mark.parametrize("seed", range(6))
def test_it_does_not_hang_on_how_long_the_messages_are(seed: int) -> None:
    for beyond in (-3, -1, 1, 3):
        talk = Talk(OLD, beyond, warm=True, seed=seed)
        assert talk.run().truncated is (beyond > 0)


@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("beyond", NEAR)
def test_a_new_server_refuses_what_it_would_cut_and_nothing_else(beyond: int, warm: bool) -> None:
    talk = Talk(NEW, beyond, warm=warm)

    if beyond > 0:
        with pytest.raises(PromptTooLong):
            talk.run()
        assert talk.scene.types() == ["message-posted", "requested", "failed"]
    else:
        assert not talk.run().truncated


@pytest.mark.parametrize("beyond", [1, 20, 400])
def test_what_may_be_cut_is_cut_and_marked_with_the_exact_figures(beyond: int) -> None:
    talk = Talk(NEW, beyond, warm=False)

    result = talk.run(may_cut=True)

    _, first, refused, second, _, completed = talk.scene.recorded()
    assert talk.scene.types() == [
        "message-posted", "requested", "failed", "requested", "message-posted", "completed",
    ]  # fmt: skip
    assert second.data["retry_of"] == first.id
    assert second.causation_id == refused.id
    assert (result.truncated, completed.data["truncation"]["prompt_tokens"]) == (True, NUM_CTX + beyond)
    assert f"{NUM_CTX + beyond:,} tokens does not fit the window of 1,000" in str(result.truncation)


@pytest.mark.parametrize("beyond", [-20, 0])
def test_what_may_be_cut_and_fits_is_not_marked(beyond: int) -> None:
    assert not Talk(NEW, beyond, warm=True).run(may_cut=True).truncated


@pytest.mark.parametrize(("num_ctx", "cut"), [(9_000, False), (400, True)])
def test_a_server_that_tells_no_usable_count_is_doubted_by_the_estimate_alone(num_ctx: int, cut: bool) -> None:
    talk = Talk("0.1.30", 600, warm=True)

    assert talk.run(num_ctx=num_ctx).truncated is talk.server.cuts[0] is cut
    assert len(talk.server.cuts) == 1
