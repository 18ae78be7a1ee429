"""Looking for personal data in the session in focus."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.ui.redaction.dialog import RedactionDialog


def opened(stage: Any) -> RedactionDialog:
    stage.window.actions_table["look_for_personal_data"].trigger()
    dialog: RedactionDialog = stage.window.findChild(RedactionDialog)
    return dialog


def test_the_session_in_focus_is_looked_through(stage: Callable[..., Any], qtbot: QtBot) -> None:
    dialog = opened(stage())

    qtbot.waitUntil(lambda: dialog.pane.table.findings.rowCount() == 4)
    dialog.close()


def test_what_is_looked_for_is_kept_as_a_profile(stage: Callable[..., Any], qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(stage())
    qtbot.waitUntil(lambda: dialog.pane.table.findings.rowCount() == 4)
    dialog.pane.wanted.name_wanted.emit("Jane Doe")
    path = tmp_path / "ours.json"
    dialog.save.click()
    files = dialog.findChild(QFileDialog)
    files.fileSelected.emit(str(path))

    qtbot.waitUntil(path.exists)
    assert json.loads(path.read_text(encoding="utf-8"))["names"] == ["Jane Doe"]
    files.close()
    dialog.close()
