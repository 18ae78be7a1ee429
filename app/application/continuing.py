"""Continue a branch with a model: what is asked, what is reported, what is recorded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from app.application.continue_request import ContinueRequest, ContinueResult, ContinueUpdate
from app.application.ports import ChatDone, ChatRequest, PhaseChanged, TextArrived
from app.application.recording import Recorder
from app.domain.errors import BadInput, ModelError, StoreUnusable
from app.domain.model_options import ModelOptions
from app.domain.prompt import chat_messages
from app.domain.tokens import estimated_prompt_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.application.ports import Clock, EventStore, Ids, ModelClient, ModelInfo, Outgoing
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch


__all__ = ["ContinueRequest", "ContinueResult", "ContinueUpdate", "Continuing"]

NUM_CTX_STEP: Final = 2_048
ANSWER_ROOM: Final = 1_024
"""Tokens kept free for the answer when nobody said how long it may be."""


class Continuing:
    """Runs a model at the end of a branch and records what was sent and what came back."""

    def __init__(
        self, store: EventStore, time_machine: TimeMachine, client: ModelClient, clock: Clock, ids: Ids
    ) -> None:
        self._store, self._time_machine, self._client = store, time_machine, client
        self._clock, self._ids = clock, ids

    async def models(self) -> tuple[ModelInfo, ...]:
        """Models of the server. Raises ModelError."""
        return await self._client.models()

    async def run(self, request: ContinueRequest, on_update: Callable[[ContinueUpdate], None]) -> ContinueResult:
        """Continue a branch; cancelling the task stops at once and keeps the partial text as an event.

        Nothing is recorded unless the request was about to leave. Raises ModelError (recorded as
        ``generation.failed`` once something was sent), WrongPosition, BadInput, CancelledError.
        """
        if self._store.read_only:
            raise StoreUnusable(f"the store {self._store.location} is read-only: a continuation could not be recorded")
        model = await self._chosen(request.model)
        branch = self._store.branch(request.branch)
        messages = await asyncio.to_thread(self._messages, request, branch)
        options = self._options(request, model, messages)
        recorder = Recorder(self._store, self._clock, self._ids, branch, request, model.name)
        progress = _Progress(on_update, self._clock)
        chat = ChatRequest(model=model.name, messages=messages, options=options, allow_remote=request.allow_remote)
        try:
            done = await self._listen(chat, recorder, progress)
        except asyncio.CancelledError:
            recorder.cancelled(progress.text)
            progress.report("cancelled")
            raise
        except ModelError as error:
            recorder.failed(progress.text, str(error))
            progress.report("failed")
            raise
        truncated = _was_truncated(messages, options, done)
        position = recorder.completed(progress.text, done, truncated=truncated)
        progress.report("done")
        return ContinueResult(
            branch=branch.id,
            position=position,
            text=progress.text,
            model=model.name,
            done_reason=done.done_reason,
            prompt_tokens=done.prompt_tokens,
            tokens=done.tokens,
            durations=done.durations,
            truncated=truncated,
        )

    async def _chosen(self, name: str | None) -> ModelInfo:
        models = await self._client.models()
        if not models:
            raise ModelError(f"the server at {self._client.address} has no model; pull one first")
        if name is None:
            return models[0]
        for model in models:
            if name in (model.name, model.name.removesuffix(":latest")):
                return model
        raise ModelError(f"the server at {self._client.address} has no model {name!r}; it has {_names(models)}")

    def _messages(self, request: ContinueRequest, branch: Branch) -> tuple[Mapping[str, Any], ...]:
        now = self._time_machine.bounded(branch.id, branch.head)
        transcript = self._time_machine.entries(branch.id, 1, now.conversation.entries, branch.head)
        instructions = request.instructions if request.instructions is not None else now.conversation.instructions
        messages = chat_messages(transcript, instructions=instructions, say=request.say)
        if not any(message["role"] != "system" for message in messages):
            raise BadInput("there is nothing to answer: the branch has no messages yet, so say something first")
        return messages

    @staticmethod
    def _options(
        request: ContinueRequest, model: ModelInfo, messages: tuple[Mapping[str, Any], ...]
    ) -> Mapping[str, Any]:
        """The wished options; ``num_ctx`` is always said, for a server's own default cuts silently."""
        options = ModelOptions.of(request.options).to_json()
        if "num_ctx" not in options:
            answer = options.get("num_predict", ANSWER_ROOM)
            room = answer if isinstance(answer, int) and answer > 0 else ANSWER_ROOM
            needed = round(1.25 * estimated_prompt_tokens(messages)) + room
            stepped = -(-needed // NUM_CTX_STEP) * NUM_CTX_STEP
            options["num_ctx"] = min(stepped, model.context_length or stepped)
        return options

    async def _listen(self, chat: ChatRequest, recorder: Recorder, progress: _Progress) -> ChatDone:
        async def on_sending(outgoing: Outgoing) -> None:
            await asyncio.to_thread(recorder.requested, outgoing)

        async for part in self._client.chat(chat, on_sending):
            match part:
                case PhaseChanged(phase):
                    progress.report(phase)
                case TextArrived(text):
                    progress.arrived(text)
                case ChatDone():
                    return part
        raise ModelError(f"the server at {self._client.address} ended the answer without saying that it is done")


def _names(models: tuple[ModelInfo, ...]) -> str:
    return ", ".join(model.name for model in models[:5])


def _was_truncated(messages: tuple[Mapping[str, Any], ...], options: Mapping[str, Any], done: ChatDone) -> bool:
    """Whether a server that does not know ``truncate`` seems to have cut the prompt (the estimate is rough)."""
    if done.prompt_tokens is None:
        return False
    estimate = estimated_prompt_tokens(messages)
    return estimate > options["num_ctx"] and done.prompt_tokens < estimate // 2


class _Progress:
    """Where a run stands, told to whoever watches."""

    def __init__(self, on_update: Callable[[ContinueUpdate], None], clock: Clock) -> None:
        self._on_update, self._clock = on_update, clock
        self._started, self._first_piece = clock.now(), 0
        self._pieces: list[str] = []
        self._phase = "connecting"

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def arrived(self, text: str) -> None:
        if not self._pieces:
            self._first_piece = self._clock.now()
        self._pieces.append(text)
        self.report(self._phase)

    def report(self, phase: str) -> None:
        self._phase = phase
        now, pieces = self._clock.now(), len(self._pieces)
        generating = (now - self._first_piece) / 1e6
        self._on_update(
            ContinueUpdate(
                phase=phase,
                text=self.text,
                tokens=pieces,
                elapsed_s=(now - self._started) / 1e6,
                tokens_per_second=(pieces - 1) / generating if pieces > 1 and generating > 0 else None,
            )
        )
