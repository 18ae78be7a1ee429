"""Hostile Markdown is cut and tamed before anything lays it out."""

from __future__ import annotations

from app.viewmodels.safe_markdown import (
    PORTION_CHARACTERS,
    PORTION_LINES,
    TABLE_CELLS,
    markdown_portion,
    tamed,
)


def longest_run(text: str) -> int:
    return max(map(len, text.replace("\u200b", " ").split()), default=0)


def test_an_endless_word_gets_places_to_break() -> None:
    shown = markdown_portion("a" * 1_000_000)

    assert longest_run(shown.text) <= 1_000
    assert shown.end == PORTION_CHARACTERS
    assert shown.total == 1_000_000


def test_unprintable_characters_become_visible_and_line_ends_one_kind() -> None:
    assert tamed("a\x00b\x1bc\ud800\r\nd\re\u2028f") == "a\ufffdb\ufffdc\ufffd\nd\ne\nf"


def test_portions_together_are_the_whole_text() -> None:
    text = "".join(f"line {number} with words\n" for number in range(5_000))
    start, pieces = 0, []

    while start < len(text):
        portion = markdown_portion(text, start)
        pieces.append(text[portion.start : portion.end])
        assert portion.end > start
        start = portion.end

    assert "".join(pieces) == text
    assert max(piece.count("\n") for piece in pieces) <= PORTION_LINES


def test_a_portion_ends_with_a_line() -> None:
    portion = markdown_portion(("word " * 40 + "\n") * 400)

    assert not portion.is_whole
    assert portion.end % 201 == 0


def test_a_long_table_keeps_its_first_rows_and_tells_how_many_are_hidden() -> None:
    table = "|a|b|c|d|\n|-|-|-|-|\n" + "|1|2|3|4|\n" * 300

    portion = markdown_portion(table)

    kept = portion.text.count("|1|2|3|4|")
    assert 0 < kept * 5 <= TABLE_CELLS
    assert kept + portion.hidden_rows == 300


def test_a_table_too_wide_to_lay_out_is_shown_as_text() -> None:
    portion = markdown_portion("|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|1" * 200 + "|")

    assert portion.text.splitlines()[1].startswith("\\|-")
    assert portion.hidden_rows == 0


def test_rows_that_look_like_a_table_inside_code_stay_as_they_are() -> None:
    code = "```\n|a|b|\n|-|-|\n" + "|1|2|\n" * 200 + "```"

    portion = markdown_portion(code)

    assert portion.text == code
    assert portion.hidden_rows == 0


def test_line_ends_inside_a_paragraph_are_kept() -> None:
    assert markdown_portion("one\ntwo\n\nthree").text == "one  \ntwo\n\nthree"


def test_nesting_is_cut() -> None:
    shown = markdown_portion(">" * 5_000 + " quote\n\n" + "- " * 5_000 + "item").text

    assert shown.count(">") == 12
    assert shown.count("- ") == 12
    assert "quote" in shown
    assert "item" in shown
