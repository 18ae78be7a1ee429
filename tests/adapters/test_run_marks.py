"""Marks of runs: kept while their program lives, found when it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.adapters.run_marks import FileRunMarks

ROOT = Path(__file__).resolve().parents[2]
DIES = """
import os, sys
from app.adapters.run_marks import FileRunMarks
marks = FileRunMarks(sys.argv[1])
marks.begin("r1", "b1")
marks.begin("r2", "b2")
marks.end("r2")
print("marked", flush=True)
sys.stdin.readline()
os.kill(os.getpid(), 9)
"""


def test_what_ended_leaves_nothing_behind(tmp_path: Path) -> None:
    marks = FileRunMarks(str(tmp_path / "s"))

    marks.begin("r1", "b1")
    marks.end("r1")
    marks.end("r1")

    assert list(tmp_path.iterdir()) == []


def test_a_mark_is_found_once_its_program_is_gone_and_not_before(tmp_path: Path) -> None:
    store = str(tmp_path / "s")
    with subprocess.Popen(
        [sys.executable, "-c", DIES, store], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        marks = FileRunMarks(store)
        alive = marks.abandoned()
        process.stdin.write("\n")
        process.stdin.flush()
        process.wait()

    assert alive == ()
    assert marks.abandoned() == (("r1", "b1"),)
    marks.end("r1")
    assert list(tmp_path.iterdir()) == []


def test_ones_own_marks_are_not_abandoned(tmp_path: Path) -> None:
    marks = FileRunMarks(str(tmp_path / "s"))
    marks.begin("r1", "b1")

    assert marks.abandoned() == ()
    assert FileRunMarks(str(tmp_path / "s")).abandoned() == ()
    marks.close()
    assert FileRunMarks(str(tmp_path / "s")).abandoned() == (("r1", "b1"),)


def test_other_files_and_odd_names_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "s.runs"
    folder.mkdir()
    (folder / "half").write_text('{"request": "half"', encoding="utf-8")
    (folder / "list").write_text("[]", encoding="utf-8")
    marks = FileRunMarks(str(tmp_path / "s"))

    marks.begin("../escape", "b")
    marks.end("../escape")

    assert marks.abandoned() == ()
    assert not (tmp_path / "escape").exists()


def test_where_no_file_can_be_written_runs_go_unmarked(tmp_path: Path) -> None:
    (tmp_path / "s.runs").write_text("in the way", encoding="utf-8")
    marks = FileRunMarks(str(tmp_path / "s"))

    marks.begin("r1", "b1")
    marks.end("r1")

    assert marks.abandoned() == ()
