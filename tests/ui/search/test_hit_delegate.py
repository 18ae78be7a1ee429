"""A hit in one line of any width: the hit itself is always seen."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.domain.search_text import Snippet
from app.ui.search.hit_delegate import fitted
from app.ui.theme import ui_font

LATIN = "I am looking for a restaurant in San Jose that serves pizza until late at night"
CHINESE = "你好，我想去餐馆用餐，请帮我找一家评分在4.5分以上，有我爱吃的招牌乌鱼蛋汤的餐馆。"


@pytest.mark.parametrize("width", [120, 200, 260, 900])
@pytest.mark.parametrize(("text", "word"), [(LATIN, "restaurant"), (LATIN, "night"), (LATIN, "I"), (CHINESE, "乌鱼")])
def test_the_hit_is_seen_whole_in_any_width(dressed: QApplication, text: str, word: str, width: int) -> None:
    start = text.index(word)
    metrics = QFontMetrics(ui_font())

    shown, first, last = fitted(Snippet(text, start, start + len(word)), metrics, width)

    assert shown[first:last] == word
    assert metrics.horizontalAdvance(shown) <= width


def test_what_fits_is_shown_as_it_is(dressed: QApplication) -> None:
    assert fitted(Snippet("plain words", 6, 11), QFontMetrics(ui_font()), 900) == ("plain words", 6, 11)


def test_a_hit_without_a_place_begins_at_the_beginning(dressed: QApplication) -> None:
    shown, first, last = fitted(Snippet(LATIN, 0, 0), QFontMetrics(ui_font()), 120)

    assert shown.startswith("I am")
    assert first == last
