"""Messages of training sets, ``{"from", "value"}`` or ``{"role", "content"}``, as steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.steps import Called, ChatNode, Instructed, Returned, Said
from app.adapters.files.chats.values import beside, identifier, items, mapping, parsed, text
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.adapters.files.chats.steps import Step

_ROLES: Final = {
    "human": "user", "user": "user", "prompter": "user",
    "gpt": "assistant", "assistant": "assistant", "chatgpt": "assistant", "bing": "assistant", "bard": "assistant",
    "model": "assistant", "bot": "assistant",
    "system": "system", "developer": "system",
    "tool": "tool", "observation": "tool", "function": "tool", "function_response": "tool", "ipython": "tool",
    "function_call": "call", "tool_call": "call",
}  # fmt: skip
_WORDS: Final = ("value", "content", "markdown", "text")
_TAKEN: Final = frozenset({
    "from", "role", "tool_calls", "tool_call_id", "function_call", "model", "thinking", "reasoning_content",
})  # fmt: skip


def line_of(rows: Iterable[Any], *, after: str | None = None, before: str = "t", first: int = 0) -> list[ChatNode]:
    """Messages that follow each other, the first one after ``after``; ids are ``before`` and a count from ``first``."""
    nodes: list[ChatNode] = []
    last = after
    for number, row in enumerate(rows, first):
        node_id = f"{before}{number}"
        nodes.append(ChatNode(id=node_id, parent=last, steps=_steps(row, number, is_first=number == 0)))
        last = node_id
    return nodes


def is_row(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("from", value.get("role")), str)


def _steps(row: Any, number: int, *, is_first: bool) -> Sequence[Step]:
    if not is_row(row):
        raise BadInput(f"message {number} says neither “from” nor “role”")
    speaker = row.get("from", row.get("role"))
    key = next((key for key in _WORDS if row.get(key) is not None), "")
    content = row.get(key) if key else None
    kept = beside(row, {*_TAKEN, key} if isinstance(content, str) else _TAKEN)
    role, said = _ROLES.get(speaker.lower(), speaker), _text(content)
    if role == "call":
        return _calls_in_text(said, kept)
    if role == "tool":
        call_id = identifier(row.get("tool_call_id")) or ""
        kept.pop("name", None)
        return (Returned(name=text(row.get("name")), result=parsed(said), call_id=call_id, beside=kept),)
    if role == "system" and is_first:
        return (Instructed(text=said, beside=kept),)
    calls = _calls(row)
    thinking = text(row.get("thinking")) or text(row.get("reasoning_content"))
    if calls and not said:
        return calls
    model = identifier(row.get("model"))
    return (Said(role=role, text=said, model=model, thinking=thinking, beside=kept), *calls)


def _text(content: Any) -> str:
    if isinstance(content, list):
        told = (part if isinstance(part, str) else text(mapping(part).get("text")) for part in content)
        return "\n".join(one for one in told if one)
    return text(content)


def _calls_in_text(said: str, kept: Mapping[str, Any]) -> Sequence[Step]:
    """Calls written as JSON: ``{"name", "arguments"}``, or a list of them."""
    found = parsed(said)
    calls = found if isinstance(found, list) else [found]
    if not calls or not all(isinstance(one, dict) and isinstance(one.get("name"), str) for one in calls):
        return (Called(name="tool", arguments=said, beside=kept),)
    return [
        Called(
            name=one["name"],
            arguments=parsed(one.get("arguments", one.get("parameters"))),
            call_id=identifier(one.get("id")) or "",
            beside={**(kept if number == 0 else {}), **beside(one, {"name", "arguments", "parameters", "id"})},
        )
        for number, one in enumerate(calls)
    ]


def _calls(row: Mapping[str, Any]) -> list[Called]:
    """Calls as OpenAI's API writes them."""
    listed = items(row.get("tool_calls"))
    if isinstance(row.get("function_call"), dict):
        listed = [*listed, {"function": row["function_call"]}]
    calls = []
    for one in listed:
        function = mapping(mapping(one).get("function")) or mapping(one)
        name = text(function.get("name"))
        if not name:
            raise BadInput("a tool call names no function")
        call_id = identifier(mapping(one).get("id")) or ""
        calls.append(Called(name=name, arguments=parsed(function.get("arguments")), call_id=call_id))
    return calls
