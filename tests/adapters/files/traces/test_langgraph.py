"""Threads of LangGraph: states come back from what changed, forks are branches, and a hostile database does nothing."""

import json
import shutil
import sqlite3

import msgspec
import pytest
from fakes.places import DATA

from app.adapters.files.traces.channels import slots_of
from app.adapters.files.traces.checkpoint_blobs import decoded
from app.domain.errors import BadInput

FOLDER = DATA / "langgraph"
HISTORY = json.loads((FOLDER / "state_history.json").read_text(encoding="utf-8"))["107_00002"]


def line(draft, stream):
    """The events of a stream with those that it inherits."""
    own = [event for where, event in draft.events if where == stream]
    branch = next((one for one in draft.branches if one.id == stream), None)
    return own if branch is None else line(draft, branch.parent)[: branch.fork_position] + own


def state_after(events, checkpoint):
    """(messages, slots) when everything up to the last event of a checkpoint has happened."""
    last = max(number for number, event in enumerate(events) if event.data.get("checkpoint") == checkpoint)
    messages, slots = {}, {}
    for event in events[: last + 1]:
        if event.type == "conversation.message-posted":
            messages[event.data["message_id"]] = event.data["text"]
        elif event.type == "conversation.slots-changed" and "intent" not in event.data:
            kept = slots.setdefault(event.data["service"], {})
            for name in event.data["unset"]:
                kept.pop(name)
            kept.update(event.data["set"])
    return list(messages.values()), slots


def test_every_state_comes_back_on_main_and_on_the_branch(read):
    (draft,), notes = read(FOLDER / "checkpoints.sqlite")
    lines = [line(draft, stream) for stream in ("main", *(branch.id for branch in draft.branches))]

    compared = 0
    for state in HISTORY:
        own = state["config"]["configurable"]["checkpoint_id"]
        for events in lines:
            if any(event.data.get("checkpoint") == own for event in events):
                said = [message["data"]["content"] for message in state["values"]["messages"]]
                assert state_after(events, own) == (said, state["values"].get("slot_values", {}))
                compared += 1
                break
    silent = notes.not_captured["langgraph: checkpoints that change nothing but LangGraph's own bookkeeping"]
    assert compared == len(HISTORY) - silent == 14
    assert [branch.fork_position for branch in draft.branches] == [18]
    assert notes.read == {"checkpoints": 21, "threads": 1}


def test_the_history_of_the_api_gives_the_same_events(read):
    (one,), _ = read(FOLDER / "checkpoints.sqlite")
    (other,), _ = read(FOLDER / "state_history.json")

    assert one.events == other.events
    assert one.branches == other.branches


# --- made by hand


def database(path, *checkpoints, more=""):
    """A database of checkpoints given as (id, parent, kind, blob)."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE checkpoints (thread_id TEXT, checkpoint_ns TEXT DEFAULT '', checkpoint_id TEXT,"
        " parent_checkpoint_id TEXT, type TEXT, checkpoint BLOB, metadata BLOB);" + more
    )
    for own, parent, kind, blob in checkpoints:
        connection.execute("INSERT INTO checkpoints VALUES ('t', '', ?, ?, ?, ?, '{}')", (own, parent, kind, blob))
    connection.commit()
    connection.close()
    return path


def state(*messages, **channels):
    values = {"messages": [{"type": kind, "content": text, "id": own} for own, kind, text in messages], **channels}
    return msgspec.msgpack.encode({"v": 4, "ts": "2026-01-01T10:00:00+00:00", "channel_values": values})


def test_messages_that_were_replaced_or_removed_are_edits_and_retractions(tmp_path, read):
    path = database(
        tmp_path / "db",
        ("1", None, "msgpack", state(("a", "human", "hi"), ("b", "ai", "hello"))),
        ("2", "1", "msgpack", state(("a", "human", "hi!"))),
    )

    (draft,), _ = read(path)

    told = [(event.type.partition(".")[2], event.data.get("message_id")) for _, event in draft.events[1:]]
    assert told == [
        ("message-posted", "a"),
        ("message-posted", "b"),
        ("message-edited", "a"),
        ("message-retracted", "b"),
    ]


def test_a_pickle_is_not_read_and_the_rest_is(tmp_path, read):
    path = database(
        tmp_path / "db",
        ("1", None, "msgpack", state(("a", "human", "hi"))),
        ("2", "1", "pickle", b"cos\nsystem\n(S'touch /tmp/owned'\ntR."),
    )

    (draft,), notes = read(path)

    assert len(draft.events) == 2
    (one,) = notes.quarantined
    assert one.reason == "thread t, checkpoint 2: it is a pickle, and reading that would run whatever it says"


def test_what_a_write_ahead_log_holds_is_read_and_nothing_is_written(tmp_path, read):
    path = database(tmp_path / "db", ("1", None, "msgpack", state(("a", "human", "hi"))))
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(
        "INSERT INTO checkpoints VALUES ('u', '', '2', NULL, 'msgpack', ?, '{}')", (state(("c", "human", "x")),)
    )
    writer.commit()
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("db", "db-wal"):
        shutil.copy(tmp_path / name, kept / name)
    writer.close()
    before = {one.name: one.read_bytes() for one in kept.iterdir()}

    drafts, _ = read(kept / "db")

    assert [draft.header.external_id for draft in drafts] == ["t", "u"]
    assert {one.name: one.read_bytes() for one in kept.iterdir()} == before


CRAFTED = {
    "view": """
        ALTER TABLE checkpoints RENAME TO parent_checkpoint_id_thread_id;
        CREATE VIEW checkpoints AS SELECT * FROM parent_checkpoint_id_thread_id;
    """,
    "none": "DROP TABLE checkpoints; CREATE TABLE other (thread_id, parent_checkpoint_id);",
    "generated": """
        DROP TABLE checkpoints;
        CREATE TABLE checkpoints (thread_id, parent_checkpoint_id, checkpoint_ns, checkpoint_id, type, metadata,
            checkpoint AS (hex(zeroblob(1000000))));
        INSERT INTO checkpoints (thread_id) VALUES ('t');
    """,
}


@pytest.mark.parametrize("more", CRAFTED.values(), ids=CRAFTED)
def test_a_crafted_database_is_one_sentence(more, tmp_path, read):
    drafts, notes = read(database(tmp_path / "db", more=more))

    assert not drafts
    assert len(notes.quarantined) == 1
    assert all("\n" not in one.reason for one in notes.quarantined)


def test_a_damaged_database_keeps_what_can_be_read(tmp_path, read):
    content = bytearray((FOLDER / "checkpoints.sqlite").read_bytes())
    content[40_000:60_000] = bytes(20_000)
    path = tmp_path / "db"
    path.write_bytes(bytes(content))

    _, notes = read(path)

    assert notes.quarantined
    assert all("\n" not in one.reason for one in notes.quarantined)


def nested(depth):
    value = b"\x93\xa1m\xa1c\xc0"
    for _ in range(depth):
        inner = b"\x93\xa1m\xa1c" + b"\xc9" + len(value).to_bytes(4, "big") + b"\x00" + value
        value = inner
    return b"\xc9" + len(value).to_bytes(4, "big") + b"\x00" + value


def test_objects_become_their_fields_and_depth_ends():
    assert decoded("msgpack", nested(3)) is None
    with pytest.raises(BadInput, match="nested more than"):
        decoded("msgpack", nested(500))


@pytest.mark.parametrize("blob", [b"", b"\xc1", b"\x81\x01", b"\xdf\xff\xff\xff\xff", b"\xc7\x01\x05\xc0"])
def test_broken_msgpack_is_one_sentence(blob):
    with pytest.raises(BadInput):
        decoded("msgpack", blob)


def test_what_json_cannot_hold_becomes_text():
    blob = msgspec.msgpack.encode({1: float("nan"), "b": b"\xff"})

    assert decoded("msgpack", blob) == {"1": "nan", "b": "/w=="}


def test_channels_are_slots_where_they_are_values_under_names():
    assert slots_of("prefs", None, {"size": 40}) == [{"service": "prefs", "set": {"size": [40]}, "unset": []}]
    assert slots_of("s", {"A": {"x": ["1"]}}, {"A": {"y": ["2"]}}) == [
        {"service": "A", "set": {"y": ["2"]}, "unset": ["x"]},
    ]
    assert slots_of("active_intent", {"A": "x"}, {"A": "y"}) == [
        {"service": "A", "set": {}, "unset": [], "intent": "y"},
    ]
    assert slots_of("docs", None, [{"a": 1}]) is None
    assert slots_of("mixed", None, {"a": {"b": {"c": 1}}}) is None
