"""Spans in the JSON form of OTLP: ids in hexadecimal, 64-bit numbers as text, attributes as tagged values."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERNAL: Final = 1
CLIENT: Final = 3
FAILED: Final = 2
_SCOPE: Final = {"name": "branchline"}
_encode: Final = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Span:
    """One span; times in microseconds since 1970, None when nobody knows."""

    name: str
    trace: str
    id: str
    kind: int = INTERNAL
    parent: str = ""
    start: int | None = None
    end: int | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    failed: bool = False

    def at(self, moment: int | None) -> None:
        """The span lasts until ``moment`` at least."""
        if moment is not None:
            self.start = moment if self.start is None else min(self.start, moment)
            self.end = moment if self.end is None else max(self.end, moment)

    def add(self, name: str, moment: int | None, attributes: Mapping[str, Any]) -> None:
        """A span event."""
        self.at(moment)
        self.events.append({"timeUnixNano": _nano(moment), "name": name, "attributes": keyed(attributes)})

    def to_json(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "traceId": self.trace,
            "spanId": self.id,
            "name": self.name,
            "kind": self.kind,
            "startTimeUnixNano": _nano(self.start),
            "endTimeUnixNano": _nano(self.end),
            "attributes": keyed(self.attributes),
            "events": self.events,
        }
        if self.parent:
            made["parentSpanId"] = self.parent
        if self.failed:
            made["status"] = {"code": FAILED}
        return made


def line(resource: Mapping[str, Any], spans: list[Span], schema: str) -> str:
    """One ``TracesData`` of a file, as a line."""
    scope = {"scope": _SCOPE, "schemaUrl": schema, "spans": [span.to_json() for span in spans]}
    data = {"resourceSpans": [{"resource": {"attributes": keyed(resource)}, "scopeSpans": [scope]}]}
    return _encode(data).decode("utf-8") + "\n"


def keyed(attributes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Attributes as OTLP writes them; None is left out, objects become JSON text."""
    return [{"key": key, "value": _value(value)} for key, value in attributes.items() if value is not None]


def hexadecimal(size: int, *parts: object) -> str:
    """An id of ``size`` bytes, the same for the same parts."""
    return blake2b("\n".join(map(str, parts)).encode(), digest_size=size).hexdigest()


def text_of(value: Any) -> str:
    """A value as JSON text."""
    return _encode(value).decode("utf-8")


def _value(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
        case str():
            return {"stringValue": value}
        case list() | tuple():
            return {"arrayValue": {"values": [_value(one) for one in value]}}
        case _:
            return {"stringValue": text_of(value)}


def _nano(moment: int | None) -> str:
    return "0" if moment is None else str(max(moment, 0) * 1000)
