"""A store of an older layout is brought to the present one by the first command that opens it, which says so."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from app.__main__ import main

OLD = Path(__file__).parents[1] / "adapters" / "store" / "samples" / "v1-packed.branchline"


def test_on_a_terminal_a_line_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "old.branchline"
    shutil.copyfile(OLD, store)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    codes = [main(["sessions", "--store", str(store)])]
    first = capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    codes.append(main(["sessions", "--store", str(store)]))
    second = capsys.readouterr().err

    assert codes == [0, 0]
    assert "bringing the store to its new layout  [" in first
    assert first.rstrip(" \r") != first  # the line is taken away again
    assert second == ""
