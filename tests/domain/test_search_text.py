"""Which texts are searched, in which form, and how a hit is shown."""

from __future__ import annotations

import pytest

from app.domain.search_text import Snippet, find, fold, holds_all, needles, snippet_of, texts_of

POSTED = "conversation.message-posted"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Die Straße", "STRASSE"), ("Ｆｕｌｌ width", "full"), ("我想要退货订单", "退货"), ("ﬁne", "fi"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("cafe\u0301", "CAFÉ"), ("İstanbul", "İSTANBUL"),
    ],
)  # fmt: skip
def test_case_width_and_composition_make_no_difference(text: str, query: str) -> None:
    assert holds_all(POSTED, {"text": text}, needles(query))


def test_every_string_counts_and_no_key_does() -> None:
    data = {"name": "find", "arguments": {"q": ["pizza", {"deep": "end"}], "n": 3}, "ok": True, "none": None}

    assert list(texts_of("x", data)) == ["find", "pizza", "end"]


def test_what_was_sent_to_a_model_is_not_found_twice() -> None:
    data = {"model": "small", "request": {"messages": [{"content": "pizza"}]}, "body": "pizza"}

    assert list(texts_of("generation.requested", data)) == ["small"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("two words", ("two", "words")), ('"two words"', ("two words",)), ('a "b c" D', ("a", "d", "b c")),
        ('"open phrase', ("open phrase",)), ("  ", ()), ('""', ()), ("twice Twice", ("twice",)), ("a\0b", ("a", "b")),
    ],
)  # fmt: skip
def test_words_and_phrases(query: str, wanted: tuple[str, ...]) -> None:
    assert sorted(needles(query)) == sorted(wanted)


def test_a_hit_stands_where_it_stood_before_folding() -> None:
    text = "Große Straße 5"

    assert text[slice(*find(text, fold("strasse")))] == "Straße"  # type: ignore[arg-type]
    assert find(text, "none") is None


def test_a_long_text_is_cut_around_the_hit() -> None:
    snippet = snippet_of(POSTED, {"text": "before " * 50 + "the\nneedle\there " + "after " * 50}, ("needle",))

    assert snippet.text[snippet.start : snippet.end] == "needle"
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert "\n" not in snippet.text
    assert len(snippet.text) < 130


def test_without_words_the_longest_text_stands_for_the_event() -> None:
    assert snippet_of(POSTED, {"role": "user", "text": "hello there"}, ()) == Snippet("hello there")
    assert snippet_of(POSTED, {}, ()) == Snippet("")
