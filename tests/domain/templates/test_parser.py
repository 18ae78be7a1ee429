"""Every mistake in a template is one sentence with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.prompt_facts import NAMES
from app.domain.templates import BadTemplate, parse
from app.domain.templates.parser import DEEPEST, LONGEST
from app.resources import resource_path


@pytest.mark.parametrize(
    ("template", "line", "column", "what"),
    [
        ("Hi\n {{ slotz }}", 2, 5, "there is no name 'slotz' here; there are slots, services"),
        ("{{", 1, 1, "{{ is not closed; it ends with }}"),
        ("a\n{# b", 2, 1, "{# is not closed; it ends with #}"),
        ("{{ }}", 1, 4, "an empty {{ }} says nothing"),
        ("{%%}", 1, 3, "an empty {% %} says nothing"),
        ("{{ slots..a }}", 1, 9, "'..a' is not understood after a name"),
        ("{{ shown[0].name + 1 }}", 1, 18, "'+ 1' is not understood"),
        ("{{ 3 }}", 1, 4, "here a name is expected"),
        ("{% for x %}", 1, 10, "a loop is written {% for item in shown %}"),
        ("{% for in in slots %}", 1, 8, "a loop is written {% for item in shown %}"),
        ("{% for x in slots %}\n{{ y }}{% end %}", 2, 4, "there is no name 'y'"),
        ("{% for x in slots %}{% end %}{{ x }}", 1, 33, "there is no name 'x'"),
        ("{% for x in slots %}{% else %}{% end %}", 1, 24, "{% else %} belongs to no {% if … %} here"),
        ("{% if slots %}x", 1, 4, "this {% if … %} is not closed; it ends with {% end %}"),
        ("{% if not %}", 1, 11, "here a name is expected"),
        ("{% if slots %}{% else shown %}{% end %}", 1, 18, "{% else %} takes nothing after it"),
        ("{% if slots %}{% end if %}", 1, 18, "{% end %} takes nothing after it"),
        ("{% end %}", 1, 4, "{% end %} closes nothing here"),
        ("{% import os %}", 1, 4, "there is no {% import %}; there are for, if, else and end"),
        ("{% if slots %}" * (DEEPEST + 1), 1, 228, "more than 16 deep"),
        ("x" * (LONGEST + 1), 1, 1, "65,536 are the most"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(template: str, line: int, column: int, what: str) -> None:
    with pytest.raises(BadTemplate) as told:
        parse(template, NAMES)

    assert (told.value.line, told.value.column) == (line, column)
    assert str(told.value).startswith(f"line {line}, column {column} of the template: ")
    assert what in told.value.what
    assert "\n" not in str(told.value)


def test_the_template_that_is_shipped_is_right() -> None:
    assert parse(resource_path("templates", "state.txt").read_text(encoding="utf-8"), NAMES)


@given(st.text(st.sampled_from("{}%#\n \t.[]\"'0abn"), max_size=40) | st.text(max_size=40))
def test_anything_is_a_template_or_one_sentence(template: str) -> None:
    try:
        parse(template, NAMES)
        line = 1
    except BadTemplate as error:
        line = error.line

    assert 1 <= line <= template.count("\n") + 1
