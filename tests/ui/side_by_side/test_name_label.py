"""Names above narrow columns keep what tells them apart."""

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui.side_by_side.name_label import name_lines


def test_a_name_stands_on_two_lines_where_one_is_too_short(dressed: QApplication) -> None:
    metrics = QFontMetrics(QFont())
    width = metrics.horizontalAdvance("blunt@1 t0.2")

    assert name_lines("blunt@1", metrics, width) == ["blunt@1"]
    assert name_lines("blunt@1 t0.2 s1", metrics, width) == ["blunt@1 t0.2", "s1"]


def test_what_two_lines_do_not_hold_is_cut_in_the_middle_of_the_second(dressed: QApplication) -> None:
    metrics = QFontMetrics(QFont())

    first, second = name_lines("kind smollm2:135m-instruct-q4 s1", metrics, metrics.horizontalAdvance("smollm2 … s1"))

    assert first == "kind"
    assert "…" in second
    assert second.endswith("s1")


def test_a_word_that_is_longer_than_a_line_leaves_the_other_line_to_the_others(dressed: QApplication) -> None:
    metrics = QFontMetrics(QFont())

    first, second = name_lines("instructions@12 t0.2 s1", metrics, metrics.horizontalAdvance("instru…@12"))

    assert first.endswith("@12")
    assert second == "t0.2 s1"
