"""What a call of a model was given or gave, whichever library wrote it down, as pieces of what was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.traces.message_parts import Parts, openai_call, plain_text, result_of
from app.adapters.files.traces.said import Said, parsed, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_DEEPEST: Final = 8
_SPEAKER: Final = re.compile(r"^(system|developer|user|human|assistant|ai|tool|function): ?", re.MULTILINE)
_TAKEN: Final = frozenset({
    "role", "content", "contents", "parts", "tool_calls", "tool_call_id", "function_call", "type", "text", "data",
    "invalid_tool_calls", "additional_kwargs", "message", "thinking", "reasoning_content",
})  # fmt: skip
_TELLING: Final = ("name", "id", "finish_reason", "refusal", "weight", "usage_metadata", "response_metadata")
_ALONE: Final = ("prompt", "input", "question", "query", "text", "content", "output", "answer", "response", "result")
"""Members by which an object stands for one text, in the order in which they are tried."""
_SPEAKERS: Final = (
    "human", "ai", "system", "tool", "function", "user", "assistant", "developer", "AIMessageChunk",
)  # fmt: skip
"""Kinds of messages in LangChain; the kinds of parts (``text``, ``image``) say nothing of who speaks."""
_CUT: Final = re.compile(r'\s*(?:\[\s*)?\{\s*"(?:role|messages|parts|choices)"\s*:')
"""How lists of messages begin; what begins so and is no JSON was cut off."""
_MARKUP: Final = frozenset({"None", "null", ""})
_BROKEN: Final = {"content": "role"}
"""What one tracer writes in place of a message: the name of a member."""


def said_in(value: Any, default: str = "user") -> tuple[Said, ...] | None:
    """The pieces in a value of any known form; None when it holds none. ``default`` speaks where nobody is named."""
    value = parsed(value)
    if isinstance(value, str) and _CUT.match(value):
        return None  # a list of messages that a limit of the producer cut off, and no words of anybody
    found = tuple(_said(value, default, 0))
    return found or None


def answers_in(value: Any) -> tuple[tuple[Said, ...], ...]:
    """The answers of a call, the one that counts first; empty when none is told."""
    value = parsed(value)
    choices = value.get("choices") if isinstance(value, dict) else value
    if isinstance(choices, list) and len(choices) > 1 and all(_is_choice(one) for one in choices):
        found = [said_in(one, "assistant") for one in choices]
        return tuple(said for said in found if said is not None)
    said = said_in(value, "assistant")
    return () if said is None else (said,)


def _is_choice(value: Any) -> bool:
    """Of several messages only choices tell each why it ended."""
    return isinstance(value, dict) and "finish_reason" in value and value.get("role", "assistant") == "assistant"


def _said(value: Any, default: str, deep: int) -> Iterator[Said]:
    if deep > _DEEPEST or value is None:
        return
    if isinstance(value, str):
        yield from _texts(value, default)
    elif isinstance(value, list):
        for one in value:
            yield from _said(one, default, deep + 1)
    elif isinstance(value, dict):
        yield from _object(value, default, deep)


def _texts(text: str, default: str) -> Iterator[Said]:
    """A text, or several with the speaker before each: ``user: …``, as some instrumentation writes them."""
    places = list(_SPEAKER.finditer(text)) if _SPEAKER.match(text) else []
    if not places:
        if text.strip() not in _MARKUP:
            yield Said("message", role=default, text=text)
        return
    for place, after in zip(places, [*places[1:], None], strict=True):
        role, words = role_of(place[1]), text[place.end() : after.start() if after else None].rstrip("\n")
        if words.strip() in _MARKUP:
            continue
        yield result_of(words) if role == "tool" else Said("message", role=role, text=words)


def _object(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    if value == _BROKEN:
        return
    for keys, read in _SHAPES:
        if any(key in value and value[key] not in (None, []) for key in keys):
            yield from read(value, default, deep)
            return
    if isinstance(value.get("toolName"), str) or value.get("type") in _ITEMS:
        yield from _pieces(default, value, [value])
        return
    if isinstance(value.get("system"), str) and value["system"]:
        yield Said("message", role="system", text=value["system"])
    for key in _ALONE:
        if isinstance(value.get(key), (str, list)) and value[key]:
            yield from _said(value[key], default, deep + 1)
            return


def _whole(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    """A message with a role, or one of LangChain with a type."""
    kind = value.get("type")
    role = role_of(value.get("role") or (kind if kind in _SPEAKERS else None), default)
    inner = value.get("data") if "content" not in value and "parts" not in value else None
    if isinstance(inner, dict):  # LangChain: {"type": "human", "data": {"content": …}}
        yield from _whole({**inner, "type": kind}, role, deep + 1) if deep < _DEEPEST else ()
        return
    content = value.get("parts", value.get("contents", value.get("content")))
    if isinstance(content, dict):
        if role == "tool" and content.get("type") == "function":
            return  # LangChain's tracer tells the tools that there are as if a tool had spoken
        content = [content]
    if role == "tool" and "parts" not in value:
        yield _result(value, content)
        return
    yield from _pieces(role, value, content if isinstance(content, list) else [] if content is None else [content])


def _result(value: Mapping[str, Any], content: Any) -> Said:
    text = plain_text(content)
    failed = value.get("status") == "error"
    return result_of(text or content, value.get("tool_call_id") or value.get("id"), value.get("name"), error=failed)


def _pieces(role: str, value: Mapping[str, Any], content: list[Any]) -> Iterator[Said]:
    parts = Parts()
    parts.take(content)
    extra = value.get("additional_kwargs")
    more = extra.get("tool_calls") if isinstance(extra, dict) else None
    calls = value.get("tool_calls") or more
    for call in calls if isinstance(calls, list) and not parts.calls else ():
        if (known := openai_call(call)) is not None:
            parts.calls.append(known)
    if isinstance(legacy := value.get("function_call"), dict) and not parts.calls and content is not None:
        parts.calls += [one for one in [openai_call({"function": legacy})] if one is not None]
    yield from parts.results
    text = "\n".join(one for one in parts.texts if one)
    if text or parts.kept or parts.thoughts or not (parts.calls or parts.results):
        yield Said("message", role=role, text=text, beside=_beside(value, parts))
    yield from parts.calls


def _beside(value: Mapping[str, Any], parts: Parts) -> dict[str, Any]:
    told = {key: value[key] for key in _TELLING if value.get(key) not in (None, {}, [], "")}
    if "id" in told:
        told["source_id"] = told.pop("id")
    thoughts = [*parts.thoughts, *(value[key] for key in ("thinking", "reasoning_content") if _is_text(value, key))]
    if thoughts:
        told["thinking"] = "\n".join(thoughts)
    if parts.kept:
        told["parts"] = parts.kept
    return told


def _is_text(value: Mapping[str, Any], key: str) -> bool:
    return isinstance(value.get(key), str) and bool(value[key])


def _within(*keys: str) -> Callable[[Mapping[str, Any], str, int], Iterator[Said]]:
    """Reads what lies under the first of ``keys`` that is there."""

    def read(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
        yield from _said(next(value[key] for key in keys if value.get(key)), default, deep + 1)

    return read


def _constructed(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    """An object of LangChain that was written as how to make it: ``{"lc": 1, "id": […, "HumanMessage"], "kwargs"}``."""
    names, inner = value.get("id"), value["kwargs"]
    if isinstance(inner, dict) and isinstance(names, list) and names and isinstance(names[-1], str):
        kind = names[-1].removesuffix("Chunk").removesuffix("Message").lower()
        inner = {"type": kind, **inner} if kind in _SPEAKERS else inner
    yield from _said(inner, default, deep + 1)


def _answer(*keys: str) -> Callable[[Mapping[str, Any], str, int], Iterator[Said]]:
    read_within = _within(*keys)

    def read(value: Mapping[str, Any], _default: str, deep: int) -> Iterator[Said]:
        yield from read_within(value, "assistant", deep)

    return read


def _first_choice(value: Mapping[str, Any], _default: str, deep: int) -> Iterator[Said]:
    """The first of several answers to one question; the others are alternatives that nobody was told."""
    choices = value["choices"]
    first = choices[0] if isinstance(choices, list) else choices
    yield from _said(first, "assistant", deep + 1)


def _choice(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    inner = value.get("message") or value.get("delta")
    reason = value.get("finish_reason")
    for one in _said(inner, "assistant" if "finish_reason" in value or "index" in value else default, deep + 1):
        if reason and one.kind == "message":
            yield Said(one.kind, one.role, one.text, beside={**one.beside, "finish_reason": reason})
        else:
            yield one


def _gemini_answer(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    content = value["content"]
    if isinstance(content, dict):
        yield from _said(content, "assistant", deep + 1)
    else:
        yield from _whole(value, default, deep)


_Reader = tuple[tuple[str, ...], "Callable[[Mapping[str, Any], str, int], Iterator[Said]]"]


def _spoken(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    """``role`` stands on messages only; ``content`` alone is Gemini's answer when an object lies below it."""
    yield from _whole(value, default, deep) if "role" in value else _gemini_answer(value, default, deep)


def _request_of_gemini(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    config = value.get("config")
    if isinstance(config, dict) and isinstance(config.get("system_instruction"), str):
        yield Said("message", role="system", text=config["system_instruction"])
    yield from _said(value["contents"], default, deep + 1)


def _lists(value: Mapping[str, Any], default: str, deep: int) -> Iterator[Said]:
    if isinstance(value.get("instructions"), str):
        yield Said("message", role="system", text=value["instructions"])
    yield from _said(value["messages"], default, deep + 1)


_ITEMS: Final = ("function_call", "function_call_output", "tool-call", "tool-result", "tool_use", "reasoning")
_SHAPES: Final[tuple[_Reader, ...]] = (
    (("messages",), _lists),
    (("choices",), _first_choice),
    (("generations",), _answer("generations")),
    (("candidates",), _answer("candidates")),
    (("kwargs",), _constructed),
    (("message", "delta"), _choice),
    (("contents",), _request_of_gemini),
    (("role", "parts"), _whole),
    (("tool_call_id", "tool_calls"), _whole),
    (("data",), _whole),
    (("content",), _spoken),
)
