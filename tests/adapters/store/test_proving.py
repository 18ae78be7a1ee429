"""A sound log is proven quickly, also in parts and by several processes; anything else is left to a closer look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from fakes.making import message

from app.adapters.store.driver import load_driver
from app.adapters.store.part_process import results_of
from app.adapters.store.part_worker import Message, main
from app.adapters.store.proof import Doubt, are_whole, prove
from app.adapters.store.proving import Proven, prove_log
from app.adapters.store.small_tables import read_small_tables
from app.adapters.store.store import SqlEventStore
from app.application.ports import no_progress
from app.domain.errors import Cancelled

DRIVER = load_driver()
EVENTS = 31


@pytest.fixture
def branched(filled: SqlEventStore) -> SqlEventStore:
    """Three streams whose events alternate, and forks of forks."""
    for number in range(200, 210):
        filled.append("s/main", [message(number, "on main")], expected=None)
        filled.append("s-b", [replace(message(number + 100, "on the branch"), causation_id="n3")], expected=None)
    filled.fork("s-b", 3, branch_id="deep", name="deep")
    filled.fork("s-b", 9, branch_id="late", name="late")
    return filled


def proven(store: SqlEventStore, processes: int) -> Proven | None:
    with store._reader.connection() as connection:
        tables = read_small_tables(connection, pytest.fail)
        return prove_log(connection, Path(store.location), tables, no_progress, processes)


def change(file: Path, *statements: str) -> None:
    """As somebody who means harm: the guards are taken away and put back."""
    with closing(DRIVER.connect(file)) as connection, connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_sound_log_is_proven(branched: SqlEventStore, processes: int) -> None:
    found = proven(branched, processes)

    assert found is not None
    newest = max(event.recorded_at for _, event in branched.recorded_after(0, 99))
    assert (found.events, found.newest) == (EVENTS, newest)
    assert found.structure == (None if processes == 1 else [])


@pytest.mark.parametrize("parts", range(1, EVENTS + 1))
def test_proofs_of_any_parts_join(branched: SqlEventStore, parts: int) -> None:
    with branched._reader.connection() as connection:
        tables = read_small_tables(connection, pytest.fail)
        bounds = [EVENTS * number // parts for number in range(parts + 1)]
        proofs = [prove(connection, tables, before + 1, end, lambda done: None) for before, end in pairwise(bounds)]

        assert are_whole(connection, tables, proofs)
        assert not are_whole(connection, tables, proofs[:-1])
        assert parts == 1 or not are_whole(connection, tables, proofs[1:])


DAMAGES = {
    "payload": ["UPDATE event SET data = x'7b7d' WHERE seq = {}"],
    "envelope": ["UPDATE event SET time = coalesce(time, 0) + 1 WHERE seq = {}"],
    "hash": ["UPDATE event SET hash = zeroblob(32) WHERE seq = {}"],
    "identity": ["UPDATE event SET id = x'6e6f' WHERE seq = {}"],
    "place": ["UPDATE event SET position = position + 100 WHERE seq = {}"],
    "loss": ["DELETE FROM event WHERE seq = {}"],
    "kind": ["UPDATE event SET kind = 99 WHERE seq = {}"],
    "encoding": ["UPDATE event SET encoding = 7 WHERE seq = {}"],
}


@pytest.mark.parametrize("seq", [1, 15, 16, EVENTS])  # ends of the log, and both sides of the seam between two parts
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_log_is_not_proven(branched: SqlEventStore, file: Path, damage: str, seq: int) -> None:
    change(file, "PRAGMA foreign_keys = OFF", *(statement.format(seq) for statement in DAMAGES[damage]))

    with branched._reader.connection() as connection:
        tables = read_small_tables(connection, pytest.fail)
        assert prove_log(connection, None, tables, no_progress) is None
        try:
            proofs = [prove(connection, tables, *part, lambda done: None) for part in ((1, 15), (16, EVENTS))]
        except Doubt:
            proofs = []
        assert not are_whole(connection, tables, proofs)
    assert branched.verify().problems


def test_a_fork_that_does_not_fit_is_not_proven(branched: SqlEventStore, file: Path) -> None:
    change(file, "UPDATE stream SET fork_hash = zeroblob(32), head_hash = zeroblob(32) WHERE id = 'late'")

    assert not branched.verify().ok


def test_several_processes_doubt_what_one_doubts(branched: SqlEventStore, file: Path) -> None:
    change(file, *(one.format(16) for one in DAMAGES["payload"]))

    assert proven(branched, 2) is None
    assert [problem.event for problem in branched.verify().problems] == ["n202"]


def test_whoever_asked_may_stop_the_processes(branched: SqlEventStore) -> None:
    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled

    with branched._reader.connection() as connection:
        tables = read_small_tables(connection, pytest.fail)
        with pytest.raises(Cancelled):
            prove_log(connection, Path(branched.location), tables, stop, 2)


def test_a_process_without_a_result_is_a_doubt(tmp_path: Path) -> None:
    with pytest.raises(Doubt):
        results_of(tmp_path / "nowhere", [("1", "2")], lambda done: None)


def test_events_that_come_meanwhile_are_left_for_the_next_time(branched: SqlEventStore) -> None:
    numbers: Iterator[int] = iter(range(900, 1_000))

    def meanwhile(done: int, total: int | None, what: str) -> None:
        branched.append("s/main", [message(next(numbers), "meanwhile")], expected=None)

    verified = branched.verify(meanwhile)

    assert (verified.problems, verified.events) == ((), EVENTS)


def test_a_worker_answers_in_lines(
    branched: SqlEventStore, file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([str(file), "1", str(EVENTS), "structure"]) == 0

    result = msgspec.json.decode(capfdbinary.readouterr().out, type=Message)
    assert result.proof is not None
    assert (result.proof.events, result.structure) == (EVENTS, [])
    assert main([str(file), "1", "99"]) != 0
