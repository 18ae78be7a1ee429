"""Counts as the compose panel writes them."""

from __future__ import annotations

import pytest

from app.viewmodels.compose import compact


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0"), (980, "980"), (1_000, "1k"), (1_234, "1.2k"), (8_192, "8.2k"), (131_072, "131k"),
        (999_499, "999k"), (999_500, "1M"), (2_340_000, "2.3M"), (32_697_000, "33M"),
    ],
)  # fmt: skip
def test_counts_are_compact(count: int, words: str) -> None:
    assert compact(count) == words
