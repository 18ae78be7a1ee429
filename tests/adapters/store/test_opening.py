"""What cannot be opened or written says so in one sentence that names the file, and loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes.making import message

from app.adapters.store.driver import is_sound, load_driver, require_sound
from app.adapters.store.store import SqlEventStore
from app.domain.errors import StoreUnusable

DRIVER = load_driver()  # a second SQLite in one process would break the locks of the first


def change(file: Path, *statements: str) -> None:
    with closing(DRIVER.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (3, 50, 7), (3, 44, 6), (4, 0, 0)])
def test_these_versions_of_sqlite_are_sound(version: tuple[int, ...]) -> None:
    assert is_sound(version)


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 45, 9), (3, 40, 1)])
def test_an_sqlite_with_the_wal_reset_bug_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StoreUnusable, match=rf"SQLite {'.'.join(map(str, version))} can lose"):
        require_sound(version)


def test_a_url_opens_the_same_file(filled: SqlEventStore, opened, file: Path) -> None:
    assert opened(f"sqlite:///{file}").branch("s/main").head == 10


def test_other_databases_come_later(opened) -> None:
    with pytest.raises(StoreUnusable, match="postgresql"):
        opened("postgresql+psycopg://somewhere/store")


def test_a_missing_store_is_made_only_when_asked(opened, file: Path) -> None:
    with pytest.raises(StoreUnusable, match="there is no store"):
        opened(create=False)
    assert not file.exists()

    assert opened().sessions() == ()


def test_a_store_of_a_newer_version_is_left_alone(filled: SqlEventStore, opened, file: Path) -> None:
    filled.close()
    change(file, "PRAGMA user_version = 99")

    with pytest.raises(StoreUnusable, match=rf"{file.name}.*newer"):
        opened()


def test_another_programs_database_is_left_alone(opened, file: Path) -> None:
    change(file, "CREATE TABLE theirs(x)")

    with pytest.raises(StoreUnusable, match="not a Branchline store"):
        opened()


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_left_alone(opened, file: Path, content: bytes) -> None:
    file.write_bytes(content)

    with pytest.raises(StoreUnusable, match=file.name):
        opened()
    assert file.read_bytes() == content


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(filled: SqlEventStore, opened, file: Path) -> None:
    second = opened(busy_timeout_s=0.05)
    with closing(DRIVER.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable, match="another program"):
            second.append("s/main", [message(11, "x")], expected=10)
        assert second.branch("s/main").head == 10
        other.execute("ROLLBACK")

    assert second.append("s/main", [message(11, "x")], expected=10).head == 11


def test_two_stores_on_one_file_see_each_others_events(filled: SqlEventStore, opened) -> None:
    second = opened()
    before = second.last_recorded()

    filled.append("s/main", [message(11, "x")], expected=10)

    assert second.branch("s/main").head == 11
    assert second.last_recorded() != before
    assert second.append("s/main", [message(12, "y")], expected=11).head == 12


def test_a_full_disk_refuses_the_append_and_keeps_what_is_there(filled: SqlEventStore) -> None:
    assert filled._writer is not None
    connection = filled._writer._ready()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    connection.rollback()

    with pytest.raises(StoreUnusable, match="no space left"):
        filled.append("s/main", [message(50 + i, os.urandom(400).hex()) for i in range(200)], expected=10)
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    connection.rollback()

    assert filled.verify().ok
    assert filled.append("s/main", [message(11, "x")], expected=10).head == 11


def test_a_store_opened_for_reading_refuses_to_write(filled: SqlEventStore, opened) -> None:
    reading = opened(read_only=True)

    assert reading.read_only
    assert reading.branch("s/main").head == 10
    with pytest.raises(StoreUnusable, match="reading only"):
        reading.append("s/main", [message(11, "x")], expected=10)


READ_ONLY_SCRIPT = """
import os, sys
sys.path[:0] = sys.argv[3:]
from app.adapters.clock import SystemClock
from app.adapters.ids import TimeOrderedIds
from app.adapters.store.store import open_store
warm = open_store(sys.argv[2], clock=SystemClock(), ids=TimeOrderedIds())
warm.verify()
warm.close()
if os.geteuid() == 0:  # for root nothing is read-only
    os.setuid(65534)
store = open_store(sys.argv[1], clock=SystemClock(), ids=TimeOrderedIds())
print(store.read_only, store.branch("s/main").head, store.verify().ok)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no write permission to take away there")
@pytest.mark.parametrize("guarded", ["file", "folder"])
def test_a_file_or_folder_that_is_read_only_opens_for_reading(
    filled: SqlEventStore, opened, file: Path, guarded: str
) -> None:
    filled.close()
    folder = file.parent
    for parent in list(file.parents)[:-2]:
        if parent.stat().st_uid == os.geteuid() and parent.name.startswith(("pytest", "test_", "popen")):
            parent.chmod(0o755)
    SqlEventStore.close(opened(file.with_name("warm")))
    file.chmod(0o444 if guarded == "file" else 0o644)
    folder.chmod(0o777 if guarded == "file" else 0o555)
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", READ_ONLY_SCRIPT, str(file), str(file.with_name("warm")), str(root)]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    folder.chmod(0o755)

    assert done.stdout.split() == ["True", "10", "True"], done.stderr


def test_a_closed_store_says_so(opened) -> None:
    store = opened()
    store.close()

    with pytest.raises(StoreUnusable, match="closed"):
        store.put_blob(b"x", "text/plain")
