"""The one table of actions: what follows from it, and that nothing is missing or double."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.resources import resource_path
from app.ui.actions import ACTIONS, Actions
from app.ui.commands import Commands
from app.ui.theme import DARK, LIGHT


def test_every_action_has_a_command_of_its_name() -> None:
    assert [spec.id for spec in ACTIONS if not callable(getattr(Commands, spec.id, None))] == []


def test_no_key_does_two_things() -> None:
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys]

    assert len(keys) == len(set(keys))
    assert all(keys)


def test_every_icon_that_is_named_is_there() -> None:
    assert [
        spec.icon for spec in ACTIONS if spec.icon and not resource_path("icons", f"{spec.icon}.svg").is_file()
    ] == []


@pytest.mark.parametrize(
    ("have", "enabled", "disabled"),
    [
        ({"nothing"}, "import_files", "play_pause"),
        ({"nothing", "session"}, "branch_here", "stop"),
        ({"nothing", "session", "running"}, "stop", None),
    ],
)
def test_actions_are_enabled_by_what_there_is(qtbot: QtBot, have: set[str], enabled: str, disabled: str | None) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, LIGHT)

    actions.enable(have)  # type: ignore[arg-type]

    assert actions[enabled].isEnabled()
    assert disabled is None or not actions[disabled].isEnabled()


def test_the_menu_holds_every_action_and_tips_name_the_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, DARK)
    menu = QMenu(window)

    actions.fill(menu)

    listed = {action.objectName() for submenu in menu.findChildren(QMenu) for action in submenu.actions()}
    assert listed == {f"action.{spec.id}" for spec in ACTIONS}
    for spec in ACTIONS:
        assert actions.keys_text(spec.id) in actions[spec.id].toolTip()
