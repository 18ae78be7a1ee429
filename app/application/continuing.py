"""Continue a branch with a model: what is asked, what is reported, what is recorded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from app.application import preparing
from app.application.continue_request import ContinueRequest, ContinueResult, ContinueUpdate
from app.application.ports import NoRunMarks
from app.application.recording import Recorder
from app.application.retrying import request_again
from app.application.run import Run
from app.application.run_progress import RunProgress
from app.application.tool_replies import ToolReplies
from app.application.turns import Turns
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.ports import AnswerChecker, Clock, EventStore, Ids, ModelClient, ModelInfo, RunMarks
    from app.application.preparing import Prepared
    from app.application.time_machine import TimeMachine

__all__ = ["ContinueRequest", "ContinueResult", "ContinueUpdate", "Continuing"]


class Continuing:
    """Runs a model at the end of a branch and records what was sent and what came back."""

    def __init__(
        self,
        store: EventStore,
        time_machine: TimeMachine,
        client: ModelClient,
        clock: Clock,
        ids: Ids,
        *,
        checker: AnswerChecker | None = None,
        marks: RunMarks | None = None,
    ) -> None:
        self._store, self._time_machine, self._client = store, time_machine, client
        self._clock, self._ids, self._checker = clock, ids, checker
        self._marks = marks or NoRunMarks()
        self._preparing = preparing.Preparing(store, time_machine, checker)
        self._turns = Turns(store, time_machine)

    async def models(self) -> tuple[ModelInfo, ...]:
        """Models of the server. Raises ModelError."""
        return await self._client.models()

    async def preview(self, request: ContinueRequest, at: int | None = None) -> Prepared:
        """What ``run`` would send, and how much of the window it takes; nothing is sent or recorded.

        ``at``: as if the branch ended at this position, where a new one would leave it.

        Raises BadInput, and ModelError when the server cannot be reached or its model cannot do what is asked.
        """
        model = preparing.chosen(await self._client.models(), request.model, self._client.address)
        branch = self._store.branch(request.branch)
        if at is not None:
            branch = replace(branch, head=min(at, branch.head))
        request = await asyncio.to_thread(self._turns.completed, request, branch)
        return await asyncio.to_thread(self._preparing.prepared, request, branch, model)

    def again(self, branch: str, request: str | None = None) -> ContinueRequest:
        """The wish that repeats an earlier one: the request event given, else the last that failed or was stopped.

        What the customer said stands on the branch already, so nothing is said again. Raises NotFound, BadInput.
        """
        return request_again(self._store, self._time_machine, branch, request)

    async def run(self, request: ContinueRequest, on_update: Callable[[ContinueUpdate], None]) -> ContinueResult:
        """Continue a branch; cancelling the task stops at once and keeps the partial text as an event.

        Nothing is recorded unless the request was about to leave. Raises ModelError (recorded as
        ``generation.failed`` once something was sent), WrongPosition, BadInput, CancelledError.
        """
        if self._store.read_only:
            raise StoreUnusable(f"the store {self._store.location} is read-only: a continuation could not be recorded")
        progress = RunProgress(on_update, self._clock)
        progress.report("connecting")
        prepared = await self.preview(request)
        request = prepared.request
        recorder = Recorder(self._store, self._clock, self._ids, self._marks, prepared.branch, request)
        replies = ToolReplies(self._store, self._time_machine, prepared.branch, request.tool_answers)
        return await Run(self._client, recorder, progress, replies, self._checker).to_the_end(prepared, request)
