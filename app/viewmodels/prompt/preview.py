"""Works out what would be sent, beside the main thread; the newest wish only."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from app.domain.text_diff import text_diff
from app.viewmodels.prompt.prompt_text import prompt_text, recorded_prompt_text
from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.application.continuing import ContinueRequest
    from app.application.preparing import Prepared
    from app.domain.text_diff import Piece
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services

LONGEST: Final = 200_000
"""Characters shown; a longer prompt is cut on screen, never when it is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPrompt:
    """A request before it is sent.

    Attributes:
        text: as ``prompt_text`` writes it; ``is_cut`` when it is longer than what is shown.
        pieces: what is different from the last request on this line; None when there was none.
        tokens, window: estimated length, and what it has to fit into.
        is_sure: whether the estimate rests on earlier runs of the model.
        verdict: ``fits``, ``uncertain`` or ``too long``.
        dropped: how many of the oldest entries a server that cuts would leave out.
        recommended: names of Branchline's own list of this turn; strategy: the one that makes it.
    """

    text: str = field(repr=False)
    is_cut: bool
    pieces: tuple[Piece, ...] | None = field(repr=False)
    tokens: int
    window: int
    is_sure: bool
    verdict: str
    dropped: int = 0
    recommended: tuple[str, ...]
    strategy: str


class PromptPreview(QObject):
    """One preview at a time.

    Signals:
        ready(object): the ``ShownPrompt`` of the newest wish.
        failed(str): why there is none, in one sentence.
    """

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._bridge = services, bridge
        self._wish = 0
        self._future: Future[Any] | None = None

    def ask(self, request: ContinueRequest, at: int) -> None:
        """Prepare a request as if the branch ended at a position; ``ready`` or ``failed`` follows."""
        self.close()
        self._future = self._services.io.submit(self._prepared(self._wish, request, at))

    def close(self) -> None:
        """Nothing is told any more of what was asked for."""
        self._wish += 1
        if self._future is not None:
            self._future.cancel()
            self._future = None

    async def _prepared(self, wish: int, request: ContinueRequest, at: int) -> None:
        try:
            import asyncio  # noqa: PLC0415 -- start-up time

            fork = await asyncio.to_thread(self._services.forking.allowed_fork, request.branch, at)
            prepared = await self._services.continuing.preview(request, fork.position)
            shown = await asyncio.to_thread(self._shown, prepared, fork.position)
        except Exception as error:  # noqa: BLE001 -- whatever it was is told to the person who asked
            self._bridge.post(partial(self._tell, wish, self.failed, str(error) or type(error).__name__))
        else:
            self._bridge.post(partial(self._tell, wish, self.ready, shown))

    def _shown(self, prepared: Prepared, at: int) -> ShownPrompt:
        whole = prompt_text([one.message for one in prepared.messages], prepared.chat.options)
        text = tamed(whole[:LONGEST])
        last = self._last_sent(prepared.request.branch, at)
        own = prepared.request.own_list
        items = own.shown["items"] if own is not None and own.shown is not None else ()
        estimate = prepared.estimate
        return ShownPrompt(
            text=text,
            is_cut=len(whole) > LONGEST,
            pieces=text_diff(tamed(last[:LONGEST]), text) if last is not None else None,
            tokens=estimate.tokens,
            window=estimate.num_ctx,
            is_sure=bool(estimate.runs),
            verdict=estimate.verdict,
            dropped=len(estimate.dropped),
            recommended=tuple(str(one.get("name") or one["item"]) for one in items),
            strategy=str(own.shown["strategy"]["name"]) if own is not None and own.shown is not None else "",
        )

    def _last_sent(self, branch: str, at: int) -> str | None:
        runs = self._services.time_machine.runs(branch, 1, at)
        return recorded_prompt_text(runs[-1][0].data) if runs else None

    def _tell(self, wish: int, told: Any, outcome: object) -> None:
        if wish == self._wish:
            told.emit(outcome)
