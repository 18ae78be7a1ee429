"""Ollama's streaming answers: newline-delimited JSON, read with suspicion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from app.adapters.ollama.refusals import told_failure
from app.application.ports import ChatDone, PullProgress, ToolCallArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_LINE_BYTES: Final = 8 * 1024 * 1024
MAX_STREAM_BYTES: Final = 64 * 1024 * 1024
"""Of one answer: half a million tokens, each in a line of its own."""


class Function(msgspec.Struct):
    """What a model wants to be called."""

    name: str = ""
    arguments: dict[str, Any] = {}


class ToolCall(msgspec.Struct):
    """A call in a message; ``id`` is there since 0.12 or so."""

    function: Function
    id: str = ""

    def part(self) -> ToolCallArrived:
        return ToolCallArrived(call_id=self.id, name=self.function.name, arguments=self.function.arguments)


class Message(msgspec.Struct):
    """The part of a message that is kept."""

    content: str = ""
    thinking: str = ""
    tool_calls: list[ToolCall] | None = None


class Line(msgspec.Struct):
    """What every line may be instead of what was asked for."""

    error: Any = None


class ChatLine(Line):
    """One line of ``/api/chat``; fields it does not name are ignored."""

    message: Message | None = None
    done: bool = False
    done_reason: str = ""
    prompt_eval_count: int | None = None
    prompt_eval_cached_count: int | None = None
    eval_count: int | None = None
    total_duration: int | None = None
    load_duration: int | None = None
    prompt_eval_duration: int | None = None
    eval_duration: int | None = None

    def end(self) -> ChatDone:
        durations = {name: getattr(self, name) for name in _DURATIONS}
        return ChatDone(
            done_reason=self.done_reason,
            prompt_tokens=self.prompt_eval_count,
            cached_tokens=self.prompt_eval_cached_count,
            tokens=self.eval_count,
            durations={name: value for name, value in durations.items() if value is not None},
        )


class PullLine(Line):
    """One line of ``/api/pull``."""

    status: str = ""
    digest: str = ""
    total: int | None = None
    completed: int | None = None

    def progress(self) -> PullProgress:
        return PullProgress(status=self.status, digest=self.digest, completed=self.completed, total=self.total)


_DURATIONS: Final = ("total_duration", "load_duration", "prompt_eval_duration", "eval_duration")
L = TypeVar("L", bound=Line)


async def lines(
    chunks: AsyncIterator[bytes], kind: type[L], limit: int = MAX_LINE_BYTES, total: int = MAX_STREAM_BYTES
) -> AsyncIterator[L]:
    """The lines of an answer; raises ``ModelError`` for an error line and one that is too long or no JSON."""
    decoder = msgspec.json.Decoder(kind)
    rest = bytearray()
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        *whole, tail = chunk.split(b"\n")
        for line in whole:
            rest += line
            if len(rest) > limit:
                break
            if rest.strip():
                yield _parsed(bytes(rest), decoder)
            rest.clear()
        rest += tail
        if len(rest) > limit:
            raise ModelError(f"The model server sent a line of more than {limit:,} bytes; the answer was stopped.")
        if received > total:
            raise ModelError(f"The model server sent more than {total:,} bytes; the answer was stopped.")
    if rest.strip():
        yield _last_line(bytes(rest), decoder)


def _parsed(line: bytes, decoder: msgspec.json.Decoder[L]) -> L:
    try:
        parsed = decoder.decode(line)
    except UnicodeError:
        raise ModelError("The model server sent text that is not valid UTF-8; the answer was stopped.") from None
    except msgspec.DecodeError as error:
        raise ModelError(f"The model server sent a line that cannot be read: {error}.") from None
    if parsed.error:
        raise told_failure(parsed.error)
    return parsed


def _last_line(line: bytes, decoder: msgspec.json.Decoder[L]) -> L:
    """A line without its end: complete JSON is taken, anything else broke off."""
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        raise ModelError("The model server broke off in the middle of a line.") from None
    return _parsed(line, decoder)
