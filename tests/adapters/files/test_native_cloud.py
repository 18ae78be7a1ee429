"""Version 2: JSON Lines of CloudEvents that come back with all branches, side streams, attachments and hashes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.cloud_events import require_cloud_event
from fakes.fixed_clock import FixedClock
from fakes.making import new_event, said
from fakes.memory_event_store import MemoryEventStore
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app.adapters.files.export_native import export_native, native_bytes
from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import IMPORTS, Importing
from app.application.outgoing.view import OutgoingView
from app.application.ports import SessionDraft
from app.domain.errors import Cancelled
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.adapters.store.store import SqlEventStore

Opener = "Callable[[str], SqlEventStore]"


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Callable[[str], SqlEventStore]]:
    opened = []

    def open_named(name: str) -> SqlEventStore:
        opened.append(open_store(tmp_path / name, clock=FixedClock(), ids=SequentialIds()))
        return opened[-1]

    yield open_named
    for store in opened:
        store.close()


@pytest.fixture
def store(open_at: Callable[[str], SqlEventStore]) -> SqlEventStore:
    """One session with a branch of a branch, both side streams, an attachment and events of foreign kinds."""
    store = open_at("first.branchline")
    header = SessionHeader(id="s", title="Zwei Zimmer – 两间房", source="urn:test", external_id="x-1", subject="c-7")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdef")]))
    main, analyst, derived = store.branches("s")
    picture = store.put_blob(b"\x89PNG picture", "image/png")
    store.fork(main.id, 4, branch_id="b1", name="kinder")
    parts = {"message_id": "p", "role": "user", "text": "see", "parts": [{"type": "image", "blob": picture}]}
    store.append("b1", [new_event(11, "conversation.message-posted", parts, causation_id="n4")], expected=4)
    store.fork("b1", 2, branch_id="b2", name="forked at an inherited event")
    store.append("b2", [new_event(12, "com.example.thing", {"n": [1.5, None, "é"]}, version=7, time=None)], expected=2)
    store.append("b2", [new_event(13, "app.branchline.odd", {}, correlation_id="all", time=-(2**61))], expected=3)
    store.append(analyst.id, [new_event(14, "analyst.note-written", {"branch": "b2", "position": 3})], expected=0)
    store.append(derived.id, [new_event(15, "derived.trend-rising", classification="secret")], expected=0)
    return store


@pytest.fixture
def exported(store: SqlEventStore, tmp_path: Path) -> Path:
    path = tmp_path / "export.jsonl"
    path.write_text("".join(export_native(store, ["s"])), encoding="utf-8")
    return path


def customers(store: SqlEventStore) -> list[Any]:
    return [one for one in store.sessions() if one.header.id != IMPORTS.id]


def everything(store: SqlEventStore, session: str = "s") -> list[Any]:
    streams = [(one, list(store.iterate(one.id)), store.salts(one.id, 1, one.head)) for one in store.branches(session)]
    return [store.header(session), store.header_hash(session), *streams]


def test_a_round_trip_restores_everything(
    store: SqlEventStore, exported: Path, open_at: Callable[[str], SqlEventStore]
) -> None:
    other = open_at("second.branchline")
    report = Importing(other, KnownFormats()).run([exported])

    assert not report.quarantined
    assert everything(other) == everything(store)
    assert other.blob(store.put_blob(b"\x89PNG picture", "x/y")) == (b"\x89PNG picture", "image/png")
    assert other.verify().ok
    again = Importing(other, KnownFormats()).run([exported])
    assert (again.events, again.duplicates) == (0, report.events)


def test_every_line_is_a_cloud_event_and_keeps_what_the_event_says(exported: Path) -> None:
    lines = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]

    for line in lines:
        require_cloud_event(line)
    foreign = next(line for line in lines if line["type"] == "com.example.thing")
    assert (foreign["typeversion"], foreign["source"], "time" in foreign) == (7, "urn:test", False)
    first = next(line for line in lines if line["id"] == "n1")
    assert first["type"] == "app.branchline.conversation.message-posted.v1"
    assert (first["sequence"], first["dataclassification"]) == ("0000000001", "confidential")
    chain = [line for line in lines if line.get("branch") == "s/main"]
    assert [line["prevhash"] for line in chain[1:]] == [line["hash"] for line in chain[:-1]]


def test_the_manifest_tells_what_follows_and_how_it_hashes(exported: Path) -> None:
    first, _, body = exported.read_bytes().partition(b"\n")
    manifest = json.loads(first)["data"]

    assert manifest["body_sha256"] == hashlib.sha256(body).hexdigest()
    assert (manifest["body_bytes"], manifest["branchline"]) == (len(body), 2)
    assert [manifest[name] for name in ("sessions", "branches", "events", "attachments")] == [1, 5, 11, 1]
    assert (manifest["hashes"], manifest["redaction"]) == ("original", None)


def test_version_1_is_still_read(open_at: Callable[[str], SqlEventStore]) -> None:
    other = open_at("second.branchline")
    report = Importing(other, KnownFormats()).run([DATA / "native" / "version-1.jsonl"])

    assert (report.sessions, report.events, report.quarantined) == (1, 7, [])
    (session,) = customers(other)
    assert [one.name for one in other.branches(session.header.id)] == ["main", "kinder", "analyst", "derived"]
    assert other.verify().ok


def changed(line: int, old: str, new: str) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        assert old in lines[line]
        return [*lines[:line], lines[line].replace(old, new, 1), *lines[line + 1 :]]

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines[:-3], "the file breaks off"),
        (lambda lines: [*lines[:-1], lines[-1][:-30]], "the JSON breaks off"),
        (lambda lines: [], None),
        (lambda lines: lines[:1], "the file breaks off"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "where 1 should come"),
        (lambda lines: [*lines, lines[3]], "tells of other sessions and events"),
        (lambda lines: [*lines, *lines], "another file begins here"),
        (changed(3, '"text":"a"', '"text":"A"'), "was changed after it was written"),
        (changed(0, '"events":11', '"events":12'), "tells of other sessions and events"),
        (changed(0, '"branchline":2', '"branchline":3'), "was written in version 3; this program reads 2"),
        (changed(3, '"sequence":"0000000001"', '"sequence":"x"'), "does not tell its version and position"),
        (changed(3, "v1", "vx"), "does not tell its version and position"),
        (changed(3, '"confidential"', '"odd"'), "unknown classification 'odd'"),
        (changed(3, '"specversion":"1.0"', '"specversion":"2.0"'), "is a CloudEvent of version 2.0"),
        (changed(1, '"id":"s"', '"id":3'), "line 2: Expected str"),
        (changed(2, '"head":6', '"head":-6'), "ends before it begins"),
    ],
)
def test_what_is_not_as_it_was_written_is_one_sentence_and_nothing_comes_in(
    change: Callable[[list[str]], list[str]],
    sentence: str | None,
    exported: Path,
    open_at: Callable[[str], SqlEventStore],
) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    exported.write_text("".join(f"{line}\n" for line in change(lines)), encoding="utf-8")
    other = open_at("second.branchline")

    report = Importing(other, KnownFormats()).run([exported], format_name="native")

    assert (report.sessions, customers(other)) == (0, [])
    if sentence is not None:
        (bad,) = report.quarantined
        assert sentence in bad.reason
        assert "\n" not in bad.reason


def test_a_changed_event_with_a_matching_manifest_is_refused_by_its_hash(
    exported: Path, open_at: Callable[[str], SqlEventStore]
) -> None:
    first, _, body = exported.read_text(encoding="utf-8").partition("\n")
    body = body.replace('"text":"a"', '"text":"A"', 1)
    manifest = json.loads(first)
    manifest["data"]["body_sha256"] = hashlib.sha256(body.encode()).hexdigest()
    exported.write_text(json.dumps(manifest) + "\n" + body, encoding="utf-8")
    other = open_at("second.branchline")

    report = Importing(other, KnownFormats()).run([exported])

    assert customers(other) == []
    assert "the hash of event 1 of main does not match" in report.quarantined[0].reason


def test_an_attachment_that_is_not_what_its_address_says_is_refused(exported: Path) -> None:
    text = exported.read_text(encoding="utf-8").replace('"data_base64":"iVBO', '"data_base64":"iVBP', 1)
    exported.write_text(text, encoding="utf-8")

    report = Importing(MemoryEventStore(FixedClock()), KnownFormats()).run([exported])

    assert "is not what its address says" in report.quarantined[0].reason


def test_writing_can_be_stopped(store: SqlEventStore) -> None:
    store.append("s/main", [new_event(1000 + one, "x.y") for one in range(600)], expected=6)

    def stop(done: int, total: int | None, what: str) -> None:
        assert (done, total) == (500, 611)
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        list(native_bytes([OutgoingView(store, "s")], progress=stop))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_anywhere_says_how_much_is_there(kept: float, exported: Path) -> None:
    content = exported.read_bytes()
    begins = content.index(b"\n") + 1
    cut = begins + int((len(content) - begins) * kept)
    exported.write_bytes(content[:cut])

    report = Importing(MemoryEventStore(FixedClock()), KnownFormats()).run([exported])

    (bad,) = report.quarantined
    assert bad.reason.startswith(f"the file breaks off: {cut - begins:,} of {len(content) - begins:,} bytes")
