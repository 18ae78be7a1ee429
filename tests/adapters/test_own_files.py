"""The files of the store that is open are told from all others, and nothing but its driver opens them."""

import subprocess
import sys

import pytest
from fakes.hostile_files import CHAT

from app.adapters.files.formats import KnownFormats
from app.adapters.mappings import Mappings
from app.adapters.own_files import is_of_store
from app.bootstrap import is_share

TRY = "import fcntl,sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
OWN = ("a.db", "a.db-wal", "a.db-shm", "a.db-journal", "a.db.cache", "a.db.cache-wal", "a.db.search")


@pytest.mark.parametrize("name", OWN)
def test_the_store_its_logs_and_what_is_derived_are_its_own(name, tmp_path):
    assert is_of_store(tmp_path / name, str(tmp_path / "a.db"))


@pytest.mark.parametrize("name", ["b.db", "a.db.zip", "a.db.jsonl", "a.dbx", "in/a.db", "a.db-wal.json"])
def test_others_are_not(name, tmp_path):
    assert not is_of_store(tmp_path / name, str(tmp_path / "a.db"))
    assert not is_of_store(tmp_path / name, "postgresql+psycopg://user@host/a.db")


def test_a_link_to_the_store_is_the_store(tmp_path):
    (tmp_path / "a.db").touch()
    (tmp_path / "link.json").symlink_to(tmp_path / "a.db")

    assert is_of_store(tmp_path / "link.json", str(tmp_path / "a.db"))


@pytest.mark.skipif(sys.platform == "win32", reason="locks are given up by closing a file where POSIX says so")
def test_an_import_of_its_folder_leaves_it_locked(tmp_path):
    import fcntl

    store = tmp_path / "a.db"
    store.write_bytes(b"SQLite format 3\0" * 300)
    (tmp_path / "chat.jsonl").write_bytes(CHAT)
    skipped = []
    with store.open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)

        found = list(KnownFormats(store=str(store)).expand([tmp_path, store], skipped))
        kind = Mappings(tmp_path, str(store)).kind(store)
        shared = is_share(store, str(store))

        tried = subprocess.run([sys.executable, "-c", TRY, store], capture_output=True, check=False)
        assert tried.returncode != 0
    assert [one.problem for one in found] == [None, "it belongs to the store that is open"]
    assert [one.reason for one in skipped] == ["it belongs to the store that is open"]
    assert (kind, shared) == ("", False)
