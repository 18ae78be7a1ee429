"""OTLP as protobuf tells the same as its JSON, is known by its tags, and damage is one sentence."""

import base64
import json
import struct

import pytest
from fakes.places import DATA
from google.protobuf.json_format import ParseDict
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.logs.v1.logs_pb2 import LogsData
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData

from app.adapters.files.traces.otlp_binary import OtlpBinaryFormat
from app.adapters.files.traces.otlp_wire import shape_of
from app.application.ports import ImportNotes

FILES = {"traces.otlp.jsonl": TracesData, "events_semconv_1_36.logs.otlp.jsonl": LogsData}


def as_base64(value):
    """Protobuf's JSON has ids in base64 where OTLP's has them hexadecimal."""
    if isinstance(value, dict):
        ids = ("traceId", "spanId", "parentSpanId")
        changed = {key: as_base64(one) for key, one in value.items()}
        return changed | {key: base64.b64encode(bytes.fromhex(value[key])).decode() for key in ids if key in value}
    return [as_base64(one) for one in value] if isinstance(value, list) else value


def binary(name):
    data = json.loads((DATA / "otlp" / name).read_text(encoding="utf-8"))
    return ParseDict(as_base64(data), FILES[name]()).SerializeToString()


def varint(number):
    made = b""
    while number > 127:
        made, number = made + bytes([number & 127 | 128]), number >> 7
    return made + bytes([number])


FRAMES = {
    "one": lambda content: content,
    "counted": lambda content: struct.pack(">I", len(content)) + content,
    "varint": lambda content: varint(len(content)) + content,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("framing", FRAMES)
def test_protobuf_tells_the_same_as_json(name, framing, tmp_path, read):
    path = tmp_path / "data.json"  # the name says nothing
    path.write_bytes(FRAMES[framing](binary(name)))

    (draft,), notes = read(path)
    (same,), _ = read(DATA / "otlp" / name)

    assert [(event.type, event.time, event.data) for _, event in draft.events] == [
        (event.type, event.time, event.data) for _, event in same.events
    ]
    assert not notes.quarantined


def test_a_message_that_is_damaged_leaves_the_others(tmp_path, read):
    good = FRAMES["counted"](binary("traces.otlp.jsonl"))
    path = tmp_path / "data"
    path.write_bytes(good + FRAMES["counted"](b"\x0a\xff\xff\xff") + good[:20])

    drafts, notes = read(path)

    assert len(drafts) == 1
    assert [one.reason for one in notes.quarantined] == [
        "message 2 of the file: it is damaged, or no OTLP", "the file breaks off within a message",
    ]  # fmt: skip


@pytest.mark.parametrize("head", [b"", b"\x0a", b"\x0a\x05hello", b"SQLite format 3\x00", b"\x89PNG\r\n", b'{"a":1}'])
def test_other_files_are_not_taken_for_it(head):
    assert shape_of(head) is None


CONTENT = {name: binary(name)[:6_000] for name in FILES}


@settings(max_examples=60)
@given(data=st.data(), name=st.sampled_from(list(FILES)))
def test_changed_bytes_raise_nothing(data, name, tmp_path_factory):
    content = bytearray(CONTENT[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.mktemp("fuzz") / "data"
    path.write_bytes(bytes(content))
    notes = ImportNotes()

    list(OtlpBinaryFormat().read(path, notes))

    assert all(one.reason and "\n" not in one.reason for one in notes.quarantined)
