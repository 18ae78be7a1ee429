"""Spans and log records as steps, whichever conventions they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.traces import genai, openinference
from app.adapters.files.traces.flattened import unflattened
from app.adapters.files.traces.said import parsed
from app.adapters.files.traces.steps import Opinion, Step, bounded
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.adapters.files.traces.otlp_records import RawSpan, SpanEvent

CONVERSATIONS: Final = (
    "branchline.session", "gen_ai.conversation.id", "session.id", "langfuse.session.id",
    "traceloop.association.properties.session_id",
    "traceloop.association.properties.thread_id", "langsmith.metadata.thread_id", "langsmith.metadata.session_id",
    "ai.telemetry.metadata.sessionId", "gcp.vertex.agent.session_id", "thread_id", "thread.id", "session_id",
)  # fmt: skip
"""Attributes that name the conversation, in the order in which they are believed."""
SUBJECTS: Final = (
    "user.id", "enduser.id", "langfuse.user.id", "traceloop.association.properties.user_id",
    "ai.telemetry.metadata.userId", "langsmith.metadata.user_id",
)  # fmt: skip
_FAILED: Final = 2
_PREFIXES: Final = (*genai.PREFIXES, *openinference.PREFIXES, "gen_ai.request.")
_TAKEN: Final = genai.TAKEN | openinference.TAKEN | frozenset(CONVERSATIONS) | frozenset(SUBJECTS)
_WORK: Final = ("gen_ai.operation.name", openinference.KIND, "traceloop.span.kind")


def step_of(span: RawSpan) -> Step:
    """Raises BadInput for lists that are none."""
    attributes = span.attributes
    is_inference = openinference.is_openinference(attributes)
    kind = openinference.kind_of(attributes) if is_inference else genai.kind_of(attributes)
    step = Step(span.trace, span.id, kind, span.parent, span.name, span.start, span.end)
    step.conversation, step.subject = first(attributes, CONVERSATIONS), first(attributes, SUBJECTS)
    if genai.is_genai(attributes) or span.events:
        genai.read(step, attributes)
        genai.read_events(step, span.events)
    if is_inference:
        openinference.read(step, attributes)
    step.error = _error(span)
    step.beside = beside(attributes)
    if happened := [_told(one) for one in span.events if one.name not in genai.OWN_EVENTS]:
        step.beside["events"] = happened
    if kind == "other":
        step.written = written(attributes)
        step.work = next((str(attributes[key]) for key in _WORK if attributes.get(key)), "")
    step.beside, step.written = bounded(step.beside), bounded(step.written)
    return step


def opinions_of(span: RawSpan) -> Iterator[Opinion]:
    """What evaluators said on span events, and what OpenInference keeps as annotations."""
    for number, event in enumerate(span.events):
        if event.name == genai.EVALUATION:
            yield evaluation(f"{span.trace}/{span.id}/{number}", span.id, event.attributes, event.time)
    for name in ("annotations", "evaluations"):
        found = unflattened(span.attributes, name)
        for number, one in enumerate(found if isinstance(found, list) else ()):
            judged = one.get(name[:-1], one) if isinstance(one, dict) else {"label": one}
            data = {"name": judged.get("name"), "rating": judged.get("score"), "text": judged.get("explanation")}
            told = {**judged, **{key: value for key, value in data.items() if value is not None}}
            yield Opinion(f"{span.trace}/{span.id}/{name}/{number}", span.id, told, span.end)


def merged(span: Step, logs: Step) -> None:
    """What the events of a span tell beside the span itself."""
    span.given = span.given if span.given is not None else logs.given
    if span.answered is None:
        span.answered, span.others = logs.answered, logs.others
    span.instructions = span.instructions or logs.instructions
    span.model = span.model or logs.model
    span.counts = {**logs.counts, **span.counts}
    if span.kind == "other":
        span.kind = "model"


def evaluation(own: str, about: str, attributes: Mapping[str, Any], time: int | None) -> Opinion:
    names = {"name": "name", "score.value": "rating", "score.label": "label", "explanation": "text"}
    start = "gen_ai.evaluation."
    data = {names.get(key.removeprefix(start), key): value for key, value in attributes.items()}
    return Opinion(own, about, data, time)


def _error(span: RawSpan) -> str | None:
    told = _exception(span.events)
    if span.status == _FAILED:
        return span.message or told or str(span.attributes.get("error.type", ""))
    if "error.type" in span.attributes:
        return told or str(span.attributes["error.type"])
    return None


def _exception(events: Iterable[SpanEvent]) -> str:
    for event in events:
        if event.name == "exception":
            parts = (event.attributes.get("exception.type"), event.attributes.get("exception.message"))
            return ": ".join(str(part) for part in parts if part)
    return ""


def first(attributes: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of several attributes that is there, as text."""
    for name in names:
        value = attributes.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value):
            return str(value)
    found = parsed(attributes.get("metadata"))
    return first(found, names) if isinstance(found, dict) and "metadata" not in found else None


def beside(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes that have no place of their own, as they are."""
    kept = {key: value for key, value in attributes.items() if key not in _TAKEN and not key.startswith(_PREFIXES)}
    if "gen_ai.response.model" in attributes and "gen_ai.request.model" in attributes:
        kept["gen_ai.request.model"] = attributes["gen_ai.request.model"]
    return kept


def written(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes whose content a call of a model or a tool would tell in its own events, as they are."""
    named = {*CONVERSATIONS, *SUBJECTS}
    return {
        key: value
        for key, value in attributes.items()
        if key not in named and (key in _TAKEN or key.startswith(_PREFIXES))
    }


def _told(event: SpanEvent) -> dict[str, Any]:
    """What happened during a span and is no message: an exception with its trace, a retry."""
    return {"name": event.name, "time": event.time, "attributes": event.attributes}


def checked(span: RawSpan) -> Step:
    """``step_of`` with the span's name in what it raises."""
    try:
        return step_of(span)
    except BadInput as error:
        raise BadInput(f"span {span.id}: {error}") from error
