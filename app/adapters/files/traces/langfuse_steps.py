"""Observations and scores of Langfuse as steps and opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.drafting import fingerprint
from app.adapters.files.traces import genai, openinference
from app.adapters.files.traces.messages import answers_in, said_in
from app.adapters.files.traces.moments import moment
from app.adapters.files.traces.said import parsed, without_instructions
from app.adapters.files.traces.span_steps import CONVERSATIONS, first
from app.adapters.files.traces.steps import Opinion, Step, bounded
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.files.traces.steps import StepKind

_KINDS: Final[Mapping[str, StepKind]] = {"GENERATION": "model", "TOOL": "tool", "RETRIEVER": "retrieval"}
_COUNTS: Final = {
    "input": "prompt_tokens", "output": "tokens", "promptTokens": "prompt_tokens", "completionTokens": "tokens",
    "input_cached_tokens": "cached_tokens", "prompt_details.cache_read": "cached_tokens",
    "completion_details.reasoning": "reasoning_tokens", "output_reasoning_tokens": "reasoning_tokens",
}  # fmt: skip
_KEPT: Final = (
    "level", "statusMessage", "version", "environment", "promptName", "promptVersion", "costDetails", "totalCost",
    "calculatedTotalCost", "usageDetails", "toolCallNames",
)  # fmt: skip
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {}, "{}")
_MICRO: Final = 1_000_000
_LONGEST: Final = 20_000


def step_of(observation: Mapping[str, Any], trace: str) -> Step:
    """Raises BadInput when it has no id."""
    own = text(observation.get("id"))
    if not own:
        raise BadInput("an observation has no id")
    metadata = parsed(observation.get("metadata"))
    metadata = metadata if isinstance(metadata, dict) else {}
    attributes = metadata.get("attributes")
    attributes = attributes if isinstance(attributes, dict) else {}
    given, came = parsed(observation.get("input")), parsed(observation.get("output"))
    step = Step(trace, own, _kind(observation, attributes, came), text(observation.get("parentObservationId")) or None)
    step.name = text(observation.get("name"))
    step.start, step.end = moment(observation.get("startTime")), moment(observation.get("endTime"))
    step.conversation = first({**attributes, **metadata}, CONVERSATIONS)
    if step.kind in ("tool", "retrieval"):
        _tool(step, attributes, given, came)
    else:
        _words(step, given, came)
    _model(step, observation)
    step.beside |= {key: observation[key] for key in _KEPT if observation.get(key) not in _EMPTY}
    kept = {key: value for key, value in metadata.items() if len(str(value)) <= _LONGEST and key != "attributes"}
    if kept:
        step.beside["metadata"] = kept
    if step.kind == "other":
        step.work = text(observation.get("type"))
        step.written = bounded({key: value for key, value in (("input", given), ("output", came)) if value is not None})
    return step


def trace_step(trace: Mapping[str, Any], own: str) -> Step | None:
    """What a trace as a whole was given and gave, where no observation tells it."""
    step = Step(trace=own, id=own, name=text(trace.get("name")), start=moment(trace.get("timestamp")))
    step.subject = text(trace.get("userId")) or None
    _words(step, parsed(trace.get("input")), parsed(trace.get("output")))
    return step if step.has_words else None


def opinion_of(score: Mapping[str, Any], trace: str) -> Opinion:
    names = {"name": "name", "comment": "text", "source": "source", "dataType": "kind", "stringValue": "label"}
    data = {ours: score[key] for key, ours in names.items() if score.get(key) not in _EMPTY}
    if score.get("value") is not None:
        data["rating"] = score["value"]
    if score.get("longStringValue"):
        data["correction"] = score["longStringValue"]
    own = text(score.get("id")) or fingerprint(score)
    about = text(score.get("observationId")) or trace
    actor = "analyst" if score.get("source") == "ANNOTATION" else "system"
    return Opinion(own, about, data, moment(score.get("timestamp")), actor)


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _kind(observation: Mapping[str, Any], attributes: Mapping[str, Any], came: Any) -> StepKind:
    """By the type; older versions knew only spans, so that attributes and the form of the output count too."""
    named = text(observation.get("type")).upper()
    if (kind := _KINDS.get(named)) is not None:
        return kind
    if named not in ("SPAN", ""):
        return "other"
    told = openinference.kind_of(attributes) if openinference.KIND in attributes else genai.kind_of(attributes)
    if told in ("tool", "retrieval"):
        return told
    is_tool = isinstance(came, dict) and came.get("type") == "tool" and "tool_call_id" in came
    return "tool" if is_tool or "tool.name" in attributes else "other"


def _tool(step: Step, attributes: Mapping[str, Any], given: Any, came: Any) -> None:
    step.name = text(attributes.get("gen_ai.tool.name")) or text(attributes.get("tool.name")) or step.name
    step.call_id = text(attributes.get("gen_ai.tool.call.id"))
    if isinstance(came, dict) and came.get("type") == "tool":
        step.call_id = text(came.get("tool_call_id")) or step.call_id
        step.name = text(came.get("name")) or step.name
        came = parsed(came.get("content"))
    step.arguments = given["input"] if isinstance(given, dict) and set(given) == {"input"} else given
    step.result = came


def _words(step: Step, given: Any, came: Any) -> None:
    if (said := said_in(given, "user")) is not None:
        step.instructions, step.given = without_instructions(said)
    step.answer(answers_in(came))
    if isinstance(given, dict) and given.get("tools"):
        step.tools = given["tools"]
    if isinstance(came, dict) and isinstance(came.get("instructions"), str):
        step.instructions = step.instructions or came["instructions"]  # OpenAI's Responses tell them with the answer


def _model(step: Step, observation: Mapping[str, Any]) -> None:
    step.model = text(observation.get("model")) or text(observation.get("providedModelName")) or None
    options = parsed(observation.get("modelParameters"))
    if isinstance(options, dict):
        step.options = {key: value for key, value in options.items() if value not in _EMPTY}
    usages = [observation.get("usageDetails"), observation.get("usage"), dict(observation)]
    for usage in usages if step.kind == "model" else ():
        known = usage if isinstance(usage, dict) else {}
        for key, ours in _COUNTS.items():
            if isinstance(known.get(key), (int, float)):
                step.counts.setdefault(ours, known[key])
    began = moment(observation.get("completionStartTime"))
    if began is not None and step.start is not None:
        step.counts["first_token_s"] = (began - step.start) / _MICRO
    if text(observation.get("level")).upper() == "ERROR":
        step.error = text(observation.get("statusMessage"))
    definitions = observation.get("toolDefinitions")
    if definitions not in _EMPTY:
        step.tools = parsed(definitions)
