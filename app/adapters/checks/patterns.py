"""Regular expressions whose time is bounded: one that runs away must not stop a night's work."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

from app.domain.errors import BadInput

LONGEST_PATTERN: Final = 1_000
TIME_LIMIT_S: Final = 0.25
"""An honest pattern needs microseconds for an answer of a model."""


class BoundedPatterns:
    """Implements the ports ``PatternMatcher`` and ``PatternSpans`` with ``regex``: Python's own cannot be stopped."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s

    def refuse_bad_pattern(self, pattern: str) -> None:
        _compiled(pattern)

    def found(self, pattern: str, text: str) -> bool | None:
        try:
            return _compiled(pattern).search(text, timeout=self._time_limit_s, concurrent=True) is not None
        except TimeoutError:
            return None

    def spans(self, pattern: str, text: str) -> list[tuple[int, int]] | None:
        try:
            matches = _compiled(pattern).finditer(text, timeout=self._time_limit_s, concurrent=True)
            return [match.span() for match in matches]
        except TimeoutError:
            return None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    if len(pattern) > LONGEST_PATTERN:
        raise BadInput(f"a pattern has at most {LONGEST_PATTERN} characters, this one {len(pattern):,}")
    try:
        return regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        raise BadInput(f"{pattern!r} is no regular expression: {error}") from None
