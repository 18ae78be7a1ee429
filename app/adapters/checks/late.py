"""Patterns and schemas whose libraries are loaded when something is first checked, not when the program starts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.checks.patterns import BoundedPatterns
    from app.adapters.checks.schemas import SchemaChecker


class LateChecks:
    """Implements the ports ``PatternMatcher``, ``PatternSpans`` and ``AnswerChecker``."""

    @cached_property
    def _patterns(self) -> BoundedPatterns:
        from app.adapters.checks.patterns import BoundedPatterns  # noqa: PLC0415 - see above

        return BoundedPatterns()

    @cached_property
    def _schemas(self) -> SchemaChecker:
        from app.adapters.checks.schemas import SchemaChecker  # noqa: PLC0415 - see above

        return SchemaChecker(self._patterns)

    def refuse_bad_pattern(self, pattern: str) -> None:
        self._patterns.refuse_bad_pattern(pattern)

    def found(self, pattern: str, text: str) -> bool | None:
        return self._patterns.found(pattern, text)

    def spans(self, pattern: str, text: str) -> list[tuple[int, int]] | None:
        return self._patterns.spans(pattern, text)

    def fault(self, answer: str, form: str | Mapping[str, Any]) -> str | None:
        return self._schemas.fault(answer, form)

    def refuse_bad_schema(self, form: Mapping[str, Any]) -> None:
        self._schemas.refuse_bad_schema(form)
