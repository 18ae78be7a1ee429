"""Spans as single JSON objects: attribute maps, or spans as the SDKs of OpenTelemetry and Phoenix print them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import strict_json
from app.adapters.files.drafting import fingerprint
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.moments import moment
from app.adapters.files.traces.otlp import SpansAndLogs
from app.adapters.files.traces.otlp_records import RawSpan, SpanEvent
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_MARKS: Final = (
    "gen_ai.operation.name", "gen_ai.system", "gen_ai.provider.name", "openinference.span.kind", "gen_ai.request.model",
)  # fmt: skip
_FAILED: Final = 2


class SpanJsonFormat:
    """Recognised by attributes of the conventions, at the top of the object or below ``attributes``."""

    name = "spans"
    title = "Spans as JSON (attributes of OpenTelemetry GenAI or OpenInference)"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        own = any(mark in paths for mark in _MARKS)
        printed = "attributes" in paths and ("context.trace_id" in paths or "context.span_id" in paths)
        return own or printed

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        with closing(SpansAndLogs(self.name, notes)) as gathering:
            try:
                for record in records(path):
                    try:
                        if record.problem is not None:
                            raise BadInput(record.problem)
                        gathering.take([_span(strict_json.decode(record.raw))], record.line)
                    except JSON_ERRORS as error:
                        notes.quarantine(record.line, explain(error))
            except JSON_ERRORS as error:
                notes.quarantine(None, explain(error))
            yield from gathering.sessions()


def _span(record: Any) -> RawSpan:
    if not isinstance(record, dict):
        raise BadInput("this is no object")
    if isinstance(record.get("attributes"), dict):
        return _printed(record, record["attributes"])
    if not any(mark in record for mark in _MARKS):
        raise BadInput("there are no attributes of a model's or a tool's span")
    own = fingerprint(record, 32)
    return RawSpan(own, own[:16], None, str(record.get("name", "")), None, None, record)


def _printed(record: Mapping[str, Any], attributes: Mapping[str, Any]) -> RawSpan:
    context = record.get("context")
    context = context if isinstance(context, dict) else {}
    trace, own = (_bare(context.get(key)) for key in ("trace_id", "span_id"))
    if not trace or not own:
        raise BadInput("the span does not tell its trace and its id")
    status = record.get("status")
    status = status if isinstance(status, dict) else {"status_code": record.get("status_code", status)}
    events = record.get("events")
    return RawSpan(
        trace=trace,
        id=own,
        parent=_bare(record.get("parent_id")) or None,
        name=str(record.get("name") or ""),
        start=moment(record.get("start_time")),
        end=moment(record.get("end_time")),
        attributes=_flat(attributes),
        events=[
            SpanEvent(str(one.get("name")), moment(one.get("timestamp")), _flat(one.get("attributes") or {}))
            for one in (events if isinstance(events, list) else ())
            if isinstance(one, dict)
        ],
        status=_FAILED if str(status.get("status_code")).upper() == "ERROR" else 0,
        message=str(status.get("description") or record.get("status_message") or ""),
    )


def _bare(value: Any) -> str:
    return value.lower().removeprefix("0x") if isinstance(value, str) else ""


def _flat(attributes: Any) -> dict[str, Any]:
    """Phoenix nests what the conventions write with dots; both become names with dots."""
    found: dict[str, Any] = {}
    waiting: list[tuple[str, Any]] = [("", attributes)]
    while waiting:
        start, value = waiting.pop()
        if isinstance(value, dict) and value:
            waiting.extend((f"{start}.{key}" if start else key, one) for key, one in value.items())
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            waiting.extend((f"{start}.{number}", one) for number, one in enumerate(value))
        elif start:
            found[start] = value
    return found
