"""What answers are held against beside JSON schemas (see ``AnswerChecker``)."""

from __future__ import annotations

from typing import Protocol


class PatternMatcher(Protocol):
    """Regular expressions with bounded time. Any thread may call."""

    def refuse_bad_pattern(self, pattern: str) -> None:
        """Raises ``BadInput`` for what is no regular expression."""
        ...

    def found(self, pattern: str, text: str) -> bool | None:
        """Whether the pattern occurs in the text; None when that could not be told in time. Raises ``BadInput``."""
        ...
