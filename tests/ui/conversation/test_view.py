"""The conversation shows what there was at the playhead, and moves only when it should."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.application.continuing import ContinueUpdate
from app.domain.transcript import Entry
from app.ui.conversation.cell import EntryCell
from app.ui.conversation.pool import KEPT
from app.ui.conversation.view import ConversationView
from app.ui.theme import DARK, LIGHT
from app.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


def cells(view: ConversationView) -> list[EntryCell]:
    """Those in view, from top to bottom."""
    found = [cell for cell in view.viewport().findChildren(EntryCell) if cell.isVisibleTo(view.viewport())]
    return sorted(found, key=lambda cell: cell.y())


def cell_of(view: ConversationView, number: int) -> EntryCell:
    return next(cell for cell in cells(view) if cell.entry and cell.entry.ord == number)


def texts(view: ConversationView) -> list[str]:
    return [cell.body.toPlainText() for cell in cells(view)]


def sentence(view: ConversationView) -> str:
    return next((label.text() for label in view.findChildren(EmptyState) if label.isVisibleTo(view)), "")


def chip(view: ConversationView) -> QPushButton:
    found = view.findChild(QPushButton, "conversation.follow")
    assert found
    return found


def update(text: str, phase: str = "generating") -> ContinueUpdate:
    return ContinueUpdate(phase=phase, text=text, tokens=3, elapsed_s=3.21, tokens_per_second=98.2)


def test_empty_states_say_what_is_missing(qtbot: QtBot) -> None:
    view = ConversationView(LIGHT)
    qtbot.addWidget(view)
    view.lay_out()

    before = sentence(view)
    view.set_births(array("q"))
    view.lay_out()

    assert before.startswith("Open a session")
    assert sentence(view) == "This session has no messages; its story is in the timeline and the state."


def test_the_entry_at_the_playhead_is_in_view(answered: Callable[..., Any]) -> None:
    view = answered().at(201)

    assert "Message number 101" in texts(view)
    assert sentence(view) == ""


def test_many_entries_take_few_cells(answered: Callable[..., Any]) -> None:
    made = answered(50_000)
    for position in (1, 40_001, 99_999, 77_777, 3):
        made.at(position)
    for _ in range(50):
        made.view.scroll_by(400)
        made.settle()

    assert len(made.view.findChildren(EntryCell)) <= KEPT
    assert max(count for _, count in made.requests) < 100


def test_later_entries_are_ghosts_and_those_changed_are_tinted(answered: Callable[..., Any]) -> None:
    view = answered().at(201, frozenset({101}))

    tint = cell_of(view, 101).grab().toImage().pixelColor(60, 4)
    plain = cell_of(view, 100).grab().toImage().pixelColor(60, 4)
    dark_now = darkest(cell_of(view, 101))
    dark_later = darkest(cell_of(view, 102))

    assert tint.blue() - tint.red() > 15
    assert abs(plain.blue() - plain.red()) < 10
    assert dark_now < 90
    assert 120 < dark_later < 200


def darkest(cell: EntryCell) -> int:
    image = cell.body.grab().toImage()
    return min(image.pixelColor(x, y).lightness() for x in range(160) for y in range(image.height()))


def test_an_answer_that_comes_late_does_not_move_the_view(answered: Callable[..., Any]) -> None:
    made = answered(entry_of=tall)
    view = made.at(201)
    view.scroll_by(-1_000)
    made.settle()
    before = {cell.entry.ord: cell.y() for cell in cells(view) if cell.entry}

    view.show_entries(1, tuple(tall(number) for number in range(1, 150)))
    made.settle()

    assert {cell.entry.ord: cell.y() for cell in cells(view) if cell.entry} == before


def tall(number: int) -> Entry:
    return Entry(
        ord=number,
        kind="message",
        key=str(number),
        position=2 * number - 1,
        changed_at=2 * number - 1,
        time=None,
        role="user",
        text=f"Number {number}\n\n" + "more text " * (number % 7 * 30),
    )


def test_scrolling_up_through_unknown_heights_moves_by_what_was_asked(answered: Callable[..., Any]) -> None:
    made = answered(entry_of=tall)
    view = made.at(201)
    top = cells(view)[1]
    number, y = top.entry.ord, top.y()

    view.scroll_by(-60)
    made.settle()

    assert cell_of(view, number).y() == y + 60


def test_the_view_follows_until_the_person_scrolls_and_again_when_asked(
    answered: Callable[..., Any], qtbot: QtBot
) -> None:
    made = answered()
    view = made.at(101)
    with qtbot.waitExposed(view):
        view.show()
    assert not chip(view).isVisibleTo(view)

    wheel(view, 480)
    made.at(301)

    assert not view.is_following
    assert "Message number 151" not in texts(view)
    assert chip(view).isVisibleTo(view)

    chip(view).click()
    made.settle()

    assert view.is_following
    assert "Message number 151" in texts(view)
    assert not chip(view).isVisibleTo(view)


def wheel(view: ConversationView, eighths: int) -> None:
    """As it comes from the system, over the text of a cell."""
    over = cells(view)[1].body.mapTo(view, QPoint(20, 5))
    QTest.wheelEvent(view.windowHandle(), QPointF(over), QPoint(0, eighths))


def test_steps_within_view_do_not_move_it(answered: Callable[..., Any]) -> None:
    made = answered()
    view = made.at(201)
    before = cell_of(view, 100).y()

    made.at(203)

    assert cell_of(view, 100).y() == before


def test_a_double_click_and_enter_go_to_the_event(answered: Callable[..., Any], qtbot: QtBot) -> None:
    view = answered().at(201)
    asked: list[int] = []
    view.entry_activated.connect(asked.append)

    QTest.mouseDClick(cell_of(view, 100).body.viewport(), Qt.MouseButton.LeftButton)
    view.set_current(98)
    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert asked == [199, 197]


def test_arrows_move_the_current_entry_and_home_and_end_scroll(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered()
    view = made.at(201)
    view.set_current(100)

    qtbot.keyClick(view, Qt.Key.Key_Up)
    moved = view.current_row
    qtbot.keyClick(view, Qt.Key.Key_End)
    made.settle()
    at_end = texts(view)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    made.settle()

    assert moved == 99
    assert "Message number 200" in at_end
    assert texts(view)[0] == "Message number 1"


def test_pages_scroll_by_less_than_the_view(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered()
    view = made.at(201)
    last = cells(view)[-1].entry.ord

    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    made.settle()

    assert cells(view)[0].entry.ord <= last
    assert cells(view)[-1].entry.ord > last


def test_copy_takes_the_selection_else_the_whole_entry(answered: Callable[..., Any], qtbot: QtBot) -> None:
    view = answered().at(201)
    view.set_current(100)

    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    whole = QGuiApplication.clipboard().text()
    cell_of(view, 99).body.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert whole == "Message number 101"
    assert QGuiApplication.clipboard().text() == "Message number 99"


def test_only_one_entry_has_a_selection(answered: Callable[..., Any]) -> None:
    view = answered().at(201)

    cell_of(view, 99).body.selectAll()
    cell_of(view, 100).body.selectAll()

    assert view.selected_text() == "Message number 100"
    assert not cell_of(view, 99).body.textCursor().hasSelection()


def test_a_call_unfolds_to_its_payload(answered: Callable[..., Any], qtbot: QtBot) -> None:
    def entry_of(number: int) -> Entry:
        plain = tall(number)
        done = {"returned": True, "result": '{"name": "Sichuan Garden"}'}
        return replace(plain, kind="call", name="find", arguments={"city": "San Jose"}, text="", **done)

    made = answered(entry_of=entry_of)
    view = made.at(201)
    line = cell_of(view, 101)
    folded = line.height()

    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    made.settle()
    shown = cell_of(view, 101)

    assert shown.height() > folded + 60
    assert '"city": "San Jose"' in shown.body.toPlainText()
    assert '"name": "Sichuan Garden"' in shown.body.toPlainText()

    view.set_current(100)
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert cell_of(view, 101).height() == folded


def test_a_list_shown_tells_rank_name_score_and_reasons(answered: Callable[..., Any]) -> None:
    items = ({"item": "R1", "name": "Sichuan Garden", "rank": 1, "score": 0.93, "reasons": ["quiet"]}, {"item": "R2"})
    view = answered(entry_of=lambda number: replace(tall(number), kind="shown", items=items, text="")).at(201)

    text = cell_of(view, 101).body.toPlainText()

    for part in ("1", "Sichuan Garden (R1)", "0.93", "quiet", "2", "R2"):
        assert part in text
    assert "recorded" in cell_of(view, 101).accessibleName()


def test_a_long_text_is_read_part_by_part(answered: Callable[..., Any]) -> None:
    text = "".join(f"line {number} of it\n" for number in range(3_000))
    made = answered(count=1, entry_of=lambda number: replace(tall(number), text=text))
    view = made.at(1)
    first = cell_of(view, 1).body.toPlainText()

    cell_of(view, 1).findChild(QPushButton).click()
    made.settle()
    second = cell_of(view, 1).body.toPlainText()

    assert first.startswith("line 0 ")
    assert second.startswith("line 4")
    assert len(second) < 20_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"role": "assistant", "model": "smollm2:135m"}, "continued by smollm2:135m"),
        ({"edited": True}, "edited"),
        ({"retracted": True}, "retracted"),
        ({"partial": True}, "partial"),
        ({"role": "assistant", "model": "m", "truncated": True}, "prompt cut"),
        ({"time": 1_715_785_200_000_000}, "2024-05-15 15:00:00"),
        ({}, "event 201"),
    ],
)
def test_what_happened_to_a_message_is_said(answered: Callable[..., Any], changes: dict[str, Any], words: str) -> None:
    view = answered(entry_of=lambda number: replace(tall(number), **changes)).at(201)

    assert words in cell_of(view, 101).accessibleName()


def test_a_growing_answer_stands_at_the_end(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered(count=10)
    view = made.at(19)

    view.stream_updated(update("", "processing prompt"), "smollm2:135m")
    qtbot.waitUntil(lambda: "processing prompt · 3.2 s" in cells(view)[-1].accessibleName())
    view.stream_updated(update("Hello **you**"), "smollm2:135m")
    qtbot.waitUntil(lambda: texts(view)[-1] == "Hello you")
    heading = cells(view)[-1].accessibleName()
    view.set_births(array("q", [*range(1, 20, 2), 21]))
    view.stream_finished()
    made.count = 11
    made.at(21)

    assert "continued by smollm2:135m" in heading
    assert "98.2 tokens/s" in heading
    assert "Hello you" not in texts(view)
    assert texts(view)[-1] == "Message number 11"


def test_updates_are_drawn_at_most_every_33_ms(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered(count=3)
    view = made.at(5)
    drawn: list[None] = []
    view._stream.changed.connect(lambda: drawn.append(None))

    for number in range(500):
        view.stream_updated(update("word " * number))
    qtbot.waitUntil(lambda: texts(view)[-1].count("word") == 499)

    assert len(drawn) == 1


def test_a_stopped_answer_stays_to_be_read(answered: Callable[..., Any], qtbot: QtBot) -> None:
    made = answered(count=3)
    view = made.at(5)
    view.stream_updated(update("half an ans", "cancelled"))
    qtbot.waitUntil(lambda: "half an ans" in texts(view))

    view.stream_finished()
    made.settle()
    assert "half an ans" in texts(view)

    view.set_births(array("q", [1, 3, 5]))
    made.settle()
    assert "half an ans" not in texts(view)


def test_another_session_shows_nothing_of_the_one_before(answered: Callable[..., Any]) -> None:
    made = answered()
    view = made.at(201)
    view.scroll_by(-500)

    view.invalidate()
    made.settle()

    assert cells(view) == []
    assert view.is_following


def test_a_changed_theme_repaints_what_is_shown(answered: Callable[..., Any]) -> None:
    made = answered()
    view = made.at(201)

    view.set_theme(DARK)
    made.settle()

    assert "Message number 101" in texts(view)
    assert view.grab().toImage().pixelColor(2, 2).lightness() < 60


def test_every_control_has_a_name(answered: Callable[..., Any]) -> None:
    view = answered().at(201)

    assert view.accessibleName()
    assert chip(view).text()
    for cell in cells(view):
        assert "Message number" in cell.accessibleName()
        assert cell.body.accessibleName()
