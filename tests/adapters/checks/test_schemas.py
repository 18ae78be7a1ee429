"""Answers held against JSON and JSON schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.adapters.checks.late import LateChecks
from app.adapters.checks.patterns import BoundedPatterns
from app.adapters.checks.schemas import LONGEST_FAULT, SchemaChecker
from app.domain.errors import BadInput

ORDER = {
    "type": "object",
    "required": ["item"],
    "properties": {"item": {"type": "string", "pattern": "^B\\d+$"}, "count": {"type": "integer", "minimum": 1}},
    "patternProperties": {"^x-": {"type": "string"}},
}


@pytest.mark.parametrize("answer", ['{"item": "B07"}', '{"item": "B07", "count": 2, "x-note": "soon"}'])
def test_an_answer_that_follows_its_schema_has_no_fault(answer: str) -> None:
    assert SchemaChecker().fault(answer, ORDER) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"count": 2}', "'item' is a required property"),
        ('{"item": "C07"}', "does not match"),
        ('{"item": "B07", "count": 0}', "$.count"),
        ('{"item": "B07", "x-note": 3}', "3 is not of type 'string'"),
        ("[]", "not of type 'object'"),
        ("Sure! {}", "no JSON"),
        ("", "no JSON"),
        ('{"item": NaN}', "NaN is no JSON value"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_fault_is_told_in_one_sentence(answer: str, words: str) -> None:
    fault = SchemaChecker().fault(answer, ORDER)

    assert fault is not None
    assert words in fault
    assert len(fault) <= LONGEST_FAULT
    assert "\n" not in fault


def test_plain_json_is_asked_for_by_its_name() -> None:
    assert SchemaChecker().fault("[1, 2]", "json") is None
    assert SchemaChecker().fault("one, two", "json") is not None


@pytest.mark.parametrize(
    "form", [{"type": "objekt"}, {"properties": []}, {"pattern": "("}, {"anyOf": [{"patternProperties": {"[": {}}}]}]
)
def test_what_is_no_schema_is_refused(form: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        SchemaChecker().refuse_bad_schema(form)


def test_a_value_that_looks_like_a_pattern_is_none() -> None:
    SchemaChecker().refuse_bad_schema({"enum": [{"pattern": "("}], "default": {"pattern": "["}})


def test_references_stay_inside_the_schema_and_nothing_is_fetched() -> None:
    inside = {"$defs": {"n": {"type": "integer"}}, "items": {"$ref": "#/$defs/n"}}

    assert SchemaChecker().fault("[1]", inside) is None
    assert SchemaChecker().fault('["1"]', inside) is not None
    with pytest.raises(BadInput, match="which is no part of it"):
        SchemaChecker().fault("1", {"$ref": "http://192.0.2.1/schema.json"})


def test_a_schema_that_never_ends_is_told_and_not_followed() -> None:
    fault = SchemaChecker().fault("1", {"$ref": "#"})

    assert fault is not None
    assert "too deeply" in fault


def test_a_catastrophic_pattern_in_a_schema_is_stopped() -> None:
    checker = SchemaChecker(BoundedPatterns(time_limit_s=0.05))

    fault = checker.fault(json.dumps("x" * 3_000), {"type": "string", "pattern": "(x+x+)+y"})

    assert fault is not None
    assert "took too long" in fault


def test_libraries_are_loaded_when_something_is_checked() -> None:
    late = LateChecks()

    assert late.fault('{"item": "B07"}', ORDER) is None
    assert late.found("a+", "baa") is True
    with pytest.raises(BadInput):
        late.refuse_bad_pattern("(")
    with pytest.raises(BadInput):
        late.refuse_bad_schema({"type": "objekt"})


def test_a_schema_that_is_nested_too_deeply_is_refused() -> None:
    form: dict[str, Any] = {}
    for _ in range(5_000):
        form = {"not": form}

    with pytest.raises(BadInput, match="nested too deeply"):
        SchemaChecker().refuse_bad_schema(form)
