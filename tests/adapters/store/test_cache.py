"""The cache may vanish, rot or grow old at any time; it is then empty and nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.store.cache import SqlDerivedCache, open_cache
from app.application.ports import IndexBatch, ItemRow
from app.domain.branches import Segment
from app.domain.fold.bounded import Bounded, Checkpoint

BATCH = IndexBatch(
    first=1, last=9, checkpoints=[(4, Checkpoint(Bounded(position=4)))], rows=[ItemRow("messages", 1, 2, "m")]
)


def filled(file: Path, fold_version: int = 1) -> Path:
    cache = open_cache(file, fold_version)
    cache.put("b", BATCH, "aa")
    cache.close()
    return file.with_name(file.name + ".cache")


def indexed(file: Path, fold_version: int = 1) -> int:
    """What a newly opened cache knows; it must then be usable."""
    cache = open_cache(file, fold_version)
    known = cache.indexed_to("b")
    cache.put("c", BATCH, "bb")
    assert cache.indexed_to("c") == 9
    cache.close()
    return known


def test_it_lies_beside_the_store_and_is_kept(file: Path) -> None:
    assert filled(file).is_file()
    assert indexed(file) == 9


def test_another_version_of_the_fold_starts_empty(file: Path) -> None:
    filled(file)

    assert indexed(file, fold_version=2) == 0


@pytest.mark.parametrize("rot", [b"", b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_rotten_file_is_replaced_by_an_empty_cache(file: Path, rot: bytes) -> None:
    filled(file).write_bytes(rot)

    assert indexed(file) == 0


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_lost_page_never_raises(file: Path, page: int) -> None:
    path = filled(file)
    content = path.read_bytes()
    path.write_bytes(content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :])

    cache = open_cache(file, 1)
    cache.checkpoint("b", 9)
    cache.rows([Segment("b", 1, 9)], "messages", 1, 9)
    cache.put("b", BATCH, "cc")
    cache.put("b", BATCH, "cc")

    assert cache.indexed_to("b") == 9
    cache.close()


def test_without_a_folder_to_write_it_lives_in_memory(tmp_path: Path) -> None:
    cache = SqlDerivedCache(str(tmp_path / "nowhere" / "x.cache"), 1)
    cache.put("b", BATCH, "aa")

    assert cache.checkpoint("b", 5) == (4, Checkpoint(Bounded(position=4)))
    assert not (tmp_path / "nowhere").exists()
    cache.close()
