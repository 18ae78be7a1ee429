"""One key masks what the window shows, in every pane, and nothing is seen before it is masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fakes.shown_texts import texts_of
from fakes.window_services import FakeHistory
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.redaction.profile import RedactionProfile

ADDRESS, NUMBER = "jane.roe@example.com", "408-371-3804"


def shows(stage: Any, text: str) -> bool:
    return any(text in one for one in texts_of(stage.window))


@pytest.fixture
def private(stage: Callable[..., Any], qtbot: QtBot) -> Any:
    """A window whose session, branch and messages hold an address and a number."""
    history = FakeHistory(events=120, sessions=2)
    first = history.summaries[0]
    header = replace(first.header, title=f"For {ADDRESS}", subject=ADDRESS)
    history.summaries = (replace(first, header=header), *history.summaries[1:])
    made = stage(history=history)
    made.window.library.set_sessions(history.summaries)
    qtbot.waitUntil(lambda: shows(made, ADDRESS) and shows(made, NUMBER))
    return made


def toggle(stage: Any, qtbot: QtBot) -> None:
    masking = stage.program.presenter.redaction.masking
    stage.window.actions_table["toggle_masking"].trigger()
    qtbot.waitUntil(lambda: not masking.is_covered)


def test_nothing_found_is_shown_anywhere_once_texts_are_masked(private: Any, qtbot: QtBot) -> None:
    toggle(private, qtbot)
    qtbot.waitUntil(lambda: shows(private, "⟪EMAIL-") and shows(private, "⟪PHONE-"))

    shown = [one for one in texts_of(private.window) if ADDRESS in one or NUMBER in one]
    assert shown == []
    assert private.window.mask_sign.isVisible()
    assert "masked" in private.window.mask_sign.text()


def test_the_window_is_covered_until_texts_are_masked(private: Any, qtbot: QtBot) -> None:
    masking = private.program.presenter.redaction.masking
    cover = private.window.findChild(QWidget, "mask.cover")

    private.window.actions_table["toggle_masking"].trigger()

    assert masking.is_covered
    assert cover.isVisible()
    assert cover.size() == private.window.size()
    assert private.window.windowTitle() == "Branchline"
    qtbot.waitUntil(lambda: not masking.is_covered)
    assert not cover.isVisible()


def test_the_same_key_shows_everything_again_at_the_same_place(private: Any, qtbot: QtBot) -> None:
    private.workspace.seek(60)
    toggle(private, qtbot)
    assert private.workspace.playhead == 60

    toggle(private, qtbot)

    qtbot.waitUntil(lambda: shows(private, ADDRESS) and shows(private, NUMBER))
    assert not private.window.mask_sign.isVisible()
    assert private.workspace.playhead == 60


def test_dialogs_are_closed_for_they_hold_what_was_read_before(private: Any, qtbot: QtBot) -> None:
    private.window.actions_table["look_for_personal_data"].trigger()
    qtbot.waitUntil(lambda: len(visible_dialogs(private)) == 1)

    toggle(private, qtbot)
    private.window.actions_table["look_for_personal_data"].trigger()

    assert visible_dialogs(private) == []
    assert "end masking first" in private.window.notice.text


def visible_dialogs(stage: Any) -> list[QDialog]:
    return [one for one in stage.window.findChildren(QDialog) if one.isVisible()]


def test_hits_of_a_search_are_masked_and_a_mask_is_looked_for_as_it_is_meant(private: Any, qtbot: QtBot) -> None:
    toggle(private, qtbot)
    private.program.presenter.redaction.masking.use(RedactionProfile(names=("restaurant",)))
    qtbot.waitUntil(lambda: not private.program.presenter.redaction.masking.is_covered)
    qtbot.waitUntil(lambda: shows(private, "⟪NAME-"))

    assert not [one for one in texts_of(private.window) if "restaurant" in one.casefold().split()]


def test_the_key_stands_in_the_list_and_can_be_changed(private: Any) -> None:
    assert private.window.actions_table.keys_text("toggle_masking") == "Ctrl+Shift+H"
    assert QApplication.instance() is not None
