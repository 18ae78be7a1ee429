"""JSON schemas: what is wrong with an answer, in one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import SchemaError, best_match
from jsonschema.validators import extend, validator_for
from referencing import Registry
from referencing.exceptions import Unresolvable

from app.adapters.checks.patterns import BoundedPatterns
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_FAULT: Final = 240


class SchemaChecker:
    """Implements the port ``AnswerChecker`` with the library ``jsonschema``.

    References lead to other parts of the same schema only: nothing is fetched. Patterns have bounded time.
    """

    def __init__(self, patterns: BoundedPatterns | None = None) -> None:
        self._patterns = patterns or BoundedPatterns()

    def fault(self, answer: str, form: str | Mapping[str, Any]) -> str | None:
        try:
            value = json.loads(answer, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            return _one_line(f"the answer is no JSON: {error}")
        return None if isinstance(form, str) else self._schema_fault(value, form)

    def refuse_bad_schema(self, form: Mapping[str, Any]) -> None:
        try:
            self._validator_class(form).check_schema(form)
        except SchemaError as error:
            raise BadInput(_one_line(f"this is no JSON schema: at {error.json_path}, {error.message}")) from None
        except RecursionError:
            raise BadInput("this JSON schema is nested too deeply") from None
        for pattern in _patterns_in(form):
            self._patterns.refuse_bad_pattern(pattern)

    def _schema_fault(self, value: Any, form: Mapping[str, Any]) -> str | None:
        validator = self._validator_class(form)(form, registry=Registry())
        try:
            worst = best_match(validator.iter_errors(value))
        except Unresolvable as error:
            raise BadInput(f"the JSON schema refers to {error.ref!r}, which is no part of it") from None
        except RecursionError:
            return "the answer, or the JSON schema, is nested too deeply to be checked"
        return None if worst is None else _one_line(f"at {worst.json_path}, {worst.message}")

    def _validator_class(self, form: Mapping[str, Any]) -> Any:
        bounded = {"pattern": self._pattern, "patternProperties": self._pattern_properties}
        return extend(validator_for(form, default=Draft202012Validator), bounded)

    def _pattern(self, _validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[Any]:
        if not isinstance(value, str):
            return
        found = self._patterns.found(pattern, value)
        if found is None:
            yield ValidationError(f"the pattern {pattern!r} took too long")
        elif not found:
            yield ValidationError(f"{value!r} does not match {pattern!r}")

    def _pattern_properties(
        self, validator: Any, patterns: Mapping[str, Any], value: Any, _schema: Any
    ) -> Iterator[Any]:
        if not isinstance(value, dict):
            return
        for pattern, subschema in patterns.items():
            for name, member in value.items():
                if self._patterns.found(pattern, name):
                    yield from validator.descend(member, subschema, path=name, schema_path=pattern)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _patterns_in(form: Any) -> Iterator[str]:
    """Every pattern of a schema that is one."""
    if isinstance(form, list):
        for one in form:
            yield from _patterns_in(one)
    if not isinstance(form, dict):
        return
    if isinstance(form.get("pattern"), str):
        yield form["pattern"]
    if isinstance(form.get("patternProperties"), dict):
        yield from form["patternProperties"]
    for name, one in form.items():
        if name not in ("const", "enum", "default", "examples"):
            yield from _patterns_in(one)


def _one_line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST_FAULT else joined[: LONGEST_FAULT - 1] + "…"
