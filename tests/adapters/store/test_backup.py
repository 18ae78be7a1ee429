"""A backup is whole, verified, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.making import message

from app.adapters.store.failures import plain
from app.adapters.store.store import SqlEventStore
from app.domain.errors import BadInput, StoreUnusable


def test_a_backup_holds_what_the_store_held_at_that_moment(filled: SqlEventStore, opened, tmp_path: Path) -> None:
    target = tmp_path / "copy.branchline"

    done = filled.backup(target)
    filled.append("s/main", [message(11, "later")], expected=10)

    copy = opened(target)
    assert (done.ok, done.events) == (True, 11)
    assert copy.read("s/main", 1, 99) == filled.read("s/main", 1, 10)
    assert copy.verify().ok


def test_an_existing_file_is_never_overwritten(filled: SqlEventStore, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("mine")

    with pytest.raises(BadInput, match="exists"):
        filled.backup(target)
    assert target.read_text() == "mine"


def test_a_backup_into_nowhere_is_refused(filled: SqlEventStore, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        filled.backup(tmp_path / "missing" / "copy")


def test_a_damaged_store_gives_no_backup_and_leaves_no_file(filled: SqlEventStore, opened, file: Path) -> None:
    filled.close()
    content = file.read_bytes()
    at = content.index(b'"text":"text 5"') + 9
    file.write_bytes(content[:at] + b"X" + content[at + 1 :])
    damaged = opened()

    with pytest.raises(StoreUnusable, match="not sound"):
        damaged.backup(file.with_name("copy"))
    assert not [path for path in file.parent.iterdir() if "copy" in path.name]


def test_a_full_disk_is_told_in_plain_words_even_where_the_driver_gives_no_code() -> None:
    told = plain(Exception("database or disk is full"), "copy.branchline")

    assert isinstance(told, StoreUnusable)
    assert "no space left for the store copy.branchline" in str(told)
