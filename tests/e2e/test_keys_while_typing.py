"""Keys in the real window while a person types, and keys that a person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import DIALOGUE, Trial
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.ui.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.shortcuts.key_dialog import KeyDialog

PLAIN = [key for spec in ACTIONS for key in spec.keys if len(key) == 1]
COMMANDS = (
    "Ctrl+F",
    "Ctrl+Shift+F",
    "Ctrl+G",
    "Ctrl+E",
    "Ctrl+K",
    "Ctrl+L",
    "Alt+.",
    "Alt+Up",
    "Ctrl+Return",
    "Ctrl+T",
)
EDITING = ("Ctrl+Z", "Ctrl+Left", "Ctrl+Right", "Ctrl+C", "Ctrl+V", "Ctrl+A")


@pytest.fixture
def trial(open_window: Callable[..., Any], qtbot: QtBot) -> Trial:
    return Trial(open_window(DIALOGUE, 20), "", qtbot)


def is_left_to_the_window(widget: Any, key: str) -> bool:
    """What Qt asks before a shortcut: whether the widget wants the key for itself."""
    pressed = QKeySequence(key)[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
    event.ignore()
    QApplication.sendEvent(widget, event)
    return not event.isAccepted()


@pytest.mark.parametrize("opening", ["Ctrl+F", "Ctrl+Shift+O", "Ctrl+E", "Ctrl+G", "N", "B"])
def test_letters_figures_and_signs_are_typed_and_do_nothing_else(trial: Trial, opening: str) -> None:
    trial.press(opening)
    field = trial.window.focusWidget()
    field.clear()

    QTest.keyClicks(field, "".join(PLAIN))

    typed = field.toPlainText() if hasattr(field, "toPlainText") else field.text()
    assert typed == "".join(PLAIN)
    assert (trial.here, trial.opened.playback.is_playing, trial.opened.playback.speed) == (20, False, 1.0)
    assert trial.window.timeline.viewport.is_whole


def test_commands_reach_the_window_from_a_field_and_editing_does_not(trial: Trial) -> None:
    trial.press("Ctrl+F")
    field = trial.window.focusWidget()

    assert [key for key in COMMANDS if not is_left_to_the_window(field, key)] == []
    assert [key for key in EDITING if is_left_to_the_window(field, key)] == []


def test_a_note_is_not_a_message_to_the_model(trial: Trial) -> None:
    trial.until(trial.window.compose.button.isEnabled)
    trial.press("N")
    trial.type("later")

    trial.press("Ctrl+Return")

    trial.until(lambda: len(trial.opened.core.notebook.entries(trial.workspace.session.header.id)) == 1)
    assert trial.opened.model.requests == []


def change_key(trial: Trial, action: str, key: str) -> KeyDialog:
    """Open the sheet, click a key and press another one; returns the dialog that asks."""
    trial.press("?")
    sheet = trial.shown("shortcuts.sheet")
    QTest.mouseClick(sheet.findChild(QPushButton, f"shortcuts.{action}"), Qt.MouseButton.LeftButton)
    dialog = trial.shown("shortcuts.key")
    pressed = QKeySequence(key)[0]
    QTest.keyClick(dialog._field, pressed.key(), pressed.keyboardModifiers())
    return dialog


def test_a_key_is_changed_in_the_sheet_and_works_also_in_the_next_window(
    trial: Trial, open_window: Callable[..., Any], qtbot: QtBot
) -> None:
    dialog = change_key(trial, "event_forward", "H")
    assert dialog._said.text() == "H is free."
    dialog._use.click()
    trial.shown("shortcuts.sheet").reject()
    trial.focus_timeline()

    trial.press("H")
    assert trial.here == 21
    assert trial.window.actions_table.bindings.owner("Right") is None

    trial.window.close()
    again = Trial(open_window(DIALOGUE, 20), "", qtbot)
    again.press("H")
    assert again.here == 21
    assert again.window.actions_table["event_forward"].toolTip() == "Next event (H)"


def test_a_key_that_is_taken_names_who_would_lose_it(trial: Trial) -> None:
    dialog = change_key(trial, "copy_notebook", "K")

    assert dialog._said.text() == "K is the key of “Play or pause” now, which would lose it."
    assert dialog._use.text() == "Take it"
    dialog._use.click()

    bindings = trial.window.actions_table.bindings
    assert (bindings.keys("copy_notebook"), bindings.keys("play_pause")) == (("K",), ("Space",))
    sheet = trial.shown("shortcuts.sheet")
    assert sheet.findChild(QPushButton, "shortcuts.play_pause").text() == "Space"
    sheet._reset.click()
    assert trial.window.actions_table.bindings.are_usual
    sheet.reject()


def test_an_action_can_lose_its_key_and_get_the_usual_one_again(trial: Trial) -> None:
    trial.press("?")
    sheet = trial.shown("shortcuts.sheet")
    for button in ("No key", "Usual key"):
        sheet.findChild(QPushButton, "shortcuts.jump").click()
        dialog = trial.shown("shortcuts.key")
        next(one for one in dialog.findChildren(QPushButton) if one.text() == button).click()
        expected = () if button == "No key" else ("Ctrl+G",)
        assert trial.window.actions_table.bindings.keys("jump") == expected
    sheet.reject()
