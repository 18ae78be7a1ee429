"""Spans with the conventions of OpenInference, whose messages are lists written flat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.traces.flattened import unflattened
from app.adapters.files.traces.message_parts import openai_call, result_of
from app.adapters.files.traces.messages import said_in
from app.adapters.files.traces.said import Said, parsed, role_of, without_instructions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.adapters.files.traces.steps import Step, StepKind

KIND: Final = "openinference.span.kind"
REDACTED: Final = "__REDACTED__"
_KINDS: Final[Mapping[str, StepKind]] = {
    "LLM": "model", "TOOL": "tool", "RETRIEVER": "retrieval", "RERANKER": "retrieval",
}  # fmt: skip
_COUNTS: Final = {
    "llm.token_count.prompt": "prompt_tokens",
    "llm.token_count.completion": "tokens",
    "llm.token_count.prompt_details.cache_read": "cached_tokens",
    "llm.token_count.prompt_details.cache_write": "cache_write_tokens",
    "llm.token_count.completion_details.reasoning": "reasoning_tokens",
}
PREFIXES: Final = (
    "llm.input_messages.", "llm.output_messages.", "llm.tools.", "llm.prompts.", "llm.choices.", "retrieval.documents.",
    "reranker.output_documents.", "reranker.input_documents.",
)  # fmt: skip
"""Attributes that are read as lists."""
TAKEN: Final = frozenset({
    *_COUNTS, "llm.model_name", "llm.request.model_name", "llm.response.model_name", "llm.invocation_parameters",
    "input.value", "input.mime_type", "output.value", "output.mime_type", "llm.token_count.total", "llm.finish_reason",
    "tool.name", "tool.id", "session.id", "user.id",
})  # fmt: skip


def is_openinference(attributes: Mapping[str, Any]) -> bool:
    return KIND in attributes or any(key.startswith("llm.input_messages.") for key in attributes)


def kind_of(attributes: Mapping[str, Any]) -> StepKind:
    name = str(attributes.get(KIND, "LLM")).upper()
    return _KINDS.get(name, "other")


def read(step: Step, attributes: Mapping[str, Any]) -> None:
    """Fill a step from a span's attributes. Raises BadInput for lists that are none."""
    names = ("llm.response.model_name", "llm.model_name", "llm.request.model_name")
    step.model = step.model or next((str(attributes[key]) for key in names if attributes.get(key)), None)
    step.counts |= {ours: attributes[key] for key, ours in _COUNTS.items() if key in attributes}
    if isinstance(attributes.get("llm.finish_reason"), str):
        step.counts["done_reason"] = attributes["llm.finish_reason"]
    if isinstance(options := parsed(attributes.get("llm.invocation_parameters")), dict):
        step.options |= options
    if (tools := unflattened(attributes, "llm.tools")) is not None:
        step.tools = [_schema(one) for one in tools] if isinstance(tools, list) else tools
    if step.kind in ("tool", "retrieval"):
        _looked_up(step, attributes)
    else:
        _spoken(step, attributes)


def _spoken(step: Step, attributes: Mapping[str, Any]) -> None:
    given = _messages(attributes, "llm.input_messages") or _texts(attributes, "llm.prompts", "prompt", "user")
    answered = _messages(attributes, "llm.output_messages") or _texts(
        attributes, "llm.choices", "completion", "assistant"
    )
    given = given or _value(attributes, "input.value", "user")
    answered = answered or _value(attributes, "output.value", "assistant")
    if given is not None:
        step.instructions, step.given = without_instructions(given)
    if answered is not None:
        step.answered = answered


def _looked_up(step: Step, attributes: Mapping[str, Any]) -> None:
    step.name = str(attributes.get("tool.name") or step.name)
    step.call_id = str(attributes.get("tool.id") or attributes.get("tool_call.id") or "")
    step.arguments = _seen(parsed(attributes.get("input.value")))
    step.result = _seen(parsed(attributes.get("output.value")))
    for key in ("retrieval.documents", "reranker.output_documents"):
        documents = unflattened(attributes, key)
        if isinstance(documents, list):
            step.result = {"documents": [_below(one, "document") for one in documents]}
    offered = unflattened(attributes, "reranker.input_documents")
    if isinstance(offered, list):
        step.arguments = {"input": step.arguments, "documents": [_below(one, "document") for one in offered]}


def _messages(attributes: Mapping[str, Any], prefix: str) -> tuple[Said, ...] | None:
    entries = unflattened(attributes, prefix)
    if not isinstance(entries, list):
        return None
    return tuple(said for entry in entries for said in _message(_below(entry, "message"))) or None


def _message(message: Any) -> Iterator[Said]:
    if not isinstance(message, dict):
        return
    role = role_of(message.get("role"))
    contents = [_content(one) for one in _entries(message.get("contents"))]
    content: Any = contents or message.get("content")
    if content == REDACTED:
        content = None
    if role == "tool":
        text = said_in(content, "tool") or ()
        value = "\n".join(one.text for one in text) or content
        yield result_of(value, message.get("tool_call_id"), message.get("name"))
        return
    calls = [openai_call(_below(one, "tool_call")) for one in _entries(message.get("tool_calls"))]
    if content is not None or not calls:
        yield from said_in({"role": role, "content": content or "", "name": message.get("name")}, role) or ()
    yield from (one for one in calls if one is not None)


def _content(entry: Any) -> Any:
    part = _below(entry, "message_content")
    if isinstance(part, dict) and part.get("text") == REDACTED:
        return {**part, "type": "redacted"}
    return part


def _texts(attributes: Mapping[str, Any], prefix: str, below: str, role: str) -> tuple[Said, ...] | None:
    entries = unflattened(attributes, prefix)
    found = (_below(entry, below) for entry in _entries(entries))
    texts = [one.get("text") for one in found if isinstance(one, dict)]
    return tuple(Said("message", role, text) for text in texts if isinstance(text, str)) or None


def _value(attributes: Mapping[str, Any], key: str, role: str) -> tuple[Said, ...] | None:
    value = _seen(attributes.get(key))
    return None if value is None else said_in(value, role)


def _seen(value: Any) -> Any:
    return None if value == REDACTED else value


def _schema(tool: Any) -> Any:
    found = _below(tool, "tool")
    return parsed(found.get("json_schema")) if isinstance(found, dict) and "json_schema" in found else found


def _below(entry: Any, name: str) -> Any:
    return entry.get(name, entry) if isinstance(entry, dict) else entry


def _entries(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else ()
