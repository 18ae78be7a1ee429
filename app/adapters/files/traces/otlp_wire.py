"""What a binary file is, seen from the tags of protobuf at its beginning: OTLP traces, logs, or neither.

Requests of traces and of logs look alike down to their records: a span begins with an id of 16 bytes, a log record
with a time or a severity.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Signal = Literal["traces", "logs"]
Framing = Literal["one", "counted", "varint"]
COUNT_BYTES: Final = 4
"""The collector's file exporter writes the length of each message before it: four bytes, the largest first."""
_LENGTH_DELIMITED: Final = 2
_LONGEST_VARINT: Final = 10


class Shape(NamedTuple):
    """What the messages are, and how they follow each other."""

    signal: Signal
    framing: Framing


def shape_of(head: bytes) -> Shape | None:
    """None for anything that is not surely OTLP."""
    if (signal := _signal(head, 0)) is not None:
        return Shape(signal, "one")
    if len(head) > COUNT_BYTES and (signal := _signal(head, COUNT_BYTES)) is not None:
        return Shape(signal, "counted")
    after = varint(head, 0)
    if after is not None and (signal := _signal(head, after[1])) is not None:
        return Shape(signal, "varint")
    return None


def varint(content: bytes, at: int) -> tuple[int, int] | None:
    """A number of variable length and the place behind it; None where there is none."""
    value = shift = 0
    for place in range(at, min(at + _LONGEST_VARINT, len(content))):
        value |= (content[place] & 0x7F) << shift
        if content[place] < 0x80:
            return value, place + 1
        shift += 7
    return None


def _signal(head: bytes, at: int) -> Signal | None:
    """Down three levels: field 1 of the request, field 2 of the resource's part, field 2 of the scope's part."""
    inner = _field(head, at, 1, others=())
    inner = None if inner is None else _field(head, inner, 2, others=(1, 3))
    inner = None if inner is None else _field(head, inner, 2, others=(1, 3))
    return None if inner is None else _record(head[inner : inner + 2])


def _record(begin: bytes) -> Signal | None:
    if begin == b"\x0a\x10":
        return "traces"
    return "logs" if begin[:1] in (b"\x09", b"\x59", b"\x10", b"\x1a") else None


def _field(head: bytes, at: int, wanted: int, others: tuple[int, ...]) -> int | None:
    """Where the content of field ``wanted`` begins; fields of ``others`` before it are stepped over."""
    while (tag := varint(head, at)) is not None:
        number, kind = tag[0] >> 3, tag[0] & 7
        size = varint(head, tag[1])
        if kind != _LENGTH_DELIMITED or size is None:
            return None
        if number == wanted:
            return size[1]
        if number not in others:
            return None
        at = size[1] + size[0]
    return None
