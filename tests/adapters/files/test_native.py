"""What was exported in version 1 comes back with all branches, side streams and the very same hashes."""

import json

import pytest
from fakes.fixed_clock import FixedClock
from fakes.native_v1 import export_v1
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import IMPORTS, Importing
from app.domain.events import NewEvent


def new_event(number, **more):
    fields = {"id": f"n{number}", "source": "urn:test", "type": "future.thing", "data": {"n": number, "x": [1.5, "é"]}}
    return NewEvent(**{**fields, "actor": "analyst", "time": 1_700_000_000_123_456 + number, **more})


def customers(store):
    """All sessions but the one that keeps the reports of imports."""
    return [one for one in store.sessions() if one.header.id != IMPORTS.id]


@pytest.fixture
def open_at(tmp_path):
    opened = []

    def open_named(name):
        store = open_store(tmp_path / name, clock=FixedClock(), ids=SequentialIds())
        opened.append(store)
        return store

    yield open_named
    for store in opened:
        store.close()


@pytest.fixture
def store(open_at):
    """Two sessions; one with a branch of a branch and both side streams."""
    store = open_at("first.branchline")
    imported = Importing(store, KnownFormats()).run([DATA / "tau-bench" / "trajectories.json"])
    session = imported.imported[-1]
    main, analyst, derived = store.branches(session)
    store.fork(main.id, 7, branch_id="b1", name="what if")
    store.append("b1", [new_event(1), new_event(2, version=7)], expected=7)
    store.fork("b1", 8, branch_id="b2", name="deeper")
    store.append("b2", [new_event(3, time=None)], expected=8)
    store.fork("b2", 3, branch_id="b3", name="empty, forked at an inherited event")
    store.append(analyst.id, [new_event(4, type="analyst.note-written")], expected=0)
    store.append(derived.id, [new_event(5, type="derived.trend-rising")], expected=1)
    return store


@pytest.fixture
def exported(store, tmp_path):
    path = tmp_path / "export.jsonl"
    sessions = [one.header.id for one in customers(store)]
    path.write_text("".join(export_v1(store, sessions)), encoding="utf-8")
    return path


def everything(store):
    return {
        one.header.id: (one.header, store.header_hash(one.header.id), store.branches(one.header.id))
        for one in customers(store)
    }


def hashes(store):
    return {
        branch.id: [event.hash for event in store.iterate(branch.id)]
        for one in customers(store)
        for branch in store.branches(one.header.id)
    }


def test_a_round_trip_restores_everything(store, exported, open_at):
    other = open_at("second.branchline")
    report = Importing(other, KnownFormats()).run([exported])

    assert not report.quarantined
    assert everything(other) == everything(store)
    assert hashes(other) == hashes(store)
    assert other.verify().ok
    assert "".join(export_v1(other, [one.header.id for one in customers(store)])) == exported.read_text("utf-8")


def test_importing_twice_changes_nothing(store, exported, open_at):
    other = open_at("second.branchline")
    first = Importing(other, KnownFormats()).run([exported])
    before = hashes(other)
    again = Importing(other, KnownFormats()).run([exported])

    assert (again.events, again.duplicates) == (0, first.events)
    assert hashes(other) == before


def test_what_was_changed_after_the_export_is_refused(exported, open_at):
    lines = exported.read_text(encoding="utf-8").splitlines()
    changed = next(index for index, line in enumerate(lines) if '"future.thing"' in line)
    lines[changed] = lines[changed].replace('"n":', '"m":')
    exported.write_text("\n".join(lines), encoding="utf-8")
    other = open_at("second.branchline")

    report = Importing(other, KnownFormats()).run([exported])

    assert report.sessions == 1
    assert "changed after it was exported" in report.quarantined[0].reason


def test_a_damaged_line_refuses_its_session_and_no_other(exported, open_at):
    lines = exported.read_text(encoding="utf-8").splitlines()
    headers = [number for number, line in enumerate(lines) if line.startswith('{"branchline"')]
    lines[headers[1] + 9] = lines[headers[1] + 9][:-20]
    exported.write_text("\n".join(lines), encoding="utf-8")
    other = open_at("second.branchline")

    report = Importing(other, KnownFormats()).run([exported])

    assert report.sessions == 1
    assert [one.line for one in report.quarantined] == [headers[1] + 10]


def test_a_file_that_breaks_off_gives_whole_sessions_only(exported, read):
    lines = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    exported.write_text("".join(lines[:-3]), encoding="utf-8")

    drafts, notes = read(exported)

    assert len(drafts) == 1
    assert "3 of its events are missing" in notes.quarantined[0].reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"position": 99}, "where 1 should come"),
        ({"branch_id": "nowhere"}, "a branch that the session does not have"),
        ({"session": "another"}, "belongs to another session"),
        ({"salt": "zz"}, "is not 16 bytes"),
        ({"recorded_at": "yesterday"}, "is no time"),
        ({"data": None}, "is no object"),
        ({"data": {"x": "\ud800"}}, "hex escape"),
    ],
)
def test_an_event_that_does_not_fit_is_named(exported, read, change, reason):
    lines = exported.read_text(encoding="utf-8").splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith('{"id"'))
    lines[first] = json.dumps({**json.loads(lines[first]), **change})
    exported.write_text("\n".join(lines), encoding="utf-8")

    _, notes = read(exported)

    assert notes.quarantined[0].line == first + 1
    assert reason in notes.quarantined[0].reason


def test_a_payload_that_is_no_utf_8_is_named_with_its_line(exported, read):
    lines = exported.read_bytes().splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith(b'{"id"'))
    lines[first] = lines[first].replace(b'"data":{', b'"data":{"x":"\xff",', 1)
    exported.write_bytes(b"\n".join(lines))

    _, notes = read(exported)

    assert notes.quarantined[0].line == first + 1
    assert "not UTF-8" in notes.quarantined[0].reason


def test_a_number_that_nothing_holds_refuses_its_session_in_words(exported, open_at):
    text = exported.read_text(encoding="utf-8")
    exported.write_text(text.replace('"data":{', '"data":{"x":1e999,', 1), encoding="utf-8")

    report = Importing(open_at("second.branchline"), KnownFormats()).run([exported])

    assert report.sessions == 1
    assert "event 1 of the file: Number out of range" in report.quarantined[0].reason


def test_lines_are_known_by_what_they_hold_not_by_how_they_begin(exported, open_at):
    lines = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]
    turned = [dict(reversed(line.items())) for line in lines]
    marked = [{**line, "id": line.get("id", "marked")} for line in turned]
    exported.write_text("\n".join(json.dumps(dict(sorted(line.items()))) for line in marked), encoding="utf-8")

    report = Importing(open_at("second.branchline"), KnownFormats()).run([exported], format_name="native")

    assert (report.sessions, report.quarantined) == (2, [])


def test_a_newer_version_is_refused_in_words(exported, read):
    exported.write_text(exported.read_text("utf-8").replace('{"branchline":1', '{"branchline":2'), encoding="utf-8")

    drafts, notes = read(exported)

    assert not drafts
    assert "version 2" in notes.quarantined[0].reason
