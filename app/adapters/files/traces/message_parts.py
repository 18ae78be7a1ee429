"""The parts of one message, in the forms of OpenAI, Anthropic, Gemini, LangChain, Vercel and OpenTelemetry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.traces.said import Said, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_TEXT: Final = frozenset({"text", "input_text", "output_text", ""})
_THOUGHT: Final = frozenset({"reasoning", "thinking", "thought"})


@dataclass(slots=True)
class Parts:
    """What the parts of a message came to."""

    texts: list[str] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    thoughts: list[str] = field(default_factory=list)
    calls: list[Said] = field(default_factory=list)
    results: list[Said] = field(default_factory=list)

    def take(self, parts: Iterable[Any]) -> None:
        for part in parts:
            if isinstance(part, str):
                self.texts.append(part)
            elif isinstance(part, dict):
                self._part(part)
            elif part is not None:
                self.kept.append(part)

    def _part(self, part: Mapping[str, Any]) -> None:
        kind = part.get("type", "")
        kind = kind.replace("-", "_") if isinstance(kind, str) else "?"
        if (handler := _HANDLERS.get(kind) or _by_shape(part)) is not None:
            handler(self, part)
        elif kind in _THOUGHT and (text := _first_text(part, "content", "text", "thinking", "reasoning")):
            self.thoughts.append(text)
        elif kind in _TEXT and (text := _first_text(part, "text", "content")) is not None:
            self.texts.append(text)
        else:
            self.kept.append(part)


def call_of(name: Any, arguments: Any, call_id: Any = "") -> Said:
    return Said("call", role="assistant", name=_text(name), call_id=_text(call_id), value=parsed(arguments))


def result_of(value: Any, call_id: Any = "", name: Any = "", *, error: bool = False) -> Said:
    return Said("result", role="tool", name=_text(name), call_id=_text(call_id), value=parsed(value), error=error)


def openai_call(call: Any) -> Said | None:
    """An entry of ``tool_calls``, in OpenAI's form or LangChain's; None when it names no tool."""
    if not isinstance(call, dict):
        return None
    function = call.get("function")
    if isinstance(function, dict):
        return call_of(function.get("name"), function.get("arguments"), call.get("id"))
    if isinstance(call.get("name"), str):
        arguments = next((call[key] for key in ("args", "arguments", "input") if key in call), None)
        return call_of(call["name"], arguments, call.get("id"))
    return None


def plain_text(value: Any) -> str:
    """The text of a content that is text or a list of parts."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = Parts()
        parts.take(value)
        if not (parts.kept or parts.calls or parts.results):
            return "\n".join(parts.texts)
    return ""


def _called(parts: Parts, part: Mapping[str, Any]) -> None:
    arguments = next((part[key] for key in ("arguments", "args", "input") if key in part), None)
    name = part.get("name") or part.get("toolName") or part.get("tool_name")
    call_id = part.get("call_id") or part.get("id") or part.get("toolCallId") or part.get("tool_call_id")
    parts.calls.append(call_of(name, arguments, call_id))


def _returned(parts: Parts, part: Mapping[str, Any]) -> None:
    keys = ("response", "result", "output", "content")  # the conventions' schema says response, their examples result
    value = next((part[key] for key in keys if key in part), None)
    if isinstance(value, list) and (text := plain_text(value)):
        value = text
    if isinstance(value, dict) and set(value) == {"type", "value"}:
        value = value["value"]  # Vercel: how the output is to be read, and the output
    call_id = part.get("call_id") or part.get("tool_use_id") or part.get("toolCallId") or part.get("id")
    name = part.get("name") or part.get("toolName")
    parts.results.append(result_of(value, call_id, name, error=part.get("is_error") is True))


def _gemini_call(parts: Parts, part: Mapping[str, Any]) -> None:
    call = part.get("function_call", part.get("functionCall"))
    if isinstance(call, dict):
        parts.calls.append(call_of(call.get("name"), call.get("args"), call.get("id")))


def _gemini_result(parts: Parts, part: Mapping[str, Any]) -> None:
    came = part.get("function_response", part.get("functionResponse"))
    if isinstance(came, dict):
        parts.results.append(result_of(came.get("response"), came.get("id"), came.get("name")))


_HANDLERS: Final[Mapping[str, Callable[[Parts, Mapping[str, Any]], None]]] = {
    "tool_call": _called, "tool_use": _called, "function_call": _called, "server_tool_call": _called,
    "tool_call_response": _returned, "tool_result": _returned, "function_call_output": _returned,
}  # fmt: skip


def _by_shape(part: Mapping[str, Any]) -> Callable[[Parts, Mapping[str, Any]], None] | None:
    if part.get("type"):
        return None
    if "function_call" in part or "functionCall" in part:
        return _gemini_call
    if "function_response" in part or "functionResponse" in part:
        return _gemini_result
    if "toolName" in part:
        return _called
    return None


def _first_text(part: Mapping[str, Any], *keys: str) -> str | None:
    return next((part[key] for key in keys if isinstance(part.get(key), str)), None)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
