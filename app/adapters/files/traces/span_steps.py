"""Spans and log records as steps, whichever conventions they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.drafting import fingerprint
from app.adapters.files.traces import genai, openinference
from app.adapters.files.traces.flattened import unflattened
from app.adapters.files.traces.said import parsed
from app.adapters.files.traces.steps import Opinion, Step
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.adapters.files.traces.otlp_records import RawLog, RawSpan, SpanEvent
    from app.adapters.files.traces.said import Said

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
_LONGEST_KEPT: Final = 20_000
"""A longer attribute is content that this program does not know; it is told that it was left out."""


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
    return step


def opinions_of(span: RawSpan) -> Iterator[Opinion]:
    """What evaluators said on span events, and what OpenInference keeps as annotations."""
    for number, event in enumerate(span.events):
        if event.name == genai.EVALUATION:
            yield _evaluation(f"{span.trace}/{span.id}/{number}", span.id, event.attributes, event.time)
    for name in ("annotations", "evaluations"):
        found = unflattened(span.attributes, name)
        for number, one in enumerate(found if isinstance(found, list) else ()):
            judged = one.get(name[:-1], one) if isinstance(one, dict) else {"label": one}
            data = {"name": judged.get("name"), "rating": judged.get("score"), "text": judged.get("explanation")}
            told = {**judged, **{key: value for key, value in data.items() if value is not None}}
            yield Opinion(f"{span.trace}/{span.id}/{name}/{number}", span.id, told, span.end)


def steps_of_logs(logs: Iterable[RawLog]) -> tuple[list[Step], list[Opinion], int]:
    """Log records that tell one span's call together, as a step each; how many belong to no conversation."""
    groups: dict[tuple[str, str], list[RawLog]] = {}
    opinions, others, loose = [], 0, ""
    for log in logs:
        if log.event == genai.EVALUATION:
            about = log.span or log.trace
            data = {**log.attributes, **(log.body if isinstance(log.body, dict) else {})}
            opinions.append(_evaluation(content_id(log), about, data, log.time))
        elif log.event in genai.EVENTS or log.event in (genai.CHOICE, genai.DETAILS):
            loose = loose or f"logs {content_id(log)}"  # records without a trace are one conversation
            key = (log.trace, log.span) if log.span else (log.trace or loose, content_id(log))
            groups.setdefault(key, []).append(log)
        else:
            others += 1
    return [_step_of_logs(*key, some) for key, some in groups.items()], opinions, others


def content_id(log: RawLog) -> str:
    """A log record has no id of its own: the hash of its content stands for it."""
    return fingerprint([log.trace, log.span, log.time, log.event, log.body, log.attributes], 24)


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


def _step_of_logs(trace: str, span: str, logs: list[RawLog]) -> Step:
    step = Step(trace, span, "model")
    given: list[Said] = []
    answers: list[tuple[Said, ...]] = []
    for log in sorted(logs, key=_choice_number):
        attributes = log.attributes
        step.conversation = step.conversation or first(attributes, CONVERSATIONS)
        step.subject = step.subject or first(attributes, SUBJECTS)
        genai.read(step, attributes)
        if log.event == genai.DETAILS:
            genai.read(step, log.body if isinstance(log.body, dict) else {})
        elif log.event == genai.CHOICE:
            answers.append(genai.event_said(log.event, log.body))
            reason = log.body.get("finish_reason") if isinstance(log.body, dict) else None
            if reason:
                step.counts.setdefault("done_reason", reason)
        else:
            given += genai.event_said(log.event, log.body)
    times = [log.time for log in logs if log.time is not None]
    step.start, step.end = min(times, default=None), max(times, default=None)
    if given:
        genai.hear(step, tuple(given))
    if answers:
        step.answer(tuple(answer for answer in answers if answer))
    step.beside = beside(logs[0].attributes)
    return step


def _choice_number(log: RawLog) -> int:
    number = log.body.get("index") if log.event == genai.CHOICE and isinstance(log.body, dict) else 0
    return number if isinstance(number, int) else 0


def _evaluation(own: str, about: str, attributes: Mapping[str, Any], time: int | None) -> Opinion:
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
    kept: dict[str, Any] = {}
    if "gen_ai.response.model" in attributes and "gen_ai.request.model" in attributes:
        kept["gen_ai.request.model"] = attributes["gen_ai.request.model"]
    for key, value in attributes.items():
        if key in _TAKEN or key.startswith(_PREFIXES):
            continue
        if isinstance(value, str) and len(value) > _LONGEST_KEPT:
            kept[key] = f"(left out: {len(value):,} characters)"
        else:
            kept[key] = value
    return kept


def checked(span: RawSpan) -> Step:
    """``step_of`` with the span's name in what it raises."""
    try:
        return step_of(span)
    except BadInput as error:
        raise BadInput(f"span {span.id}: {error}") from error
