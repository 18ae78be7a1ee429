"""What is a condition, what is none, and where it goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.conditions import ALL, BadCondition, Use, parse, printed, uses
from app.domain.conditions.parser import DEEPEST
from app.domain.conditions.syntax import Call, Compare, Constant, Expression, Joined, Negative, Not, Path, Sum
from app.domain.conditions.tokens import LONGEST
from app.domain.fold.fields import FIELDS

STEPS = st.text(max_size=6) | st.integers(-9, 99) | st.just(ALL)
PATHS = st.builds(lambda field, rest: Path((*field, *rest)), st.sampled_from(list(FIELDS)), st.lists(STEPS, max_size=3))
CONSTANTS = st.builds(
    Constant,
    st.none() | st.booleans() | st.text(max_size=8) | st.integers(0, 10**9) | st.floats(0, 1e9, allow_subnormal=False),
)


def _wider(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(Call, st.sampled_from(["len", "lower"]), inner)
        | st.builds(Compare, st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in"]), inner, inner)
        | st.builds(Sum, inner, st.lists(st.tuples(st.booleans(), inner), min_size=1, max_size=2).map(tuple))
        | st.builds(Negative, inner)
        | st.builds(Not, inner)
        | st.builds(Joined, st.sampled_from(["and", "or"]), some)
    )


EXPRESSIONS = st.recursive(PATHS | CONSTANTS, _wider, max_leaves=8)
WORDS = st.sampled_from([
    *("conversation", "recommendation", ".shown", ".slots", "[0]", "[-1]", "[*]", "['a']", ".item", "len(", "lower("),
    *("(", ")", "==", "!=", "<", "in", "not", "and", "or", "+", "-", "1", "2.5", "'x'", '"', "'", "\\", "null", "true"),
    *(" ", "[", "]", "é", "€", "\0"),
])  # fmt: skip


@given(EXPRESSIONS)
def test_what_is_printed_reads_back_as_the_same_condition(expression: Expression) -> None:
    assert parse(printed(expression)) == expression


@settings(max_examples=300)
@given(st.text(max_size=60) | st.lists(WORDS, max_size=30).map("".join) | st.lists(WORDS, max_size=30).map(" ".join))
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    read = read_or_refused(text)

    if isinstance(read, BadCondition):
        assert 1 <= read.column <= len(text) + 1
        assert str(read).startswith(f"column {read.column}: ")
    else:
        assert parse(printed(read)) == read


def read_or_refused(text: str) -> Expression | BadCondition:
    try:
        return parse(text)
    except BadCondition as error:
        return error


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("", 1, "expected a path, a value or an opening parenthesis, not the end"),
        ("conversation.status = 'open'", 21, "== is what compares and joins here"),
        ("conversation.status == 'open", 24, "expected a closing '"),
        ("conversation.status == 'a\\q'", 26, "after the backslash"),
        ("conversation", 13, "expected a field of conversation: messages, slots"),
        ("conversation.slotz == 1", 13, "conversation has no field slotz; expected messages"),
        ("convers.slots == 1", 1, "expected a path that begins with conversation, recommendation"),
        ("(len(conversation.messages) > 2", 32, "expected ) for the ( in column 1, not the end"),
        ("len(conversation.messages > 2", 30, "expected ) for the ( in column 4"),
        ("size(conversation.messages)", 1, "expected len or lower as a function, not size"),
        ("1 < 2 < 3", 7, "not a second <: compare two values"),
        ("1 not 2", 7, "expected in after not, not 2"),
        ("recommendation.shown[x]", 22, "expected a whole number, a text in quotes or *, not x"),
        ("recommendation.shown[0", 23, "expected ] for the [ in column 21"),
        ("recommendation.shown[1.5]", 22, "expected a whole number"),
        ("recommendation.shown.0", 22, "expected a name after the point"),
        ("1 2", 3, "expected and, or, an operator or the end, not 2"),
        ("1e999", 1, "not beyond all bounds"),
        ("9" * 31, 1, "at most 30 characters"),
        ("__import__('os')", 1, "expected len or lower as a function, not __import__"),
        ("1" + " " * LONGEST, LONGEST + 1, "at most 2,000 characters"),
        ("(" * (DEEPEST + 1), DEEPEST + 1, "nests at most 40 levels deep"),
        ("not " * (DEEPEST + 1) + "1", 4 * DEEPEST + 1, "nests at most 40 levels deep"),
    ],
)
def test_what_is_wrong_is_said_with_its_column(text: str, column: int, sentence: str) -> None:
    with pytest.raises(BadCondition) as caught:
        parse(text)

    assert caught.value.column == column
    assert sentence in str(caught.value)


def test_the_places_a_condition_looks_at_are_known() -> None:
    text = "len(conversation.messages) > 2 and lower(conversation.messages[-1].text) in recommendation.shown[*].item"

    assert list(uses(parse(text))) == [
        Use(("conversation", "messages"), counted=True),
        Use(("conversation", "messages", -1, "text")),
        Use(("recommendation", "shown", ALL, "item")),
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("((1))", "1"),
        ("not (conversation.status=='a' or 1) and 2", 'not (conversation.status == "a" or 1) and 2'),
        ("conversation['slots'][\"a b\"].c", 'conversation.slots["a b"].c'),
        ("-(1+2)-(3-4)", "-(1 + 2) - (3 - 4)"),
        ("1 not  in recommendation . seen", "1 not in recommendation.seen"),
    ],
)
def test_a_condition_is_printed_without_what_it_does_not_need(text: str, form: str) -> None:
    assert printed(parse(text)) == form
