"""The notebook in the real window, with real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit, QTabWidget

from app.domain.errors import StoreUnusable
from app.ui.theme import DARK
from app.viewmodels.notebook_model import NotebookRole

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pytestqt.qtbot import QtBot


class Desk:
    """A window with its notebook, as a person works with it."""

    def __init__(self, stage: Any, qtbot: QtBot) -> None:
        self.stage, self._qtbot = stage, qtbot
        self.window = stage.window
        self.noting = stage.program.presenter.notebook.noting
        self.list: QListView = self.window.findChild(QListView, "notebook.list")
        self.window.activateWindow()
        self.window.timeline.lanes.setFocus()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def rows(self) -> list[tuple[int, str, str]]:
        return [(row.position, row.kind, row.text) for row in self.noting.rows]

    def wait_for(self, *rows: tuple[int, str, str]) -> None:
        self._qtbot.waitUntil(lambda: self.rows() == list(rows))

    def shown(self) -> list[str]:
        model = self.list.model()
        return [model.index(number, 0).data() for number in range(model.rowCount())]

    def choose(self, number: int) -> None:
        self.window.show_notebook()
        self.list.setCurrentIndex(self.list.model().index(number, 0))
        self.list.setFocus()


@pytest.fixture
def desk(stage: Callable[..., Any], qtbot: QtBot) -> Desk:
    return Desk(stage(at=40), qtbot)


def test_m_sets_a_marker_and_m_again_opens_its_label(desk: Desk) -> None:
    desk.key(Qt.Key.Key_M)
    desk.wait_for((40, "marker", ""))
    desk.key(Qt.Key.Key_M)
    desk.type("first refusal")
    desk.key(Qt.Key.Key_Return)

    desk.wait_for((40, "marker", "first refusal"))
    assert not desk.window.notebook.is_writing
    assert desk.window.timeline.lanes.hasFocus()
    assert [(mark.position, mark.text) for mark in desk.window.timeline.marks] == [(40, "first refusal")]
    assert desk.window.findChild(QTabWidget, "left.beside").tabText(1) == "Notebook 1"


def test_n_writes_a_note_and_letters_belong_to_it_while_typing(desk: Desk) -> None:
    desk.key(Qt.Key.Key_N)
    desk.type("m b ? ")
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.type("second line")
    desk.key(Qt.Key.Key_Return)

    desk.wait_for((40, "note", "m b ? \nsecond line"))
    assert len(desk.stage.workspace.branches) == 1


def test_escape_leaves_everything_as_it_was(desk: Desk) -> None:
    desk.key(Qt.Key.Key_N)
    desk.type("never mind")
    desk.key(Qt.Key.Key_Escape)

    assert not desk.window.notebook.is_writing
    assert desk.window.timeline.lanes.hasFocus()
    assert desk.rows() == []


def test_a_rating_is_one_key_after_another(desk: Desk) -> None:
    desk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_4)

    desk.wait_for((40, "rating", ""))
    assert desk.shown() == ["4 good"]
    assert desk.stage.program.presenter.playback.speed == 1.0


def test_a_rating_can_say_why_and_is_changed_in_its_place(desk: Desk) -> None:
    desk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_2)
    desk.wait_for((40, "rating", ""))
    desk.choose(0)
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_5)

    desk._qtbot.waitUntil(lambda: desk.shown() == ["5 very good"])


def test_a_tag_is_completed_from_those_that_are_there(desk: Desk) -> None:
    desk.key(Qt.Key.Key_NumberSign)
    desk.type("refund asked")
    desk.key(Qt.Key.Key_Return)
    desk.wait_for((40, "tag", "refund asked"))
    desk.stage.workspace.seek(41)
    desk.key(Qt.Key.Key_NumberSign)
    desk.type("ref")
    desk.key(Qt.Key.Key_Return)

    desk.wait_for((40, "tag", "refund asked"), (41, "tag", "refund asked"))


def test_d_and_a_go_from_entry_to_entry_and_say_where_they_end(desk: Desk) -> None:
    for position in (10, 20, 30):
        desk.stage.workspace.seek(position)
        desk.key(Qt.Key.Key_M)
    desk.wait_for((10, "marker", ""), (20, "marker", ""), (30, "marker", ""))

    visited = []
    for key in (Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_D, Qt.Key.Key_D):
        desk.key(key)
        visited.append(desk.stage.workspace.playhead)

    assert visited == [20, 10, 10, 20, 30, 30]


def test_a_row_goes_to_its_event_and_is_edited_removed_and_brought_back(desk: Desk) -> None:
    desk.key(Qt.Key.Key_M)
    desk.wait_for((40, "marker", ""))
    desk.stage.workspace.seek(60)
    desk.choose(0)
    desk.key(Qt.Key.Key_Return)
    assert desk.stage.workspace.playhead == 40
    desk.key(Qt.Key.Key_F2)
    desk.type("here")
    desk.key(Qt.Key.Key_Return)
    desk.wait_for((40, "marker", "here"))
    assert desk.list.hasFocus()
    desk.key(Qt.Key.Key_Delete)
    desk.wait_for()

    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    desk.wait_for((40, "marker", "here"))
    for _ in range(2):
        desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.wait_for()


def test_the_list_shows_one_kind_when_asked(desk: Desk) -> None:
    desk.key(Qt.Key.Key_M)
    desk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_1)
    desk.wait_for((40, "marker", ""), (40, "rating", ""))
    panel = desk.window.notebook

    panel._filter.setCurrentIndex(panel._filter.findData("rating"))
    panel._filter.activated.emit(panel._filter.currentIndex())
    assert desk.shown() == ["1 bad"]
    panel._filter.activated.emit(panel._filter.findData("tag"))
    assert "Nothing of this kind" in panel._empty.text()
    assert panel._pages.currentIndex() == 1


def test_an_inherited_entry_shows_on_a_branch_and_one_of_its_own_elsewhere(desk: Desk, qtbot: QtBot) -> None:
    desk.key(Qt.Key.Key_M)
    desk.wait_for((40, "marker", ""))
    desk.stage.workspace.branch_here("other")
    qtbot.waitUntil(lambda: desk.stage.workspace.branch.name == "other")
    desk.stage.history.grow(desk.stage.workspace.branch.id, 3)
    desk.stage.workspace.reload(follow=True)
    qtbot.waitUntil(lambda: desk.stage.workspace.playhead == 43)
    desk.key(Qt.Key.Key_M)
    desk.wait_for((40, "marker", ""), (43, "marker", ""))
    assert [row.elsewhere for row in desk.noting.rows] == ["", ""]

    desk.stage.workspace.switch_branch("session-0/main")
    qtbot.waitUntil(lambda: [row.elsewhere for row in desk.noting.rows] == ["", "other"])
    assert [mark.position for mark in desk.window.timeline.marks] == [40]
    desk.choose(1)
    desk.key(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.stage.workspace.branch.name == "other")
    assert desk.stage.workspace.playhead == 43


def test_where_somebody_stopped_is_a_grey_row_that_one_click_keeps(desk: Desk) -> None:
    crumbs = desk.noting.breadcrumbs
    assert not crumbs.timer.isActive()  # opening is no stop
    desk.stage.workspace.seek(12)
    assert crumbs.timer.isActive()
    crumbs.timer.stop()
    crumbs.timer.timeout.emit()
    assert desk.rows() == [(12, "breadcrumb", "tool returned")]
    assert desk.window.findChild(QTabWidget, "left.beside").tabText(1) == "Notebook"

    desk.window.show_notebook()
    rect = desk.list.visualRect(desk.list.model().index(0, 0))
    QTest.mouseClick(desk.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 12, rect.center().y()))

    desk.wait_for((12, "marker", ""))


def test_breadcrumbs_are_fifty_at_most_and_one_a_place(desk: Desk) -> None:
    for position in (*range(1, 61), 60):
        desk.stage.workspace.seek(position)
        desk.noting.breadcrumbs._drop()

    assert [row[0] for row in desk.rows()] == list(range(11, 61))


def test_refresh_shows_what_another_window_wrote(desk: Desk, stage: Callable[..., Any]) -> None:
    desk.stage.services.notebook.write_note("session-0/main", 7, "from elsewhere")
    desk.key(Qt.Key.Key_F5)

    desk.wait_for((7, "note", "from elsewhere"))
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.rows() == [(7, "note", "from elsewhere")]


def test_a_store_that_cannot_be_written_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.stage.services.notebook._store.failure = StoreUnusable("the store is read-only")

    desk.key(Qt.Key.Key_M)

    qtbot.waitUntil(lambda: desk.window.notice.text == "the store is read-only")


def test_the_notebook_is_copied_as_markdown_without_breadcrumbs(desk: Desk) -> None:
    desk.stage.services.notebook.write_note("session-0/main", 7, "价格\nwrong")
    desk.stage.services.notebook.rate("session-0/main", 8, 2, "curt")
    desk.noting.refresh()
    desk.wait_for((7, "note", "价格\nwrong"), (8, "rating", "curt"))
    desk.noting.breadcrumbs._drop()

    desk.stage.program.presenter.commands.copy_notebook()

    assert QGuiApplication.clipboard().text() == (
        "# Table for four in San Jose\n\n- **event 7** · Note: 价格\n  wrong\n- **event 8** · Rating: 2 poor – curt\n"
    )


def test_rows_are_read_aloud_with_kind_place_and_text(desk: Desk) -> None:
    desk.key(Qt.Key.Key_M)
    desk.wait_for((40, "marker", ""))

    index = desk.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Marker, event 40: Marker"
    assert index.data(NotebookRole.IS_HERE)
    assert QAccessible.queryAccessibleInterface(desk.list).text(QAccessible.Text.Name) == "Notebook"


def test_very_long_and_foreign_notes_are_painted_in_both_themes(desk: Desk, qtbot: QtBot) -> None:
    for position, text in ((3, "退款" * 40_000), (4, "x" * 100_000), (5, "line\n" * 500), (6, "<b>&amp;</b>")):
        desk.stage.services.notebook.write_note("session-0/main", position, text)
    desk.noting.refresh()
    qtbot.waitUntil(lambda: len(desk.rows()) == 4)
    desk.window.show_notebook()

    desk.window.grab()
    desk.window.set_theme(DARK)
    picture = desk.list.grab().toImage()

    heights = [desk.list.visualRect(desk.list.model().index(number, 0)).height() for number in range(4)]
    assert heights[0] == heights[1] == heights[2] > heights[3]
    assert picture.pixelColor(picture.width() // 2, 2).lightness() < 80


def test_the_context_menu_of_a_message_writes_a_note_at_its_event(desk: Desk) -> None:
    desk.window.conversation.noting_requested.emit("note", 9)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    desk.type("here")
    desk.key(Qt.Key.Key_Return)
    desk.window.conversation.noting_requested.emit("marker", 16)

    desk.wait_for((9, "note", "here"), (16, "marker", ""))
