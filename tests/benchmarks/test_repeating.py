"""``bench jitter`` with the real model and few words: what it tells, and that it goes on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes.weights import model_file

from app.benchmarks import repeating

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model


def test_pools_are_answered_once_and_compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / model_file().name).symlink_to(model_file())
    monkeypatch.setenv("BRANCHLINE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(repeating, "OPTIONS", {"num_predict": 3, "num_ctx": 2_048})
    monkeypatch.setattr(repeating, "POOLS", (20, 10))
    monkeypatch.setattr(repeating, "TWICE", 10)
    monkeypatch.setattr(repeating, "COMPARISONS", 3)
    monkeypatch.setattr(repeating, "CHANGES", {"letter": repeating.CHANGES["letter"]})

    first = repeating.measure()
    again = repeating.measure()

    assert first["answers"] == 60
    assert first["pools"] == {"unchanged": 20, "letter": 10}
    assert 0 <= first["same"]["called_different"] <= first["same"]["at_0.05"] <= 3
    assert set(first["changed"]) == {"letter"}
    assert 0 <= first["changed"]["letter"]["found_with_10"] <= 3
    assert again["answers"] == 0
    assert (again["same"], again["changed"]) == (first["same"], first["changed"])
