"""Patterns: found, not found, refused, and stopped when they run away."""

from __future__ import annotations

import time

import pytest

from app.adapters.checks.patterns import LONGEST_PATTERN, BoundedPatterns
from app.domain.errors import BadInput


def test_a_pattern_is_looked_for_anywhere_in_the_text() -> None:
    patterns = BoundedPatterns()

    assert patterns.found(r"\border [A-Z]\d+", "Your order B07 is on its way.") is True
    assert patterns.found(r"^order", "Your order B07 is on its way.") is False
    assert patterns.found("蓝色", "我要蓝色衬衫") is True


@pytest.mark.parametrize("bad", ["(", "[a", "a{2", "(?P<x>", "*"])
def test_what_is_no_pattern_is_refused_in_one_sentence(bad: str) -> None:
    if bad == "a{2":  # a brace that counts nothing stands for itself
        BoundedPatterns().refuse_bad_pattern(bad)
        return
    with pytest.raises(BadInput, match="no regular expression") as refused:
        BoundedPatterns().refuse_bad_pattern(bad)
    assert "\n" not in str(refused.value)


def test_a_very_long_pattern_is_refused() -> None:
    with pytest.raises(BadInput, match="at most 1000 characters"):
        BoundedPatterns().found("a" * (LONGEST_PATTERN + 1), "a")


def test_a_catastrophic_pattern_is_stopped_and_not_called_found_or_missing() -> None:
    patterns = BoundedPatterns(time_limit_s=0.05)
    started = time.thread_time()

    assert patterns.found(r"(x+x+)+y", "x" * 5_000) is None
    assert time.thread_time() - started < 5
