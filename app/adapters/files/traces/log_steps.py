"""Log records as steps: those that tell a call of a model together, and what a program wrote down beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.files.drafting import fingerprint
from app.adapters.files.traces import genai
from app.adapters.files.traces.span_steps import CONVERSATIONS, SUBJECTS, beside, evaluation, first
from app.adapters.files.traces.steps import Step, bounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.adapters.files.traces.otlp_records import RawLog
    from app.adapters.files.traces.said import Said
    from app.adapters.files.traces.steps import Opinion


def content_id(log: RawLog) -> str:
    """A log record has no id of its own: the hash of its content stands for it."""
    return fingerprint([log.trace, log.span, log.time, log.event, log.body, log.attributes], 24)


def is_opinion(log: RawLog) -> bool:
    return log.event == genai.EVALUATION


def tells_a_call(log: RawLog) -> bool:
    """Whether the record is a message of a call, or all of a call's content."""
    return log.event in genai.EVENTS or log.event in (genai.CHOICE, genai.DETAILS)


def opinion_of_log(log: RawLog, own: str) -> Opinion:
    data = {**log.attributes, **(log.body if isinstance(log.body, dict) else {})}
    return evaluation(own, log.span or log.trace, data, log.time)


def step_beside(log: RawLog, own: str) -> Step:
    """A record that tells of no call: an error, say, that the program wrote down while the trace ran."""
    step = Step(log.trace, own, "log", log.span or None, log.event or log.severity or "log", log.time)
    step.conversation, step.subject = first(log.attributes, CONVERSATIONS), first(log.attributes, SUBJECTS)
    told = {"severity": log.severity, "body": log.body}
    step.written = bounded({key: value for key, value in told.items() if value not in ("", None)})
    step.beside = bounded(log.attributes)
    return step


def step_of_logs(trace: str, span: str, logs: Iterable[RawLog]) -> Step:
    """The call that log records of one span tell together. Raises BadInput for lists that are none."""
    step = Step(trace, span, "model")
    logs = sorted(logs, key=_choice_number)
    given: list[Said] = []
    answers: list[tuple[Said, ...]] = []
    for log in logs:
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
    step.beside = bounded(beside(logs[0].attributes)) if logs else {}
    return step


def _choice_number(log: RawLog) -> int:
    number = log.body.get("index") if log.event == genai.CHOICE and isinstance(log.body, dict) else 0
    return number if isinstance(number, int) else 0
