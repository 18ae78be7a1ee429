"""Preferences: chosen in the dialog, in force at once, there again in the next window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from app.ui.preferences import applying
from app.ui.preferences.dialog import PreferencesDialog
from app.ui.preferences.preferences import SCALES, TIME_STEPS_S, Preferences
from app.ui.preferences.settings import WindowSettings

Stages = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = Preferences(theme="dark", density="touch", scale=150, language="zh_CN", still=True, time_step_s=60.0)


@pytest.fixture
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    flash = qapp.cursorFlashTime()
    yield
    qapp.setCursorFlashTime(flash)


def opened(made: Any) -> PreferencesDialog:
    QTest.keyClick(made.window.focusWidget() or made.window, Qt.Key.Key_Comma, CTRL)
    dialog = made.window.findChild(QDialog, "preferences.dialog")
    assert dialog.isVisible()
    return dialog


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    combo = getattr(dialog, name)
    index = combo.findData(value)
    assert index >= 0
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_what_is_stored_is_read_again_and_nonsense_is_as_usual(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "w.ini")
    settings.preferences = OTHER
    settings.save()
    assert WindowSettings(tmp_path / "w.ini").preferences == OTHER

    (tmp_path / "w.ini").write_text("[look]\ndensity=vast\nscale=17\nstill=perhaps\n[playhead]\ntime-step=never\n")
    assert WindowSettings(tmp_path / "w.ini").preferences == Preferences()


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("step", TIME_STEPS_S)
def test_every_number_that_is_offered_can_be_stored(tmp_path: Path, scale: int, step: float) -> None:
    wanted = Preferences(scale=scale, time_step_s=step)
    settings = WindowSettings(tmp_path / "w.ini")
    settings.preferences = wanted
    settings.save()

    assert WindowSettings(tmp_path / "w.ini").preferences == wanted


@pytest.mark.usefixtures("_as_it_was")
def test_rows_and_controls_change_at_once_and_stay_for_the_next_window(stage: Stages) -> None:
    made = stage(at=40)
    button, rows = made.window.transport._branch_here, made.window.library._list
    usual = button.sizeHint().height(), rows.sizeHintForRow(0)

    dialog = opened(made)
    choose(dialog, "density", "touch")
    assert (button.sizeHint().height(), rows.sizeHintForRow(0)) == (36, 56)
    choose(dialog, "density", "compact")
    compact = button.sizeHint().height(), rows.sizeHintForRow(0)
    assert compact < usual < (36, 56)
    dialog.reject()

    made.window.close()
    again = stage(at=40)
    assert (again.window.transport._branch_here.sizeHint().height(), again.window.library._list.sizeHintForRow(0)) == (
        compact
    )


@pytest.mark.usefixtures("_as_it_was")
def test_colours_motion_and_the_step_by_the_clock_hold_at_once(stage: Stages, qapp: QApplication) -> None:
    made = stage(at=40)
    dialog = opened(made)

    choose(dialog, "theme", "dark")
    choose(dialog, "time_step", 60.0)
    dialog.still.click()
    dialog.reject()
    QTest.keyClick(made.window.timeline.lanes, Qt.Key.Key_Right, CTRL)

    assert made.program._theme.dark
    assert qapp.cursorFlashTime() == 0
    assert made.workspace.playhead == 49


@pytest.mark.usefixtures("_as_it_was")
def test_everything_can_be_as_usual_again(stage: Stages) -> None:
    made = stage(at=40)
    made.program.prefer(OTHER)
    dialog = opened(made)

    next(one for one in dialog.findChildren(QPushButton) if one.text() == "As usual").click()

    assert made.program.preferences == Preferences()
    assert (dialog.density.currentData(), dialog.scale.currentData(), dialog.still.isChecked()) == ("usual", 100, False)
    dialog.reject()


def test_the_keys_are_one_click_away(stage: Stages) -> None:
    made = stage(at=40)
    dialog = opened(made)

    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Change keys…").click()

    sheet = made.window.findChild(QDialog, "shortcuts.sheet")
    assert sheet.isVisible()
    sheet.reject()
    dialog.reject()


def test_every_control_of_the_dialog_has_a_name(stage: Stages) -> None:
    made = stage(at=40)
    dialog = opened(made)

    controls = [
        one for one in dialog.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
    ]
    assert len(controls) == 9
    for control in controls:
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name), control.objectName()
    dialog.reject()


def test_the_size_is_taken_before_the_program_starts_and_one_from_outside_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(applying, "QApplication", NoApplication)
    monkeypatch.delenv("QT_SCALE_FACTOR")
    applying.scale_before_start(Preferences())
    assert "QT_SCALE_FACTOR" not in applying.os.environ

    applying.scale_before_start(OTHER)
    assert applying.os.environ["QT_SCALE_FACTOR"] == "1.5"
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    applying.scale_before_start(OTHER)
    assert applying.os.environ["QT_SCALE_FACTOR"] == "2"


class NoApplication:
    """As it is before the program starts."""

    @staticmethod
    def instance() -> None:
        return None
