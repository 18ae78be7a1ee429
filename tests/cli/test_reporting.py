"""``branchline report``, as a person uses it."""

from __future__ import annotations

import pytest


@pytest.fixture
def named(shell):
    return shell.json("sessions")[0]["id"]


def test_a_report_is_written_once_and_again_only_when_told(shell, named, tmp_path):
    path = tmp_path / "r.html"

    code, out, err = shell.run("report", named, "-o", str(path), "--by", "Ada")
    page = path.read_text(encoding="utf-8")

    assert (code, out) == (0, "")
    assert str(path) in err
    assert "Verified: yes: all " in err
    assert "Ada" in page
    assert "agrees with the record" in page
    assert "there already" in shell.fails("report", named, "-o", str(path))
    assert path.read_text(encoding="utf-8") == page
    assert shell.run("report", named, "-o", str(path), "--overwrite", "--no-verify")[0] == 0
    assert "was not checked for this report" in path.read_text(encoding="utf-8")


def test_range_and_places_are_positions_or_event_ids(shell, named, tmp_path):
    path = tmp_path / "r.html"
    event = shell.run("events", named, "--from", "3", "--to", "3", "--json")[1]
    shell.run("mark", named, "--at", "4", "--label", "look here")

    shell.run("report", named, "--from", "2", "--to", "5", "--at", "3", "-o", str(path))
    page = path.read_text(encoding="utf-8")

    assert event
    assert "events 2 to 5" in page
    assert "look here" in page
    assert "State asked for" in page
    assert shell.run("report", named, "--without-notes", "--overwrite", "-o", str(path))[0] == 0
    assert "look here" not in path.read_text(encoding="utf-8")


def test_pdf_is_told_by_the_ending(shell, named, tmp_path):
    path = tmp_path / "r.pdf"

    assert shell.run("report", named, "-o", str(path))[0] == 0

    assert path.read_bytes().startswith(b"%PDF-")
    assert b"/Outlines" in path.read_bytes()
    assert "say --format" in shell.fails("report", named, "-o", str(tmp_path / "r.txt"))
    assert "there is no position 9999" in shell.fails("report", named, "--to", "9999", "-o", str(tmp_path / "x.html"))
    assert not (tmp_path / "x.html").exists()
