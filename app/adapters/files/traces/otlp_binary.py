"""OTLP traces and logs as protobuf: one request, or several, each with its length before it."""

from __future__ import annotations

import base64
import math
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.json_records import JSON_ERRORS, explain
from app.adapters.files.traces.otlp import SpansAndLogs
from app.adapters.files.traces.otlp_records import RawLog, RawSpan, SpanEvent
from app.adapters.files.traces.otlp_wire import COUNT_BYTES, shape_of, varint
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from app.adapters.files.traces.otlp_wire import Shape
    from app.application.ports import ImportNotes, SessionDraft

LARGEST_MESSAGE: Final = 256 * 1024**2
_MICRO: Final = 1000


class OtlpBinaryFormat:
    """Recognised by the tags that lead to the first span or log record."""

    name = "otlp-protobuf"
    title = "OpenTelemetry traces and logs (OTLP protobuf)"

    def recognises(self, head: bytes) -> bool:
        return shape_of(head) is not None

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        with closing(SpansAndLogs(self.name, notes)) as gathering, path.open("rb") as file:
            shape = shape_of(file.read(65_536))
            file.seek(0)
            if shape is None:
                notes.quarantine(None, "the file holds no traces or logs of OTLP")
                return
            try:
                for number, content in enumerate(_messages(file, shape), 1):
                    _message(gathering, notes, shape, number, content)
            except JSON_ERRORS as error:
                notes.quarantine(None, explain(error))
            yield from gathering.sessions()


def _message(gathering: SpansAndLogs, notes: ImportNotes, shape: Shape, number: int, content: bytes) -> None:
    try:
        found = _decoded(content, shape)
    except BadInput as error:
        notes.quarantine(None, f"message {number} of the file: {error}")
        return
    gathering.take(found, None)


def _messages(file: BinaryIO, shape: Shape) -> Iterator[bytes]:
    """The messages one by one. Raises BadInput where one is too large or breaks off."""
    if shape.framing == "one":
        content = file.read(LARGEST_MESSAGE + 1)
        if len(content) > LARGEST_MESSAGE:
            raise BadInput(_too_large(None))
        yield content
        return
    while (size := _size(file, shape)) is not None:
        if size > LARGEST_MESSAGE:
            raise BadInput(_too_large(size))
        content = file.read(size)
        if len(content) < size:
            raise BadInput("the file breaks off within a message")
        yield content


def _size(file: BinaryIO, shape: Shape) -> int | None:
    if shape.framing == "counted":
        count = file.read(COUNT_BYTES)
        if not count:
            return None
        if len(count) < COUNT_BYTES:
            raise BadInput("the file breaks off before a message")
        return int.from_bytes(count, "big")
    begin = file.tell()
    found = varint(file.read(10), 0)
    if found is None:
        return None
    file.seek(begin + found[1])
    return found[0]


def _too_large(size: int | None) -> str:
    told = "" if size is None else f" of {size // 1024**2:,} MiB"
    return f"a message{told} is larger than {LARGEST_MESSAGE // 1024**2} MiB"


def _decoded(content: bytes, shape: Shape) -> Iterable[RawSpan | RawLog | BadInput]:
    from google.protobuf.message import DecodeError  # noqa: PLC0415 - 30 ms that only such files need
    from opentelemetry.proto.logs.v1.logs_pb2 import LogsData  # noqa: PLC0415
    from opentelemetry.proto.trace.v1.trace_pb2 import TracesData  # noqa: PLC0415

    data = TracesData() if shape.signal == "traces" else LogsData()
    try:
        data.ParseFromString(content)
    except (DecodeError, RecursionError, ValueError):
        raise BadInput("it is damaged, or no OTLP") from None
    return _spans(data) if shape.signal == "traces" else _logs(data)


def _spans(data: Any) -> Iterator[RawSpan | BadInput]:
    for each in data.resource_spans:
        resource = _attributes(each.resource.attributes)
        for scope in each.scope_spans:
            for span in scope.spans:
                yield _span(span, resource)


def _span(span: Any, resource: Mapping[str, Any]) -> RawSpan | BadInput:
    if len(span.trace_id) != 16 or len(span.span_id) != 8:
        return BadInput("a span's trace id is not 16 bytes long, or its own id not 8")
    return RawSpan(
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex() if any(span.parent_span_id) else None,
        name=span.name,
        start=span.start_time_unix_nano // _MICRO or None,
        end=span.end_time_unix_nano // _MICRO or None,
        attributes=_attributes(span.attributes),
        events=[
            SpanEvent(one.name, one.time_unix_nano // _MICRO or None, _attributes(one.attributes))
            for one in span.events
        ],
        status=span.status.code,
        message=span.status.message,
        resource=resource,
    )


def _logs(data: Any) -> Iterator[RawLog]:
    for each in data.resource_logs:
        resource = _attributes(each.resource.attributes)
        for scope in each.scope_logs:
            for record in scope.log_records:
                attributes = _attributes(record.attributes)
                named = attributes.pop("event.name", "")
                yield RawLog(
                    trace=record.trace_id.hex(),
                    span=record.span_id.hex(),
                    time=(record.time_unix_nano or record.observed_time_unix_nano) // _MICRO or None,
                    event=record.event_name or (named if isinstance(named, str) else ""),
                    body=_value(record.body),
                    attributes=attributes,
                    resource=resource,
                    severity=record.severity_text,
                )


def _attributes(pairs: Iterable[Any]) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: Any) -> Any:
    match value.WhichOneof("value"):
        case "array_value":
            return [_value(one) for one in value.array_value.values]
        case "kvlist_value":
            return _attributes(value.kvlist_value.values)
        case "bytes_value":
            return base64.b64encode(value.bytes_value).decode("ascii")
        case "double_value":
            number = value.double_value
            return number if math.isfinite(number) else str(number)
        case "string_value" | "bool_value" | "int_value" as name:
            return getattr(value, name)
        case _:
            return None
