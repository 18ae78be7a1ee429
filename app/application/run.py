"""One continuation, request by request: the model answers, or calls tools and is asked again with their results."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.application.continue_request import ContinueResult
from app.application.ports import ChatDone, PhaseChanged, TextArrived, ThinkingArrived, ToolCallArrived
from app.application.recording import Answered
from app.domain import truncation
from app.domain.errors import BadInput, ModelError, PromptTooLong, WrongPosition
from app.domain.prompt import PromptMessage, tool_call_message, tool_result_message
from app.domain.server_versions import counts_cached
from app.domain.truncation import Counts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from app.application.continue_request import ContinueRequest
    from app.application.ports import AnswerChecker, ChatPart, ChatRequest, ModelClient, Outgoing
    from app.application.preparing import Prepared
    from app.application.recording import Recorder
    from app.application.run_progress import RunProgress
    from app.application.tool_replies import Reply, ToolReplies
    from app.domain.truncation import Truncation

_UNANSWERED: Final = {"source": "none"}


@dataclass(slots=True)
class _Heard:
    """What came of one request."""

    calls: list[ToolCallArrived] = field(default_factory=list)
    done: ChatDone | None = None
    server_version: str = ""


class Run:
    """Asks, listens, answers tools, and hands everything to the recorder."""

    def __init__(
        self,
        client: ModelClient,
        recorder: Recorder,
        progress: RunProgress,
        replies: ToolReplies,
        checker: AnswerChecker | None,
    ) -> None:
        self._client, self._recorder, self._progress = client, recorder, progress
        self._replies, self._checker = replies, checker

    async def to_the_end(self, prepared: Prepared, request: ContinueRequest) -> ContinueResult:
        """See ``Continuing.run``; whatever ends it early is recorded and passed on."""
        heard = _Heard()
        try:
            return await self._rounds(prepared, request, heard)
        except asyncio.CancelledError:
            self._recorder.cancelled(self._answered(heard))
            self._progress.ended_early("cancelled", recorded=self._recorder.has_asked)
            raise
        except (ModelError, WrongPosition) as error:
            self._recorder.failed(self._answered(heard), str(error))
            self._progress.ended_early("failed", recorded=self._recorder.has_asked)
            raise

    async def _rounds(self, prepared: Prepared, request: ContinueRequest, heard: _Heard) -> ContinueResult:
        called = 0
        while True:
            done, found = await self._asked(prepared, request, heard)
            called += len(heard.calls)
            fault = await self._fault(request) if not heard.calls else None
            position = await self._completed(prepared, request, heard, done, found, fault)
            if not heard.calls:
                self._progress.report("done")
                return self._result(prepared, done, found, fault, position, called)
            results = await self._replied(heard.calls, within=called <= request.tool_answers.most_calls)
            if called > request.tool_answers.most_calls:
                raise ModelError(
                    f"the model called more than {request.tool_answers.most_calls} tools; the run was ended there"
                )
            prepared = prepared.followed_by(self._follow_up(request, heard.calls, results))
            heard.calls = []
            self._progress.begin()

    async def _asked(
        self, prepared: Prepared, request: ContinueRequest, heard: _Heard
    ) -> tuple[ChatDone, tuple[Counts, Truncation]]:
        """Ask once; a prompt that the server refuses as too long is sent again to be cut, if that was wished."""
        refused: PromptTooLong | None = None
        try:
            done = await self._listened(prepared, prepared.chat, heard)
        except PromptTooLong as error:
            if not request.may_cut:
                raise
            refused = error
            self._recorder.failed(self._answered(heard), str(error))
            self._recorder.try_again()
            done = await self._listened(prepared, replace(prepared.chat, may_cut=True), heard)
        counts = Counts(
            prompt=done.prompt_tokens,
            answer=done.tokens,
            server_version=heard.server_version,
            told_to_refuse=refused is None,
            refused=refused.tokens if refused else None,
            window=refused.room if refused else done.window,
        )
        found = truncation.judged(prepared.estimate, counts)
        if found.finding == "unknown":
            fewer = await self._counted_without_oldest(prepared) if counts_cached(heard.server_version) else None
            found = truncation.settled(found, prepared.estimate, done.prompt_tokens, fewer)
        return done, (counts, found)

    async def _listened(self, prepared: Prepared, chat: ChatRequest, heard: _Heard) -> ChatDone:
        async def on_sending(outgoing: Outgoing) -> None:
            heard.server_version = outgoing.server_version
            await _unbroken(self._recorder.requested, outgoing, prepared)

        async with _closed_after(self._client.chat(chat, on_sending)) as parts:
            async for part in parts:
                match part:
                    case PhaseChanged(phase):
                        self._progress.report(phase)
                    case TextArrived(text):
                        self._progress.arrived(text)
                    case ThinkingArrived(text):
                        self._progress.arrived(thinking=text)
                    case ToolCallArrived():
                        heard.calls.append(self._recorder.named(part))
                        self._progress.arrived()
                    case ChatDone():
                        return part
                if self._progress.is_too_long:
                    raise ModelError("the model's answer has no end in sight; it was stopped")
        raise ModelError(f"the server at {self._client.address} ended the answer without saying that it is done")

    async def _counted_without_oldest(self, prepared: Prepared) -> int | None:
        """A question to old servers only: they neither refuse nor tell."""
        chat = prepared.without_oldest()
        if chat is None:
            return None

        async def unrecorded(outgoing: Outgoing) -> None:
            """It repeats a part of the request that is recorded, and what it finds is recorded with the answer."""

        async with _closed_after(self._client.chat(chat, unrecorded)) as parts:
            async for part in parts:
                if isinstance(part, ChatDone):
                    return part.prompt_tokens
        return None

    async def _fault(self, request: ContinueRequest) -> str | None:
        if request.format is None or self._checker is None:
            return None
        try:
            return await asyncio.to_thread(self._checker.fault, self._progress.text, request.format)
        except BadInput as error:
            return str(error)  # only now could it be seen that the schema makes no sense; the answer is kept

    async def _completed(
        self,
        prepared: Prepared,
        request: ContinueRequest,
        heard: _Heard,
        done: ChatDone,
        found: tuple[Counts, Truncation],
        fault: str | None,
    ) -> int:
        counts, cut = found
        progress = self._progress
        facts: dict[str, Any] = {
            "done_reason": done.done_reason,
            "prompt_tokens": done.prompt_tokens,
            "tokens": done.tokens,
            "durations": dict(done.durations),
            "phases_s": progress.phases,
            "first_token_s": progress.first_token_s,
            "tokens_per_second": progress.tokens_per_second,
            "estimate": prepared.estimate.to_json(),
            "truncated": cut.finding == "cut",
        }
        if done.cached_tokens is not None:
            facts["cached_tokens"] = done.cached_tokens
        if cut.finding != "whole":
            facts["truncation"] = truncation.to_json(prepared.estimate, counts, cut)
        if request.format is not None and self._checker is not None and not heard.calls:
            facts |= {"format_followed": fault is None, **({"format_fault": fault} if fault else {})}
        return await _unbroken(self._recorder.completed, replace(self._answered(heard), facts=facts))

    async def _replied(self, calls: list[ToolCallArrived], *, within: bool) -> list[Reply | None]:
        """Results in the order of the calls; whatever happens, no call is left open on the branch."""
        self._progress.report("calling tool")
        replies: list[Reply | None] = []
        try:
            for call in calls if within else ():
                reply = await self._replies.reply(call)
                self._recorder.returned(call.call_id, reply.result, error=reply.error, source=reply.source)
                replies.append(reply)
        finally:
            for call in calls[len(replies) :]:
                why = "nobody answered this call" if within else "the run had called too many tools"
                self._recorder.returned(call.call_id, why, error=True, source=_UNANSWERED)
        return replies

    def _follow_up(
        self, request: ContinueRequest, calls: list[ToolCallArrived], replies: list[Reply | None]
    ) -> list[PromptMessage]:
        asked = tool_call_message(self._progress.text, ((call.name, dict(call.arguments)) for call in calls))
        if request.with_thinking and self._progress.thinking:
            asked["thinking"] = self._progress.thinking
        told = [
            PromptMessage(tool_result_message(call.name, reply.result if reply else None), call.call_id)
            for call, reply in zip(calls, replies, strict=True)
        ]
        return [PromptMessage(asked, calls[0].call_id), *told]

    def _answered(self, heard: _Heard) -> Answered:
        progress = self._progress
        reached = {"phase": progress.phase}
        return Answered(text=progress.text, thinking=progress.thinking, calls=tuple(heard.calls), facts=reached)

    def _result(
        self,
        prepared: Prepared,
        done: ChatDone,
        found: tuple[Counts, Truncation],
        fault: str | None,
        position: int,
        called: int,
    ) -> ContinueResult:
        cut, progress = found[1], self._progress
        return ContinueResult(
            branch=prepared.branch.id,
            position=position,
            text=progress.text,
            thinking=progress.thinking,
            model=prepared.model.name,
            done_reason=done.done_reason,
            prompt_tokens=done.prompt_tokens,
            tokens=done.tokens,
            durations=done.durations,
            truncated=cut.finding == "cut",
            truncation=cut.reason or None,
            request=self._recorder.request_id,
            format_fault=fault,
            tool_calls=called,
            first_token_s=progress.first_token_s,
            tokens_per_second=progress.tokens_per_second,
        )


R = TypeVar("R")


@asynccontextmanager
async def _closed_after(parts: AsyncIterator[ChatPart]) -> AsyncIterator[AsyncIterator[ChatPart]]:
    """Whoever stops listening early ends the request now, not when the parts are thrown away."""
    try:
        yield parts
    finally:
        close = getattr(parts, "aclose", None)  # generators have it; the port promises less
        if close is not None:
            await close()


async def _unbroken(work: Callable[..., R], *arguments: Any) -> R:
    """Do it in another thread. A cancel waits until it is done: what was appended must be known to what comes next."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
