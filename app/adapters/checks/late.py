"""The checker of answers, loaded when the first answer is to be checked: its library takes a tenth of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.checks.schemas import SchemaChecker


class LateSchemaChecker:
    """Implements the port ``AnswerChecker``."""

    def __init__(self) -> None:
        self._loaded: SchemaChecker | None = None

    def fault(self, answer: str, form: str | Mapping[str, Any]) -> str | None:
        return self._checker().fault(answer, form)

    def refuse_bad_schema(self, form: Mapping[str, Any]) -> None:
        self._checker().refuse_bad_schema(form)

    def _checker(self) -> SchemaChecker:
        if self._loaded is None:
            from app.adapters.checks.schemas import SchemaChecker  # noqa: PLC0415 - the point of this module

            self._loaded = SchemaChecker()
        return self._loaded
