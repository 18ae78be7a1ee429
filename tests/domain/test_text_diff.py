"""Word differences lead from one text to the other, read well, and end in time whatever the texts."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text_diff import MOST_EDITS, Piece, text_diff

TEXTS = st.lists(
    st.sampled_from(["red", "blue ", " ", "\n", "a", ",", "咖啡", "店", "é", "🙂", "x_1"]), max_size=30
).map("".join)


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = text_diff(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(one.kind != "same" or other.kind != "same" for one, other in itertools.pairwise(pieces))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Table for two.", "Table for four.", "Table for [-two-]{+four+}."),
        ("我想要咖啡", "我想喝咖啡", "我想[-要-]{+喝+}咖啡"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("I want a red shirt", "we need the blue dress", "[-I want a red shirt-]{+we need the blue dress+}"),
        ("same", "same", "same"),
        ("don't", "do", "[-don't-]{+do+}"),
    ],
)
def test_words_are_marked_as_a_person_would(before: str, after: str, told: str) -> None:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}

    assert "".join(marks[piece.kind].format(piece.text) for piece in text_diff(before, after)) == told


def test_too_many_words_are_compared_by_line() -> None:
    before = "\n".join(f"line {number} " + "old " * number for number in range(200))
    after = before.replace("old", "new").replace("line 7 ", "line seven ")

    pieces = text_diff("first\n" + before + "\nlast", "first\n" + after + "\nlast")

    assert pieces[0] == Piece("same", "first\nline 0 \n")
    assert all(piece.text.endswith("\n") for piece in pieces[1:-1])


def test_texts_without_a_line_in_common_are_replaced_whole() -> None:
    before, after = ("\n".join(f"{word} {number}" for number in range(MOST_EDITS * 40)) for word in ("a", "b"))

    assert [piece.kind for piece in text_diff(before, after)] == ["removed", "added"]
