"""A store of an older layout is brought to the present one at once or not at all, and loses nothing on the way.

``samples/v1-packed.branchline`` was made by the first version of the layout: two sessions, forks of forks, UUIDs and
other ids, payloads packed with a dictionary, a side stream, an attachment.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message
from fakes.sequential_ids import SequentialIds

from app.adapters.store.driver import load_driver
from app.adapters.store.sqlite_schema import SCHEMA_VERSION
from app.adapters.store.store import SqlEventStore, open_store
from app.domain.errors import Cancelled, StoreUnusable

DRIVER = load_driver()
SAMPLES = Path(__file__).with_name("samples")
OLD = ("v1.branchline", "v1-packed.branchline")


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, file: Path) -> Path:
    shutil.copyfile(SAMPLES / request.param, file)
    return file


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(DRIVER.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def layout(file: Path) -> object:
    return rows(file, "PRAGMA user_version")[0][0]


PLACES = "SELECT stream.id, position, event.hash, salt FROM event JOIN stream ON stream = no ORDER BY seq"


def test_every_hash_and_salt_stays_and_verifies(old: Path, opened) -> None:
    before = rows(old, PLACES)

    store: SqlEventStore = opened()

    assert layout(old) == SCHEMA_VERSION
    assert rows(old, PLACES) == before
    assert (store.verify().problems, store.verify().events) == ((), len(before))
    for stream, position, event_hash, salt in before:
        assert (store.hash_at(stream, position), store.salt_at(stream, position)) == (event_hash.hex(), salt)


def test_every_event_reads_as_it_was_stored(file: Path, opened) -> None:
    shutil.copyfile(SAMPLES / "v1-packed.branchline", file)
    columns = "event.id, text, event.version, time, recorded_at, causation_id, correlation_id"
    stored = rows(file, f"SELECT {columns} FROM event JOIN name ON type = no ORDER BY seq")

    store: SqlEventStore = opened()

    read = [event for _, event in store.recorded_after(0, 1_000)]
    assert [
        (one.id, one.type, one.version, one.time, one.recorded_at, one.causation_id, one.correlation_id) for one in read
    ] == stored
    assert {one.id for one in read} >= {"plain", "sixteen-letters!", "0189ABCD-0000-7000-8000-00000000000A"}
    assert store.blob("blake2b-256:1ad7aae734c5800a35c0c3c518c752be6825dbab05cc57c3f6d36f48f102e6ea")[1] == "text/plain"


def test_the_store_goes_on_after_it(file: Path, opened) -> None:
    shutil.copyfile(SAMPLES / "v1-packed.branchline", file)
    store: SqlEventStore = opened()
    known = store.read("fork2", 44, 44)[0]

    done = store.append("fork2", [message(9_000, "new")], expected=45)

    assert (known.id, done.positions) == ("sixteen-letters!", (46,))
    assert store.locate("b", "sixteen-letters!") == (("fork2", 44),)
    assert store.verify().ok


def test_its_rows_take_less_room(file: Path, opened) -> None:
    shutil.copyfile(SAMPLES / "v1-packed.branchline", file)
    before = file.stat().st_size

    opened().close()

    assert file.stat().st_size < before


def test_a_cancelled_upgrade_leaves_the_store_as_it_was(old: Path) -> None:
    before = rows(old, PLACES)

    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        open_store(old, clock=FixedClock(), ids=SequentialIds(), progress=stop)

    assert (layout(old), rows(old, PLACES)) == (1, before)


def test_a_damaged_store_is_left_as_it_was_and_says_what_to_do(file: Path, opened) -> None:
    content = bytearray((SAMPLES / "v1-packed.branchline").read_bytes())
    at = content.index(b"I would like to book table 7919 ")
    page = at // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    file.write_bytes(content)

    for read_only in (False, True):
        with pytest.raises(StoreUnusable, match=r"Branchline 0\.1 and is damaged, so it was left as it was"):
            opened(read_only=read_only)

    assert layout(file) == 1
    assert file.read_bytes()[100:] == bytes(content)[100:]


def test_a_store_that_may_not_be_written_is_read_from_a_copy(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()

    store = open_store(old, clock=FixedClock(), ids=SequentialIds(), read_only=True)
    copies = Path(str(store._copy and store._copy.name))

    assert copies.is_dir()
    assert store.location == str(old)
    assert store.verify().ok
    assert store.backup(tmp_path / "backup.branchline").ok
    store.close()
    assert not copies.exists()
    assert old.read_bytes() == before
