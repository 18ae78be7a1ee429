"""The whole window on made-up sessions: every control has a name, keys work, wishes reach the focus."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes.window_services import FakeHistory
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QDialog, QLineEdit, QListView, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT

Stages = Callable[..., Any]


def press(window: QWidget, *keys: tuple[Qt.Key, Qt.KeyboardModifier] | Qt.Key) -> None:
    """Keys as a person presses them: the focused widget is asked first."""
    for key in keys:
        code, modifiers = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(window.focusWidget() or window, code, modifiers)


def focusable(window: QWidget) -> list[QWidget]:
    """What Tab can reach, pages of tabs included; not the inner parts of Qt's own fields, nor spare cells."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is window
        and not widget.isHidden()
        and not widget.objectName().startswith("qt_")
    ]


def test_every_control_has_a_name_for_a_screen_reader(stage: Stages) -> None:
    window = stage().window

    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in focusable(window)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert nameless == []
    assert len(focusable(window)) > 15


def test_everything_is_in_view_at_1280_by_800(stage: Stages, qtbot: QtBot) -> None:
    window = stage(at=60).window
    window.resize(1280, 800)
    qtbot.waitUntil(window.timeline.isVisible)

    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 800
    for pane in (window.transport, window.library, window.branches, window.conversation, window.inspector,
                 window.timeline, window.compose):  # fmt: skip
        corner = pane.mapTo(window, QPoint(pane.width(), pane.height()))
        assert (pane.width() > 100, pane.height() > 20, corner.x() <= 1280, corner.y() <= 800) == (True,) * 4, pane


@pytest.mark.parametrize(
    ("key", "position"),
    [
        (Qt.Key.Key_Right, 41),
        (Qt.Key.Key_Left, 39),
        ((Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier), 42),
        ((Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier), 37),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 120),
        (Qt.Key.Key_Period, 46),
        (Qt.Key.Key_Comma, 39),
    ],
)
def test_keys_move_the_playhead(stage: Stages, key: Any, position: int) -> None:
    made = stage(at=40)

    press(made.window, key)

    assert made.workspace.playhead == position
    assert made.window.timeline.lanes.value() == position


def test_space_plays_and_pauses(stage: Stages) -> None:
    made = stage(at=3)
    playback = made.program.presenter.playback

    press(made.window, Qt.Key.Key_Space)
    assert playback.is_playing
    press(made.window, Qt.Key.Key_K)
    assert not playback.is_playing


def test_letters_belong_to_the_field_while_typing(stage: Stages) -> None:
    made = stage(at=40)
    window = made.window
    press(window, (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier))
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)

    press(window, Qt.Key.Key_B, Qt.Key.Key_K, Qt.Key.Key_Left, Qt.Key.Key_Home)

    assert field.text() == "bk"
    assert not window.branches.is_naming
    assert made.workspace.playhead == 40


def test_arrows_belong_to_the_list_that_has_the_focus(stage: Stages) -> None:
    made = stage(at=40)
    sessions = made.window.findChild(QListView, "library.list")
    sessions.setFocus()

    press(made.window, Qt.Key.Key_End)

    assert made.workspace.playhead == 40
    assert sessions.currentIndex().row() == 5


def test_space_presses_the_button_that_has_the_focus(stage: Stages) -> None:
    made = stage(at=40)
    made.window.transport._buttons["event_forward"].setFocus()

    press(made.window, Qt.Key.Key_Space)

    assert made.workspace.playhead == 41
    assert not made.program.presenter.playback.is_playing


def test_a_branch_is_named_and_takes_the_focus(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)

    press(made.window, Qt.Key.Key_B)
    field = made.window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "branch 2"
    QTest.keyClicks(field, "cheaper")
    press(made.window, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: made.workspace.branch.name == "cheaper")
    assert made.workspace.branch.fork_position == 40
    assert made.window.findChild(QComboBox).currentText() == "cheaper"


def test_alt_and_arrows_walk_the_tree(stage: Stages, qtbot: QtBot) -> None:
    history = FakeHistory()
    history.branch("session-0/main", 40, "first")
    history.branch("session-0/main", 80, "second")
    made = stage(history=history)
    alt = Qt.KeyboardModifier.AltModifier

    press(made.window, (Qt.Key.Key_Right, alt))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "first")
    press(made.window, (Qt.Key.Key_Down, alt))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "second")
    press(made.window, (Qt.Key.Key_Left, alt))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "main")


def test_an_exact_event_is_gone_to_by_number(stage: Stages) -> None:
    made = stage(events=2_000, at=40)
    press(made.window, (Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier))

    QTest.keyClicks(made.window.focusWidget(), "1,930")
    press(made.window, Qt.Key.Key_Return)

    assert made.workspace.playhead == 1930


def test_choosing_a_session_opens_it(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    sessions = made.window.findChild(QListView, "library.list")

    sessions.activated.emit(sessions.model().index(2, 0))

    qtbot.waitUntil(lambda: made.workspace.session.header.id == "session-2")
    assert made.window.windowTitle().startswith("A year of purchases")


def test_dragging_the_timeline_moves_every_pane(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=10)
    lanes = made.window.timeline.lanes
    asked = made.services.time_machine.asked

    QTest.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=QPoint(lanes.width() - 13, 60))

    assert made.workspace.playhead == 120
    qtbot.waitUntil(lambda: asked[-1] == 120)


def test_continuing_before_the_end_branches_and_streams(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    compose = made.window.compose
    qtbot.waitUntil(compose.button.isEnabled)

    compose.message.setPlainText("Somewhere cheaper?")
    press(made.window, (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))

    qtbot.waitUntil(lambda: made.workspace.branch.name == "branch 2" and made.workspace.playhead == 44)
    (request,) = made.services.continuing.requests
    assert (request.say, request.model, request.branch) == (
        "Somewhere cheaper?",
        "smollm2:135m",
        made.workspace.branch.id,
    )
    assert made.history.branch_of("session-0/main").head == 120


def test_escape_stops_the_model(stage: Stages, qtbot: QtBot) -> None:
    made = stage()
    made.services.continuing.holds = True
    qtbot.waitUntil(made.window.compose.button.isEnabled)
    made.window.compose.request_continue()
    continuation = made.program.presenter.continuation
    qtbot.waitUntil(made.window.actions_table["stop"].isEnabled)

    press(made.window, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not continuation.is_running)
    assert not made.window.actions_table["stop"].isEnabled()


def test_after_a_stop_the_box_is_empty_and_the_same_can_be_asked_again(stage: Stages, qtbot: QtBot) -> None:
    made = stage()
    window, continuing = made.window, made.services.continuing
    continuing.holds = True
    window.compose.message.setPlainText("And on Friday?")
    qtbot.waitUntil(window.compose.button.isEnabled)
    press(window, (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    qtbot.waitUntil(lambda: "generating" in window.compose.status.text())
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.compose.again.isHidden())
    said = window.compose.message.toPlainText()
    continuing.holds = False

    window.compose.again.click()
    qtbot.waitUntil(lambda: window.compose.status.text().endswith("written"))

    assert said == ""
    assert [one.say for one in continuing.requests] == ["And on Friday?", None]
    assert window.compose.again.isHidden()


def test_an_empty_library_says_what_to_do(stage: Stages) -> None:
    window = stage(sessions=0, opens=False).window

    texts = [
        label.text() for label in window.library.findChildren(QWidget) if hasattr(label, "text") and label.isVisible()
    ]
    assert any(text.startswith("No sessions yet") for text in texts)
    assert not window.actions_table["play_pause"].isEnabled()
    assert window.actions_table["import_files"].isEnabled()


def test_files_dropped_on_the_window_are_imported_and_reported(stage: Stages, qtbot: QtBot, tmp_path: Path) -> None:
    window = stage().window
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.json"))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    window.dropEvent(drop)

    dialog = window.findChild(QDialog, "import.dialog")
    assert not dialog.isModal()  # the window can be used meanwhile
    qtbot.waitUntil(lambda: "410 events added" in dialog._said.text())
    assert "dialogues.json:12  no turns" in dialog._list.toPlainText()
    assert "dialogues.json: 4 dialogues → 3 sessions, 2 more branches" in dialog._list.toPlainText()
    assert "audio (3 times)" in dialog._list.toPlainText()
    dialog.accept()


def test_the_theme_is_toggled_and_remembered(stage: Stages, qtbot: QtBot) -> None:
    made = stage()

    press(made.window, (Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier))
    made.window.close()

    assert stage().program._theme.dark


def test_the_last_place_is_opened_again(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    made.workspace.seek(33)
    made.window.close()

    again = stage(opens=False)

    qtbot.waitUntil(lambda: again.workspace.playhead == 33)
    assert again.workspace.session.header.id == "session-0"


def test_a_failure_is_told_in_the_window_until_it_is_closed(stage: Stages, qtbot: QtBot) -> None:
    made = stage()

    made.workspace.branch_here("main")

    qtbot.waitUntil(made.window.notice.isVisible)
    assert made.window.notice.text == "the session has a branch 'main' already"
    made.window.notice._close.click()
    assert not made.window.notice.isVisible()


def test_a_link_is_followed_only_after_a_person_has_read_where_it_leads(stage: Stages) -> None:
    window = stage().window

    window.conversation.link_requested.emit("https://example.org/<b>x</b>")

    box = window.findChild(QMessageBox, "link.question")
    assert box.informativeText() == "https://example.org/<b>x</b>"
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    box.reject()


@pytest.mark.parametrize(("action", "name"), [("show_shortcuts", "shortcuts.sheet"), ("show_about", "about.dialog")])
def test_help_opens_beside_the_work_and_closes(stage: Stages, action: str, name: str) -> None:
    window = stage().window

    window.actions_table[action].trigger()

    dialog = window.findChild(QDialog, name)
    assert dialog.isVisible()
    dialog.reject()


def test_nothing_scrolls_in_the_chrome(stage: Stages, qtbot: QtBot) -> None:
    window = stage(at=60).window
    window.resize(1280, 800)

    for pane in (window.transport, window.timeline, window.compose):
        bars = [area for area in pane.findChildren(QAbstractScrollArea) if area.horizontalScrollBar().maximum()]
        assert bars == []


def test_the_first_size_leaves_room_for_the_frame_on_a_small_screen(stage: Stages) -> None:
    window = stage().window
    free = window.screen().availableGeometry()

    assert window.height() < free.height()
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640


def test_a_card_in_the_left_column_makes_the_window_no_higher(stage: Stages, qtbot: QtBot) -> None:
    window = stage(at=40).window
    window.resize(1280, 720)

    press(window, (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier), Qt.Key.Key_Escape)
    window.timeline.lanes.setFocus()
    press(window, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.branches.is_naming)
    qtbot.wait(50)

    assert window.height() == 720
    assert window.minimumSizeHint().height() <= 640


def test_prompt_and_instructions_together_fit_a_small_screen_and_give_the_room_back(
    stage: Stages, qtbot: QtBot
) -> None:
    window = stage(at=40).window
    window.resize(1280, 760)
    qtbot.waitUntil(lambda: window.compose.prompt.isHidden() and window.height() == 760)
    before = window.compose.height()

    window.compose.unfold_prompt.click()
    qtbot.waitUntil(lambda: window.compose.prompt.text.height() >= 80)
    window.compose.unfold.click()
    qtbot.waitUntil(window.compose.instructions.isVisible)
    both = window.height(), window.minimumSizeHint().height()
    window.compose.unfold_prompt.click()
    window.compose.unfold.click()
    qtbot.waitUntil(lambda: window.compose.height() <= before + 2)

    assert both[0] == 760
    assert both[1] <= 720


def test_on_a_screen_that_is_too_small_what_has_the_keys_is_scrolled_into_view(qtbot: QtBot) -> None:
    window = MainWindow(LIGHT)
    qtbot.addWidget(window)
    window.resize(640, 368)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    window.compose.message.setFocus()

    assert (window.width(), window.height()) == (640, 368)
    qtbot.waitUntil(lambda: not window.compose.message.visibleRegion().isEmpty())
