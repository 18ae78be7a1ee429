"""One byte flipped anywhere in the file: what changes what is read is found, and the event is named."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message
from fakes.sequential_ids import SequentialIds

from app.adapters.store.chain import payload_digest
from app.adapters.store.driver import load_driver
from app.adapters.store.packed_ids import pack
from app.adapters.store.store import SqlEventStore, open_store
from app.application.ports import SessionDraft
from app.domain.errors import BranchlineError, StoreUnusable
from app.domain.sessions import SessionHeader

DRIVER = load_driver()  # a second SQLite in one process would break the locks of the first

PAGE = 4096
FLIPS_PER_PAGE = 12


def everything(store: SqlEventStore) -> dict[Any, Any]:
    """All that can be read, under keys that name events; what cannot be read is None."""
    read: dict[Any, Any] = {}

    def note(key: Any, ask: Any) -> Any:
        try:
            read[key] = ask()
        except (BranchlineError, LookupError, ValueError, TypeError):
            read[key] = None
        return read[key]

    for summary in note("sessions", store.sessions) or ():
        session = summary.header.id
        note(("hash", session), lambda session=session: store.header_hash(session))
        for branch in note(("branches", session), lambda session=session: store.branches(session)) or ():
            note(("columns", branch.id), lambda branch=branch: store.columns(branch.id))
            for position in range(branch.fork_position + 1, branch.head + 1):
                note(
                    (branch.id, position),
                    lambda branch=branch, position=position: (
                        store.read(branch.id, position, position),
                        store.salt_at(branch.id, position),
                    ),
                )
    return read


@pytest.fixture
def sound(filled: SqlEventStore, file: Path) -> bytes:
    filled.close()
    assert not file.with_name(file.name + "-wal").exists()
    return file.read_bytes()


def read_and_verified(damaged: Path) -> tuple[dict[Any, Any], list[Any]] | None:
    """None when the store refuses to open, with its sentence."""
    try:
        store = open_store(damaged, clock=FixedClock(), ids=SequentialIds(), read_only=True)
    except StoreUnusable:
        return None
    try:
        read = everything(store)
        return read, list(store.verify().problems)
    finally:
        store.close()


def flips(size: int) -> list[tuple[int, int]]:
    chance = random.Random(7)
    offsets = [
        page + within
        for page in range(0, size, PAGE)
        for within in (*range(0, 12, 3), *(chance.randrange(PAGE) for _ in range(FLIPS_PER_PAGE)))
    ]
    return [(offset, 1 << chance.randrange(8)) for offset in offsets]


def test_every_flip_that_changes_what_is_read_is_found(sound: bytes, tmp_path: Path) -> None:
    intact_file = tmp_path / "intact.branchline"
    intact_file.write_bytes(sound)
    outcome = read_and_verified(intact_file)
    assert outcome is not None
    intact, problems = outcome
    assert not problems
    changed_reads = 0
    for offset, bit in flips(len(sound)):
        damaged = tmp_path / f"damaged-{offset}.branchline"
        damaged.write_bytes(sound[:offset] + bytes([sound[offset] ^ bit]) + sound[offset + 1 :])
        outcome = read_and_verified(damaged)
        if outcome is not None and outcome[0] != intact:
            changed_reads += 1
            assert outcome[1], f"byte {offset} (bit {bit}) changes what is read and is not found"
        damaged.unlink()
    assert changed_reads > 20


def test_a_flip_in_an_events_row_names_the_event(sound: bytes, tmp_path: Path) -> None:
    for number in (1, 5, 10):
        offset = sound.index(f'"text":"text {number}"'.encode()) + 9
        damaged = tmp_path / f"damaged-{number}.branchline"
        damaged.write_bytes(sound[:offset] + bytes([sound[offset] ^ 1]) + sound[offset + 1 :])

        outcome = read_and_verified(damaged)

        assert outcome is not None
        named = [(problem.session, problem.branch, problem.position, problem.event) for problem in outcome[1]]
        assert named == [("s", "s/main", number, f"n{number}")]


def test_events_on_a_lost_page_are_named_and_the_others_still_read(opened, file: Path) -> None:
    store = opened()
    long = [("main", message(i, f"text {i} " + "x" * 400)) for i in range(1, 101)]
    store.store_session(SessionDraft(header=SessionHeader(id="s", title="", source="urn:test"), events=long))
    store.close()
    content = file.read_bytes()
    page = content.index(b"text 50 x") // PAGE * PAGE
    file.write_bytes(content[:page] + bytes(PAGE) + content[page + PAGE :])

    damaged = opened()
    verified = damaged.verify()

    lost = {problem.position: problem.event for problem in verified.problems if problem.position is not None}
    assert lost[50] == "n50"
    assert 5 <= len(lost) <= 12
    assert verified.events == 100 - len(lost)
    assert damaged.read("s/main", 1, 3)[2].position == 3
    with pytest.raises(StoreUnusable, match="verify"):
        damaged.read("s/main", 50, 50)


def test_a_cut_tail_is_missed_by_the_head(filled: SqlEventStore, file: Path) -> None:
    filled.close()
    with closing(DRIVER.connect(file)) as tamperer, tamperer:
        tamperer.execute("DROP TRIGGER event_no_delete")
        tamperer.execute("DELETE FROM event WHERE id = ?", (pack("n10"),))

    outcome = read_and_verified(file)

    assert outcome is not None
    reasons = {(problem.branch, problem.position): problem.reason for problem in outcome[1]}
    assert "missing" in reasons["s/main", 10]
    assert "triggers" in reasons[None, None]


def test_a_forged_event_breaks_the_chain(filled: SqlEventStore, file: Path) -> None:
    filled.close()
    with closing(DRIVER.connect(file)) as tamperer, tamperer:
        tamperer.execute("DROP TRIGGER event_no_update")
        tamperer.execute("UPDATE event SET data = ? WHERE id = ?", (b'{"text":"forged"}', pack("n3")))

    outcome = read_and_verified(file)

    assert outcome is not None
    named = [(problem.branch, problem.position, problem.event) for problem in outcome[1]]
    assert named == [("s/main", 3, "n3"), (None, None, None)]


def test_an_erased_payload_leaves_a_chain_that_verifies(filled: SqlEventStore, file: Path) -> None:
    filled.close()
    with closing(DRIVER.connect(file)) as eraser, eraser:
        guard = eraser.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_no_update'").fetchone()[0]
        salt, data = eraser.execute("SELECT salt, data FROM event WHERE id = ?", (pack("n3"),)).fetchone()
        eraser.execute("DROP TRIGGER event_no_update")
        eraser.execute(
            "UPDATE event SET data = NULL, salt = NULL, digest = ? WHERE id = ?",
            (payload_digest(salt, data), pack("n3")),
        )
        eraser.execute(guard)

    outcome = read_and_verified(file)

    assert outcome is not None
    assert outcome[1] == []
