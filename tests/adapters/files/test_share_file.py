"""What a stranger's share file can do: open at its moment, or be refused in one sentence with nothing kept."""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard
from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event, said
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.files import share_file
from app.adapters.files.export_native import native_bytes
from app.adapters.files.share_file import (
    Limits,
    import_share,
    is_share,
    looks_shared,
    packed,
    store_shared,
    write_share,
)
from app.adapters.store.store import open_store
from app.application.outgoing.losses import Losses
from app.application.outgoing.view import OutgoingView
from app.application.ports import SessionDraft, no_progress
from app.domain.errors import BadInput, Cancelled
from app.domain.excerpts import Excerpt
from app.domain.redaction.tally import Tally
from app.domain.sessions import SessionHeader
from app.domain.shares import Share

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE = Share(by="Ann", at=1_700_000_000_000_000, branch="b", position=5, field="/conversation/status", note="here")


@pytest.fixture
def store() -> MemoryEventStore:
    return make_store()


def make_store() -> MemoryEventStore:
    store = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="Two rooms", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdef")]))
    store.fork("s/main", 4, branch_id="b", name="kinder")
    store.append("b", [message(11, "on b"), new_event(12, "x.y", {"deep": [1]})], expected=4)
    return store


def written(path: Path, store: MemoryEventStore, share: Share = SHARE, excerpt: Excerpt | None = None) -> Path:
    view = OutgoingView(store, "s", excerpt or Excerpt(branches=("b",)))
    write_share(path, view, share, overwrite=False, losses=Losses(), written=Tally(), progress=no_progress)
    return path


def made(path: Path, change: Callable[[list[bytes]], list[bytes]], share: Any = None) -> Path:
    """A share file whose lines a stranger has changed, with a manifest that fits to them again."""
    view = OutgoingView(make_store(), "s", Excerpt(branches=("b",)))
    told = SHARE.to_json() if share is None else share
    first, *lines = b"".join(native_bytes([view], told)).splitlines(keepends=True)
    lines = change(lines)
    manifest = json.loads(first)
    body = b"".join(lines)
    manifest["data"] |= {"body_sha256": hashlib.sha256(body).hexdigest(), "body_bytes": len(body)}
    path.write_bytes(b"".join(packed([json.dumps(manifest).encode(), b"\n", body])))
    return path


def refused(path: Path, folder: Path) -> str:
    """The sentence of a share file that a store does not take."""
    other = open_store(folder / "other.branchline", clock=FixedClock(), ids=SequentialIds())
    try:
        with pytest.raises(BadInput) as refusal:
            store_shared(path, folder, other)
        assert other.sessions() == () or "names a moment" in str(refusal.value)
    finally:
        other.close()
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_share_file_opens_at_its_moment(store: MemoryEventStore, tmp_path: Path) -> None:
    path = written(tmp_path / "a.branchline", store)
    other = MemoryEventStore(clock=FixedClock())

    assert store_shared(path, tmp_path, other) == SHARE
    assert [event.hash for event in other.iterate("b")] == [event.hash for event in store.iterate("b")]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.branchline"]
    assert is_share(path)
    assert import_share(path, tmp_path, other) == 0


def test_other_programs_can_unpack_it(store: MemoryEventStore, tmp_path: Path) -> None:
    content = written(tmp_path / "a.branchline", store).read_bytes()

    size = 8 + struct.unpack("<I", content[4:8])[0]
    plain = zstandard.ZstdDecompressor().stream_reader(content[size:]).read()

    assert content[8:size] == b"branchline share 1\n"
    assert json.loads(plain.splitlines()[0])["data"]["share"]["by"] == "Ann"


def test_a_shared_part_is_taken_by_a_store_that_has_the_whole(store: MemoryEventStore, tmp_path: Path) -> None:
    path = written(tmp_path / "a.branchline", store)

    assert import_share(path, tmp_path, store) == 0
    changed = make_store()
    other = written(tmp_path / "b.branchline", changed, excerpt=Excerpt(branches=("b",), first=3))
    with pytest.raises(BadInput, match="cannot be brought in: event n1 of urn:test is already stored"):
        import_share(other, tmp_path, store)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is empty"),
        (b"[", "it is no share file"),
        (b"PK\x03\x04 not this", "it is no share file"),
        (b"SQLite format 3\0" + bytes(100), "it is a store, not a share file: open it with --store"),
        (share_file._SKIPPABLE + struct.pack("<I", 19) + b"branchline share 2\n", "written by a newer Branchline"),
        (share_file._HEAD[:10], "it is cut short or damaged, so nothing of it was opened"),
        (share_file._HEAD[:-2], "it is cut short or damaged, so nothing of it was opened"),
        (share_file._HEAD, "it is cut short or damaged, so nothing of it was opened"),
        (b"".join(packed([b'{"specversion":"1.0"'])), "it is cut short or damaged"),
        (share_file._HEAD + b"no zstd at all", "it is damaged"),
        (b"".join(packed([b"{}\n"])), "line 1"),
        (b"".join(packed([b"\xff\xfe\n"])), "UTF-16"),
        (b"".join(packed([b"[" * 100_000 + b"\n"])), "nested too deeply"),
        (b"".join(packed([b'{"specversion":"1.0","a":' + b"[" * 300 + b"]" * 300 + b"}\n"])), "200 levels deep"),
    ],
)
def test_what_is_no_share_file_is_one_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.branchline"
    path.write_bytes(content)

    assert sentence in refused(path, tmp_path)


def test_wherever_a_share_file_was_cut_the_sentence_says_so(store: MemoryEventStore, tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.branchline", store).read_bytes()
    path = tmp_path / "a.branchline"
    sentences = set()
    for length in range(4, len(whole) - 4):
        path.write_bytes(whole[:length])
        with pytest.raises(BadInput) as refusal:
            share_file.opened(path, tmp_path / "out")
        sentences.add(str(refusal.value))
        (tmp_path / "out").unlink(missing_ok=True)

    assert sentences == {"a.branchline cannot be opened: it is cut short or damaged, so nothing of it was opened"}


def line(number: int, old: bytes, new: bytes) -> Callable[[list[bytes]], list[bytes]]:
    def change(lines: list[bytes]) -> list[bytes]:
        assert old in lines[number]
        return [*lines[:number], lines[number].replace(old, new, 1), *lines[number + 1 :]]

    return change


@pytest.mark.parametrize(
    ("change", "share", "sentence"),
    [
        (line(2, b'"text":"a"', b'"text":"A"'), None, "the hash of event 1 of main does not match"),
        (lambda lines: [*lines, lines[2]], None, "tells of other sessions and events"),
        (lambda lines: lines[:-1], None, "tells of other sessions and events"),
        (line(2, b'"sequence":"0000000001"', b'"sequence":"9999999999"'), None, "where 1 should come"),
        (line(1, b'"parent":null', b'"parent":"b"'), None, "before the branch it was made from"),
        (line(6, b'"fork_position":4', b'"fork_position":-4'), None, "ends before it begins"),
        (line(6, b'"kind":"branch"', b'"kind":"odd"'), None, "unknown kind 'odd'"),
        (line(0, b'"title":"Two rooms"', b'"title":"a\\u0000b"'), None, "NUL character"),
        (lambda lines: lines, {"version": 9}, "shared in version 9"),
        (lambda lines: lines, [], "at $.share"),
        (lambda lines: lines, {**SHARE.to_json(), "by": "x" * 300}, "no text of at most 200"),
        (lambda lines: lines, {**SHARE.to_json(), "at": 10**18}, "no whole number"),
        (lambda lines: lines, {**SHARE.to_json(), "open": {"branch": "b", "position": True}}, "no whole number"),
        (lambda lines: lines, {**SHARE.to_json(), "open": {"branch": "b", "position": 99}}, "does not have"),
        (lambda lines: lines, {**SHARE.to_json(), "open": {"branch": "../b", "position": 1}}, "does not have"),
        (lambda lines: lines, {**SHARE.to_json(), "open": {"branch": "s/analyst", "position": 0}}, "does not have"),
    ],
)
def test_what_a_stranger_changed_is_one_sentence(
    change: Callable[[list[bytes]], list[bytes]], share: Any, sentence: str, tmp_path: Path
) -> None:
    path = made(tmp_path / "a.branchline", change, share)

    assert sentence in refused(path, tmp_path)


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "a.branchline"
    path.write_bytes(b"".join(packed([b"0" * 1024**2] * 100)))

    assert "more than 200 times its size, as bombs do" in refused(path, tmp_path)
    assert (tmp_path / "shared.jsonl").stat().st_size < 70 * 1024**2


@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [
        ("file", 100, "larger than"),
        ("unpacked", 1_000, "unpacks to more than"),
        ("events", 3, "at most 3 events"),
        ("branches", 1, "1 branches"),
    ],
)
def test_sizes_and_counts_are_limited(
    limit: str, value: int, sentence: str, store: MemoryEventStore, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.branchline", store)

    with pytest.raises(BadInput, match=sentence):
        share_file.opened(path, tmp_path / "out", limits=Limits(**{limit: value}))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_with_changed_bytes_opens_as_it_was_or_not_at_all(data: st.DataObject) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        content = bytearray(written(folder / "a.branchline", make_store()).read_bytes())
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        (folder / "b.branchline").write_bytes(content)
        other = MemoryEventStore(clock=FixedClock())
        try:
            store_shared(folder / "b.branchline", folder, other)
        except BadInput as error:
            opens, told = False, str(error)
        else:
            opens, told = True, ""
        if not opens:
            assert other.sessions() == ()
            assert "\n" not in told
        else:
            assert [one.hash for one in other.iterate("b")] == [one.hash for one in make_store().iterate("b")]


def test_a_share_that_could_not_be_opened_is_not_written(store: MemoryEventStore, tmp_path: Path) -> None:
    deep: Any = 1
    for _ in range(250):
        deep = [deep]
    store.append("b", [new_event(13, "x.y", {"deep": deep})], expected=6)

    with pytest.raises(BadInput, match="200 levels deep"):
        written(tmp_path / "a.branchline", store)
    assert list(tmp_path.iterdir()) == []


def test_writing_can_be_stopped_and_leaves_nothing(store: MemoryEventStore, tmp_path: Path) -> None:
    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled("stopped")

    view = OutgoingView(store, "s")
    with pytest.raises(Cancelled):
        write_share(tmp_path / "a", view, SHARE, overwrite=False, losses=Losses(), written=Tally(), progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_files_are_told_apart_by_what_they_hold(store: MemoryEventStore, tmp_path: Path) -> None:
    share = written(tmp_path / "share.any", store)
    database, broken = tmp_path / "store.branchline", tmp_path / "broken.branchline"
    database.write_bytes(b"SQLite format 3\0")
    broken.write_bytes(b"half a file")

    assert [looks_shared(one) for one in (share, database, broken, tmp_path / "none")] == [True, False, True, False]


def test_words_of_a_share_are_cut_off_at_nothing(store: MemoryEventStore, tmp_path: Path) -> None:
    share = replace(SHARE, note="x" * 10_000)

    assert store_shared(written(tmp_path / "a", store, share), tmp_path, MemoryEventStore(FixedClock())) == share
