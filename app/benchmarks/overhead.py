"""``bench overhead``: what recording and watching an answer costs, beside the bare ``ollama`` client, pair by pair."""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from app import bootstrap
from app.application.continue_request import ContinueRequest
from app.application.ports import SessionDraft, no_progress
from app.domain.events import NewEvent
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.continue_request import ContinueUpdate
    from app.application.ports import Progress
    from app.bootstrap import Core, Models

PAIRS: Final = 40
TOKENS: Final = 64
TALK: Final = (
    "Hello, I ordered a blue shirt two weeks ago and it has not arrived yet.",
    "I am sorry about that. Could you tell me your order number, please?",
    "It is 4711. I paid for delivery within three days.",
    "Thank you. The parcel left our warehouse on Monday and is with the carrier.",
)
SAY: Final = "When will it be here, and can I send it back if it does not fit?"
OPTIONS: Final = {"temperature": 0.8, "num_ctx": 2048, "num_predict": TOKENS}
"""Without a seed, so that the built-in model too has the prompt in its cache: what is timed is not the model."""
FEWEST: Final = 8
"""Pieces of an answer that is long enough to have a rate."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer.

    Attributes:
        first_ms, first_cpu_ms: to the first piece, by the clock and of this process's CPU time.
        rate: pieces a second after it.
        piece_cpu_us: CPU time of this process for each of them.
        pieces: how many there were.
    """

    first_ms: float
    first_cpu_ms: float
    rate: float
    piece_cpu_us: float
    pieces: int


class Clocked:
    """Notes when pieces come, by the clock and by the CPU time of this process, which no neighbour disturbs."""

    def __init__(self) -> None:
        self._times = [(time.perf_counter(), time.process_time())]

    def piece(self) -> None:
        self._times.append((time.perf_counter(), time.process_time()))

    def taken(self) -> Taken:
        (start, start_cpu), (first, first_cpu), (last, last_cpu) = self._times[0], self._times[1], self._times[-1]
        more = len(self._times) - 2
        return Taken(
            first_ms=(first - start) * 1000,
            first_cpu_ms=(first_cpu - start_cpu) * 1000,
            rate=more / (last - first) if more else 0.0,
            piece_cpu_us=(last_cpu - first_cpu) * 1e6 / more if more else 0.0,
            pieces=more + 1,
        )


def measure(*, pairs: int = PAIRS, progress: Progress = no_progress) -> dict[str, Any]:
    """Medians over pairs, in turn first and second; the server is ``OLLAMA_HOST`` or the built-in model.

    ``first_token_ms``: how much later the first piece comes than with the bare client, the median of the pairs'
    differences; ``first_token_cpu_ms``: the same of CPU time. ``rate_ratio``: pieces a second, the median of the
    pairs' quotients.
    """
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder, _opened(Path(folder)) as (core, models):
        version = models.io.submit(models.client.version()).result()
        taken: list[tuple[Taken, Taken]] = []
        for pair in range(pairs + 1):
            both = {"ours": _ours, "bare": _bare}
            order = sorted(both, reverse=pair % 2 == 1)
            by_name = {name: both[name](core, models, pair) for name in order}
            if pair and min(one.pieces for one in by_name.values()) >= FEWEST:  # the first pair loads the model
                taken.append((by_name["ours"], by_name["bare"]))
            progress(pair, pairs, "asking")
        return {"server": models.client.address, "server_version": version, **_figures(taken)}


def _figures(taken: list[tuple[Taken, Taken]]) -> dict[str, Any]:
    if not taken:
        return {"pairs": 0}
    ours, bare = [one for one, _ in taken], [one for _, one in taken]

    def later(name: str) -> Any:
        return round(median(getattr(a, name) - getattr(b, name) for a, b in taken), 2)

    return {
        "pairs": len(taken),
        "first_token_ms": later("first_ms"),
        "first_token_cpu_ms": later("first_cpu_ms"),
        "ours_first_ms": round(median(one.first_ms for one in ours), 1),
        "bare_first_ms": round(median(one.first_ms for one in bare), 1),
        "rate_ratio": round(median(a.rate / b.rate for a, b in taken), 3),
        "ours_tokens_s": round(median(one.rate for one in ours), 1),
        "bare_tokens_s": round(median(one.rate for one in bare), 1),
        "ours_piece_cpu_us": round(median(one.piece_cpu_us for one in ours)),
        "bare_piece_cpu_us": round(median(one.piece_cpu_us for one in bare)),
    }


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Core, Models]]:
    def say(_: str) -> None:
        """Where no Ollama answers the built-in model stands in; the result says which it was."""

    with (
        bootstrap.core(str(folder / "b.branchline"), create=True) as core,
        bootstrap.models(say, no_progress) as models,
    ):
        header = SessionHeader(id="bench", title="bench", source="urn:branchline:bench")
        events = [_message(number, text) for number, text in enumerate(TALK)]
        core.store.store_session(SessionDraft(header=header, events=[("main", one) for one in events]))
        yield core, models


def _message(number: int, text: str) -> NewEvent:
    role = "assistant" if number % 2 else "user"
    data = {"message_id": f"m{number}", "role": role, "text": text}
    return NewEvent(
        id=f"e{number}", source="urn:branchline:bench", type="conversation.message-posted", data=data, actor=role
    )


def _ours(core: Core, models: Models, pair: int) -> Taken:
    """A whole continuation as the window and the command line run it: prepared, recorded, watched."""
    (main, *_) = core.store.branches("bench")
    branch = core.store.fork(main.id, main.head, branch_id=f"b{pair}", name=f"b{pair}").id
    continuing = core.continuing(models.client)
    clocked, seen = Clocked(), 0

    def watch(update: ContinueUpdate) -> None:
        nonlocal seen
        if update.tokens > seen:
            seen = update.tokens
            clocked.piece()

    models.io.submit(continuing.run(ContinueRequest(branch=branch, say=SAY, options=OPTIONS), watch)).result()
    return clocked.taken()


def _bare(core: Core, models: Models, pair: int) -> Taken:
    return models.io.submit(_asked_bare(models.client.address, models)).result()


async def _asked_bare(address: str, models: Models) -> Taken:
    import ollama

    model = (await models.client.models())[0].name
    roles = ("user", "assistant")
    messages = [{"role": roles[number % 2], "content": text} for number, text in enumerate((*TALK, SAY))]
    client = ollama.AsyncClient(address, trust_env=False)
    try:
        clocked = Clocked()
        async for part in await client.chat(model, messages, stream=True, options=dict(OPTIONS)):
            if part.message.content:
                clocked.piece()
        return clocked.taken()
    finally:
        await client._client.aclose()  # noqa: SLF001 - it has no way of its own to be closed
