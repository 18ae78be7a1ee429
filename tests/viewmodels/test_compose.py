"""Rough sums before anything is sent."""

from __future__ import annotations

import pytest

from app.viewmodels.compose import compact, estimated_tokens


def test_estimates_grow_with_the_text_and_with_wide_scripts() -> None:
    assert estimated_tokens("") == 0
    assert estimated_tokens("a" * 400) == 100
    assert estimated_tokens("推荐一家附近的川菜馆吧谢谢") > estimated_tokens("a" * 13)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (980, "980"), (1_000, "1k"), (1_234, "1.2k"), (8_192, "8.2k"), (131_072, "131k")]
)
def test_counts_are_compact(count: int, words: str) -> None:
    assert compact(count) == words
