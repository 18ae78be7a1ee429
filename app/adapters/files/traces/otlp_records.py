"""Spans and log records of OTLP as values, and the strict reading of their JSON form.

Ids are hexadecimal in either case (never base64), enums whole numbers, 64-bit numbers text or numbers, unknown members
are let pass (opentelemetry-proto, docs/specification.md).
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_DEEPEST: Final = 64
_HEX: Final = re.compile(r"[0-9a-f]*")
_MICRO: Final = 1000
_LARGEST_NANO: Final = 2**64


@dataclass(slots=True)
class SpanEvent:
    """What happened during a span; ``time`` in microseconds."""

    name: str
    time: int | None
    attributes: dict[str, Any]


@dataclass(slots=True)
class RawSpan:
    """A span; ``status`` is OTLP's number (2 failed), ``message`` what it says of it."""

    trace: str
    id: str
    parent: str | None
    name: str
    start: int | None
    end: int | None
    attributes: dict[str, Any]
    events: list[SpanEvent] = field(default_factory=list)
    status: int = 0
    message: str = ""
    resource: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class RawLog:
    """A log record; ``event`` is its event's name, ``severity`` as the program called it."""

    trace: str
    span: str
    time: int | None
    event: str
    body: Any
    attributes: dict[str, Any]
    resource: Mapping[str, Any] = field(default_factory=dict)
    severity: str = ""


def records_in(request: Any) -> Iterator[RawSpan | RawLog | BadInput]:
    """The records of one JSON request or line; of a bad one the reason, and the rest goes on."""
    if not isinstance(request, dict):
        raise BadInput("this is no object")
    resources = ("resourceSpans", "resourceLogs", "resourceMetrics")
    if not any(isinstance(request.get(key), list) for key in resources):
        raise BadInput("there are neither resourceSpans nor resourceLogs")
    for each in _objects(request, "resourceSpans"):
        resource = _resource(each)
        for scope in (*_objects(each, "scopeSpans"), *_objects(each, "instrumentationLibrarySpans")):
            for span in _list(scope, "spans"):
                yield _tried(_span, span, resource)
    for each in _objects(request, "resourceLogs"):
        resource = _resource(each)
        for scope in (*_objects(each, "scopeLogs"), *_objects(each, "instrumentationLibraryLogs")):
            for record in (*_list(scope, "logRecords"), *_list(scope, "logs")):
                yield _tried(_log, record, resource)


def nanoseconds(value: Any) -> int | None:
    """A time or None for 0, in microseconds. Raises BadInput."""
    number = _whole(value)
    if not 0 <= number < _LARGEST_NANO:
        raise BadInput(f"{str(value)[:40]} is no time in nanoseconds")
    return number // _MICRO or None


def attributes_in(value: Any) -> dict[str, Any]:
    """A list of keys and values; of a key that comes twice the last counts, as most readers do."""
    found: dict[str, Any] = {}
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict) and isinstance(one.get("key"), str):
            found[one["key"]] = _any_value(one.get("value"), 0)
    return found


def _tried(read: Any, record: Any, resource: Mapping[str, Any]) -> RawSpan | RawLog | BadInput:
    if not isinstance(record, dict):
        return BadInput("a record is no object")
    try:
        found: RawSpan | RawLog = read(record, resource)
    except BadInput as error:
        return error
    return found


def _span(record: Mapping[str, Any], resource: Mapping[str, Any]) -> RawSpan:
    status = record.get("status")
    status = status if isinstance(status, dict) else {}
    return RawSpan(
        trace=_hexadecimal(record, "traceId", 32),
        id=_hexadecimal(record, "spanId", 16),
        parent=_hexadecimal(record, "parentSpanId", 16, optional=True) or None,
        name=_text(record.get("name")),
        start=nanoseconds(record.get("startTimeUnixNano", 0)),
        end=nanoseconds(record.get("endTimeUnixNano", 0)),
        attributes=attributes_in(record.get("attributes")),
        events=[
            SpanEvent(
                _text(one.get("name")),
                nanoseconds(one.get("timeUnixNano", 0)),
                attributes_in(one.get("attributes")),
            )
            for one in _objects(record, "events")
        ],
        status=_whole(status.get("code", 0)),
        message=_text(status.get("message")),
        resource=resource,
    )


def _log(record: Mapping[str, Any], resource: Mapping[str, Any]) -> RawLog:
    attributes = attributes_in(record.get("attributes"))
    time = nanoseconds(record.get("timeUnixNano", 0)) or nanoseconds(record.get("observedTimeUnixNano", 0))
    return RawLog(
        trace=_hexadecimal(record, "traceId", 32, optional=True),
        span=_hexadecimal(record, "spanId", 16, optional=True),
        time=time,
        event=_text(record.get("eventName")) or _text(attributes.pop("event.name", "")),
        body=_any_value(record.get("body"), 0),
        attributes=attributes,
        resource=resource,
        severity=_text(record.get("severityText")),
    )


def _any_value(value: Any, deep: int) -> Any:
    if not isinstance(value, dict):
        return None
    if deep > _DEEPEST:
        raise BadInput(f"an attribute is nested more than {_DEEPEST} levels deep")
    for key, content in value.items():
        if key == "arrayValue" and isinstance(content, dict):
            items = content.get("values")
            return [_any_value(one, deep + 1) for one in items] if isinstance(items, list) else []
        if key == "kvlistValue" and isinstance(content, dict):
            pairs = _objects(content, "values")
            return {_text(one.get("key")): _any_value(one.get("value"), deep + 1) for one in pairs}
        if key in _PLAIN and content is not None:
            return _PLAIN[key](content)
    return None


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise BadInput("a number is true or false")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    try:
        if isinstance(value, int) or (isinstance(value, str) and len(value) < 30):
            return int(value)
    except ValueError:
        pass
    raise BadInput(f"{str(value)[:40]!r} is no whole number")


def _number(value: Any) -> Any:
    """A double; the three that JSON cannot write stay the text that they are in protobuf's JSON."""
    return value if isinstance(value, (int, float, str)) else None


def _bytes(value: Any) -> Any:
    """Bytes stay base64 text, once it is seen that they are some."""
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise BadInput("bytes are not written in base64") from None
    return value


_PLAIN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "stringValue": lambda value: value if isinstance(value, str) else None,
    "boolValue": lambda value: value if isinstance(value, bool) else None,
    "intValue": _whole,
    "doubleValue": _number,
    "bytesValue": _bytes,
}


def _hexadecimal(record: Mapping[str, Any], key: str, length: int, *, optional: bool = False) -> str:
    value = record.get(key, "")
    text = value.lower() if isinstance(value, str) else "?"
    if optional and (not text or not text.strip("0")):
        return ""
    if len(text) != length or not _HEX.fullmatch(text) or not text.strip("0"):
        raise BadInput(f"{key} is not {length} hexadecimal digits")
    return text


def _resource(each: Mapping[str, Any]) -> dict[str, Any]:
    found = each.get("resource")
    return attributes_in(found.get("attributes")) if isinstance(found, dict) else {}


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else []


def _objects(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [one for one in _list(value, key) if isinstance(one, dict)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
