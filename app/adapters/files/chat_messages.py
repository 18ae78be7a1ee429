"""OpenAI chat messages as events: instructions, messages, tool calls and what they returned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files.json_records import JSON_ERRORS
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.drafting import SessionWriter

SYSTEM_ROLES: Final = ("system", "developer")
ROLES: Final = (*SYSTEM_ROLES, "user", "assistant", "tool", "function")
_TAKEN: Final = frozenset({"role", "content", "tool_calls", "tool_call_id", "function_call", "name"})
_FAILED: Final = re.compile(r"\s*(?:error\b|traceback \()", re.IGNORECASE)

_json: Final = msgspec.json.Decoder()


class ChatMessages:
    """Writes a list of messages; ``turn`` is a message's index in that list.

    The system messages that a conversation begins with are its instructions; a later one is a message.
    """

    def __init__(self, writer: SessionWriter) -> None:
        self._writer = writer
        self._open: dict[str, tuple[str, str]] = {}
        self._last_named: dict[str, str] = {}

    def write(self, messages: Sequence[Any]) -> None:
        """Raises BadInput, which names the message, when one is none."""
        checked = [_checked(number, message) for number, message in enumerate(messages)]
        opening = 0
        while opening < len(checked) and checked[opening]["role"] in SYSTEM_ROLES:
            opening += 1
        if opening:
            text = "\n\n".join(_text(message.get("content")) for message in checked[:opening])
            data = {"text": text, "turn": 0, **_beside(checked[0])}
            self._writer.add("conversation.instructions-changed", "system", data, part="t0")
        for number, message in enumerate(checked[opening:], opening):
            if message["role"] in ("tool", "function"):
                self._returned(number, message)
            else:
                self._posted(number, message)

    def _posted(self, number: int, message: Mapping[str, Any]) -> None:
        role, content = message["role"], message.get("content")
        calls = _calls(number, message)
        actor = "system" if role in SYSTEM_ROLES else role
        if content is not None or not calls:
            text = _text(content) or _text(message.get("refusal"))
            data: dict[str, Any] = {"message_id": f"t{number}", "role": actor, "text": text, "turn": number}
            if isinstance(content, list):
                data["parts"] = content
            if "name" in message:
                data["name"] = message["name"]
            self._writer.add("conversation.message-posted", actor, {**_beside(message), **data}, part=f"t{number}")
        for call in calls:
            self._called(number, call)

    def _called(self, number: int, call: Mapping[str, Any]) -> None:
        call_id = call["call_id"]
        if call_id in self._open:
            raise BadInput(f"message {number}: tool call {call_id} is made a second time before it returned")
        event_id = self._writer.add(
            "conversation.tool-called", "assistant", {**call, "turn": number}, part=f"t{number}"
        )
        self._open[call_id] = (event_id, call["name"])
        self._last_named[call["name"]] = call_id

    def _returned(self, number: int, message: Mapping[str, Any]) -> None:
        name = message.get("name")
        call_id = message.get("tool_call_id") or self._last_named.get(str(name), "")
        cause, called = self._open.pop(call_id, (None, ""))
        text = _text(message.get("content"))
        data: dict[str, Any] = {
            **_beside(message),
            "call_id": call_id or f"t{number}",
            "name": name if isinstance(name, str) else called,
            "result": _parsed(text),
            "error": _FAILED.match(text) is not None,
            "turn": number,
        }
        self._writer.add("conversation.tool-returned", "tool", data, part=f"t{number}", cause=cause)


def _checked(number: int, message: Any) -> Mapping[str, Any]:
    if not isinstance(message, dict) or message.get("role") not in ROLES:
        raise BadInput(f"message {number} has no role that is known ({', '.join(ROLES)})")
    if not isinstance(message.get("content"), (str, list, type(None))):
        raise BadInput(f"message {number}: its content is neither text nor a list of parts")
    if not isinstance(message.get("tool_call_id", ""), (str, type(None))):
        raise BadInput(f"message {number}: its tool_call_id is no text")
    return message


def _text(content: Any) -> str:
    """Text content; of a list of parts the texts, one under the other."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = [part if isinstance(part, str) else part.get("text") for part in content if isinstance(part, (str, dict))]
    return "\n".join(text for text in texts if isinstance(text, str))


def _beside(message: Mapping[str, Any]) -> dict[str, Any]:
    """Fields beside the known ones (``weight``, ``refusal`` …), kept as they are."""
    return {key: value for key, value in message.items() if key not in _TAKEN}


def _calls(number: int, message: Mapping[str, Any]) -> list[dict[str, Any]]:
    calls = message.get("tool_calls") or []
    if not isinstance(calls, list):
        raise BadInput(f"message {number}: its tool_calls are no list")
    if isinstance(legacy := message.get("function_call"), dict):
        calls = [*calls, {"function": legacy}]
    return [_call(number, index, call) for index, call in enumerate(calls)]


def _call(number: int, index: int, call: Any) -> dict[str, Any]:
    function = call.get("function") if isinstance(call, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise BadInput(f"message {number}: tool call {index} names no function")
    call_id = call.get("id")
    arguments = function.get("arguments")
    return {
        "call_id": call_id if isinstance(call_id, str) and call_id else f"t{number}/{index}",
        "name": function["name"],
        "arguments": _parsed(arguments) if isinstance(arguments, str) else arguments,
    }


def _parsed(text: str) -> Any:
    """The object or array that the text holds as JSON, else the text itself, so that ``007`` stays what it was."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return _json.decode(text)
    except JSON_ERRORS:
        return text
