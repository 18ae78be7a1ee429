"""One line of a Codex rollout as steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.steps import Called, Returned, Said, Unknown
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, parsed, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.chats.steps import Step

FORM: Final = "codex"
_CALLS: Final = frozenset({"function_call", "custom_tool_call", "local_shell_call", "web_search_call"})
_RESULTS: Final = frozenset({"function_call_output", "custom_tool_call_output"})


class ItemReader:
    """Reads lines in order; the model is told once and counts for what follows."""

    def __init__(self) -> None:
        self._model: str | None = None

    def steps(self, line: Any) -> Sequence[Step]:
        entry = mapping(line)
        payload = mapping(entry.get("payload"))
        time = moment(entry.get("timestamp")) or moment(payload.get("timestamp"))
        if entry.get("type") == "turn_context":
            self._model = identifier(payload.get("model")) or self._model
        if entry.get("type") != "response_item":
            return (Unknown(value=line, time=time),)
        kind = text(payload.get("type"))
        if kind == "message" and isinstance(payload.get("role"), str):
            return (self._said(payload, time),)
        if kind == "reasoning":
            return (self._thought(payload, time),)
        if kind in _CALLS:
            return (self._called(payload, kind, time),)
        if kind in _RESULTS:
            rest = beside(payload, {"type", "call_id", "output", "timestamp"})
            call_id = identifier(payload.get("call_id")) or ""
            return (Returned(name="", result=parsed(payload.get("output")), call_id=call_id, time=time, beside=rest),)
        return (Unknown(value=line, time=time),)

    def _said(self, payload: Mapping[str, Any], time: int | None) -> Step:
        content = payload.get("content")
        parts = items(content)
        words = "\n".join(told for part in parts if (told := text(mapping(part).get("text")))) or text(content)
        rest = beside(payload, {"type", "role", "content", "timestamp"})
        if any(mapping(part).keys() - {"type", "text"} for part in parts):
            rest["parts"] = content
        is_answer = payload["role"] == "assistant"
        return Said(
            role="system" if payload["role"] == "developer" else payload["role"],
            text=words,
            time=time,
            model=self._model if is_answer else None,
            beside=rest,
        )

    def _thought(self, payload: Mapping[str, Any], time: int | None) -> Step:
        told = [*items(payload.get("summary")), *items(payload.get("content"))]
        words = "\n\n".join(words for part in told if (words := text(mapping(part).get("text"))))
        rest = beside(payload, {"type", "summary", "content", "timestamp"})
        return Said(role="assistant", text="", thinking=words, time=time, model=self._model, beside=rest)

    def _called(self, payload: Mapping[str, Any], kind: str, time: int | None) -> Step:
        arguments = next((payload[key] for key in ("arguments", "input", "action") if key in payload), None)
        return Called(
            name=text(payload.get("name")) or kind,
            arguments=parsed(arguments),
            call_id=identifier(payload.get("call_id")) or "",
            time=time,
            model=self._model,
            beside=beside(payload, {"type", "name", "arguments", "input", "action", "call_id", "timestamp"}),
        )
