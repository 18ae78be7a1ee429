"""There is a whole file or none, and a file that is there stays."""

from __future__ import annotations

import pytest

from app.adapters.files.report_file import write_report
from app.domain.errors import BadInput, Cancelled


def broken():
    yield "half"
    raise Cancelled("stopped")


def test_a_file_is_whole_or_not_there(tmp_path):
    write_report(tmp_path / "a.html", iter(("one", "two")), replace=False)
    with pytest.raises(Cancelled):
        write_report(tmp_path / "b.html", broken(), replace=False)

    assert (tmp_path / "a.html").read_text() == "onetwo"
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


def test_a_file_that_is_there_stays_unless_told(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("old")

    with pytest.raises(BadInput, match="there already"):
        write_report(path, iter(("new",)), replace=False)
    assert path.read_text() == "old"
    with pytest.raises(Cancelled):
        write_report(path, broken(), replace=True)
    assert path.read_text() == "old"
    write_report(path, iter(("new",)), replace=True)
    assert path.read_text() == "new"


def test_a_file_that_came_in_the_meantime_stays(tmp_path):
    path = tmp_path / "a.html"

    def pieces():
        yield "mine"
        path.write_text("theirs")

    with pytest.raises(BadInput, match="there already"):
        write_report(path, pieces(), replace=False)

    assert path.read_text() == "theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_store_is_never_replaced(tmp_path):
    path = tmp_path / "store.html"
    path.write_bytes(b"SQLite format 3\x00 and so on")

    with pytest.raises(BadInput, match="is a store"):
        write_report(path, iter(("new",)), replace=True)
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(BadInput, match="cannot be written"):
        write_report(tmp_path / "no" / "a.html", iter(("x",)), replace=False)
