"""Ollama's streaming answers: newline-delimited JSON, read with suspicion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.ollama.refusals import explain_error
from app.application.ports import ChatDone
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_LINE_BYTES: Final = 8 * 1024 * 1024


class Message(msgspec.Struct):
    """The part of a message that is shown."""

    content: str = ""


class ChatLine(msgspec.Struct):
    """One line of ``/api/chat``; fields it does not name are ignored."""

    message: Message | None = None
    done: bool = False
    done_reason: str = ""
    error: Any = None
    prompt_eval_count: int | None = None
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
            tokens=self.eval_count,
            durations={name: value for name, value in durations.items() if value is not None},
        )


_DURATIONS: Final = ("total_duration", "load_duration", "prompt_eval_duration", "eval_duration")
_DECODER: Final = msgspec.json.Decoder(ChatLine)


async def chat_lines(chunks: AsyncIterator[bytes], limit: int = MAX_LINE_BYTES) -> AsyncIterator[ChatLine]:
    """The lines of an answer; raises ``ModelError`` for an error line and one that is too long or no JSON."""
    rest = bytearray()
    async for chunk in chunks:
        *lines, tail = chunk.split(b"\n")
        for line in lines:
            rest += line
            if len(rest) > limit:
                break
            if rest.strip():
                yield _parse(bytes(rest))
            rest.clear()
        rest += tail
        if len(rest) > limit:
            raise ModelError(f"The model server sent a line of more than {limit:,} bytes; the answer was stopped.")
    if rest.strip():
        yield _last_line(bytes(rest))


def _parse(line: bytes) -> ChatLine:
    try:
        parsed = _DECODER.decode(line)
    except UnicodeError:
        raise ModelError("The model server sent text that is not valid UTF-8; the answer was stopped.") from None
    except msgspec.DecodeError as error:
        raise ModelError(f"The model server sent a line that cannot be read: {error}.") from None
    if parsed.error:
        raise ModelError(explain_error(parsed.error))
    return parsed


def _last_line(line: bytes) -> ChatLine:
    """A line without its end: complete JSON is taken, anything else broke off."""
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        raise ModelError("The model server broke off in the middle of a line.") from None
    return _parse(line)
