"""Spans with OpenTelemetry's conventions for generative AI, of all three generations.

Up to 1.27: ``gen_ai.prompt`` and ``gen_ai.completion`` as JSON text, or flat as OpenLLMetry writes them, or on span
events; 1.28 to 1.36: an event for each message; from 1.37: ``gen_ai.input.messages`` and its like, as values or JSON
text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.traces.flattened import unflattened
from app.adapters.files.traces.messages import answers_in, said_in
from app.adapters.files.traces.said import Said, parsed, without_instructions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.files.traces.otlp_records import SpanEvent
    from app.adapters.files.traces.steps import Step, StepKind

_MODELS: Final = frozenset({"chat", "text_completion", "generate_content", "completion", "generate", "message", "llm"})
_TOOLS: Final = frozenset({"execute_tool", "tool"})
_COUNTS: Final = {
    "gen_ai.usage.input_tokens": "prompt_tokens", "gen_ai.usage.prompt_tokens": "prompt_tokens",
    "gen_ai.usage.output_tokens": "tokens", "gen_ai.usage.completion_tokens": "tokens",
    "gen_ai.usage.cache_read.input_tokens": "cached_tokens",
    "gen_ai.usage.cache_write.input_tokens": "cache_write_tokens",
    "gen_ai.usage.cache_creation.input_tokens": "cache_write_tokens",
    "gen_ai.usage.reasoning.output_tokens": "reasoning_tokens",
    "gen_ai.response.time_to_first_chunk": "first_token_s",
}  # fmt: skip
_CONTENT: Final = frozenset({
    "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions",
    "gen_ai.prompt", "gen_ai.completion", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result",
    "gen_ai.tool.call.id", "gen_ai.conversation.id", "gen_ai.request.model", "gen_ai.response.finish_reasons",
    "gen_ai.tool.name", "gen_ai.operation.name", "gen_ai.usage.total_tokens", "llm.usage.total_tokens",
    "gen_ai.retrieval.documents", "gen_ai.retrieval.query.text", "gen_ai.retrieval.top_k",
    "traceloop.entity.input", "traceloop.entity.output", "traceloop.entity.name",
})  # fmt: skip
TAKEN: Final = frozenset({*_COUNTS, *_CONTENT})
PREFIXES: Final = ("gen_ai.prompt.", "gen_ai.completion.", "llm.request.functions.")
EVENTS: Final = {
    "gen_ai.system.message": "system",
    "gen_ai.user.message": "user",
    "gen_ai.assistant.message": "assistant",
    "gen_ai.tool.message": "tool",
}
CHOICE: Final = "gen_ai.choice"
DETAILS: Final = "gen_ai.client.inference.operation.details"
EVALUATION: Final = "gen_ai.evaluation.result"
OWN_EVENTS: Final = frozenset(
    {*EVENTS, CHOICE, DETAILS, EVALUATION, "gen_ai.content.prompt", "gen_ai.content.completion"}
)
"""Events on spans that are read as messages, calls or scores."""
_REQUEST: Final = "gen_ai.request."


def is_genai(attributes: Mapping[str, Any]) -> bool:
    return any(key.startswith(("gen_ai.", "traceloop.", "llm.request.")) for key in attributes)


def kind_of(attributes: Mapping[str, Any]) -> StepKind:
    """By the operation; where it is not told by what else stands there."""
    operation = str(attributes.get("gen_ai.operation.name", "")).lower()
    if operation in _MODELS:
        return "model"
    if operation in _TOOLS or attributes.get("traceloop.span.kind") == "tool":
        return "tool"
    if operation == "retrieval":
        return "retrieval"
    asked = "llm.request.type" in attributes or any(key.startswith("gen_ai.usage.") for key in attributes)
    return "model" if not operation and (asked or any(key in attributes for key in _ASKED)) else "other"


_ASKED: Final = ("gen_ai.request.model", "gen_ai.prompt.0.role", "gen_ai.prompt")


def read(step: Step, attributes: Mapping[str, Any]) -> None:
    """Fill a step from attributes, of a span or of the event with an inference's details. Raises BadInput."""
    named = (attributes.get("gen_ai.response.model"), attributes.get("gen_ai.request.model"))
    step.model = next((str(name) for name in named if name), step.model)
    for key, ours in _COUNTS.items():
        if key in attributes:
            step.counts.setdefault(ours, attributes[key])
    reasons = parsed(attributes.get("gen_ai.response.finish_reasons"))
    if isinstance(reasons, list) and reasons:
        step.counts["done_reason"] = ", ".join(str(one) for one in reasons)
    for key, value in attributes.items():
        if key.startswith(_REQUEST) and key != "gen_ai.request.model":
            step.options[key.removeprefix(_REQUEST)] = value
    if "gen_ai.openai.request.seed" in attributes:
        step.options.setdefault("seed", attributes["gen_ai.openai.request.seed"])
    tools = parsed(attributes.get("gen_ai.tool.definitions", unflattened(attributes, "llm.request.functions")))
    step.tools = tools if tools is not None else step.tools
    if step.kind == "tool":
        _tool(step, attributes)
    elif step.kind == "retrieval":
        asked = {"query": "gen_ai.retrieval.query.text", "top_k": "gen_ai.retrieval.top_k"}
        step.arguments = {name: attributes[key] for name, key in asked.items() if key in attributes}
        documents = parsed(attributes.get("gen_ai.retrieval.documents"))
        step.result = {"documents": documents} if documents is not None else None
    else:
        _spoken(step, attributes)


def _tool(step: Step, attributes: Mapping[str, Any]) -> None:
    step.name = str(attributes.get("gen_ai.tool.name") or attributes.get("traceloop.entity.name") or step.name)
    step.call_id = str(attributes.get("gen_ai.tool.call.id") or "")
    arguments = attributes.get("gen_ai.tool.call.arguments", attributes.get("traceloop.entity.input"))
    result = attributes.get("gen_ai.tool.call.result", attributes.get("traceloop.entity.output"))
    step.arguments, step.result = parsed(arguments), parsed(result)


def _spoken(step: Step, attributes: Mapping[str, Any]) -> None:
    given = _first(attributes, "gen_ai.input.messages", "gen_ai.prompt", "user")
    if (told := said_in(attributes.get("gen_ai.system_instructions"), "system")) is not None:
        step.instructions = "\n\n".join(one.text for one in told)
    if given is not None:
        hear(step, given)
    outputs = ("gen_ai.output.messages", "gen_ai.completion")
    values = [attributes.get(outputs[0]), unflattened(attributes, outputs[1]), attributes.get(outputs[1])]
    if answers := next((found for value in values if (found := answers_in(value))), ()):
        step.answer(answers)


def hear(step: Step, given: tuple[Said, ...]) -> None:
    """What a model was given; system messages at its beginning are the instructions."""
    instructions, step.given = without_instructions(given)
    step.instructions = step.instructions or instructions


def _first(attributes: Mapping[str, Any], newest: str, older: str, role: str) -> tuple[Said, ...] | None:
    for value in (attributes.get(newest), unflattened(attributes, older), attributes.get(older)):
        if value is not None and (said := said_in(value, role)) is not None:
            return said
    return None


def read_events(step: Step, events: list[SpanEvent]) -> None:
    """Messages that stand as events on the span, of the first generation or the second. Raises BadInput."""
    given: list[Said] = []
    answered: list[Said] = []
    answers: list[tuple[Said, ...]] = []
    for event in events:
        if event.name in ("gen_ai.content.prompt", "gen_ai.content.completion"):
            is_prompt = event.name.endswith("prompt")
            said = said_in(
                event.attributes.get(event.name.replace("content.", "")), "user" if is_prompt else "assistant"
            )
            (given if is_prompt else answered).extend(said or ())
        elif event.name in EVENTS or event.name == CHOICE:
            if event.name == CHOICE:
                answers.append(event_said(event.name, event.attributes))
            else:
                given.extend(event_said(event.name, event.attributes))
        elif event.name == DETAILS:
            read(step, event.attributes)
    if given and step.given is None:
        hear(step, tuple(given))
    if answered:
        answers.append(tuple(answered))
    if answers and step.answered is None:
        step.answer(tuple(answer for answer in answers if answer))


def event_said(name: str, body: Any) -> tuple[Said, ...]:
    """The message that an event of the second generation tells."""
    if not isinstance(body, dict):
        body = {"content": body} if body is not None else {}
    body = {key: parsed(value) if key in ("tool_calls", "message") else value for key, value in body.items()}
    if name == CHOICE:
        inner = body.get("message")
        message = inner if isinstance(inner, dict) else {**body, "content": body.get("content", inner)}
        told = {**message, "role": "assistant", "finish_reason": body.get("finish_reason")}
    else:
        told = {**body, "role": EVENTS[name]}
        if name == "gen_ai.tool.message":
            told["tool_call_id"] = body.get("id") or body.get("tool_call_id")
    return said_in(told, str(told["role"])) or ()
