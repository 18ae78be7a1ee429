"""The prompt's page and the editor of templates, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_prompting import SHIPPED
from PySide6.QtWidgets import QDialog

from app.domain.templates import PromptTemplate
from app.domain.text_diff import text_diff
from app.ui.compose.prompt_page import PromptPage
from app.ui.theme import LIGHT
from app.viewmodels.prompt.preview import ShownPrompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

STATE = PromptTemplate(text=SHIPPED, name="state")


def shown(text: str, *, last: str | None = None, **more: Any) -> ShownPrompt:
    given = {
        "is_cut": False, "tokens": 1_200, "window": 4_096, "is_sure": False, "verdict": "fits",
        "recommended": (), "strategy": "",
    }  # fmt: skip
    pieces = text_diff(last, text) if last is not None else None
    return ShownPrompt(text=text, pieces=pieces, **(given | more))


@pytest.fixture
def page(qtbot: QtBot) -> PromptPage:
    made = PromptPage(LIGHT)
    qtbot.addWidget(made)
    made.set_templates((STATE,))
    return made


def test_the_request_is_shown_as_it_is_and_compared_when_wished(page: PromptPage) -> None:
    page.show_prompt(shown("── user\nHello there", last="── user\nHello", recommended=("red mug",)))
    assert page.text.toPlainText() == "── user\nHello there"
    assert page.note.text() == "about 1.2k of 4.1k tokens, estimated · recommended now: red mug"

    page.differences.setChecked(True)

    assert page.text.toPlainText() == "── user\nHello there"
    assert page.text.textCursor().position() == len("── user\nHello")


def test_where_nothing_was_sent_before_there_is_nothing_to_compare(page: PromptPage) -> None:
    page.show_prompt(shown("── user\nHello", verdict="too long"))

    assert not page.differences.isEnabled()
    assert "too long: the oldest messages would be left out" in page.note.text()
    assert page.note.text().endswith("nothing was sent on this line before")


def test_what_the_branch_has_is_kept_until_another_is_chosen(page: PromptPage) -> None:
    page.set_strategy("recent")
    assert (page.strategy, page.in_use()) == (None, "dealt with last")

    page.recommend.setCurrentIndex(page.recommend.findData("off"))
    page.template.setCurrentIndex(1)

    assert page.strategy == "off"
    assert page.chosen_template == STATE
    assert page.in_use() == "state"


def test_a_failure_takes_the_text_away(page: PromptPage) -> None:
    page.show_prompt(shown("── user\nHello"))
    page.show_failure("the server cannot be reached")

    assert page.text.toPlainText() == ""
    assert page.note.text() == "the server cannot be reached"


class Desk:
    """A window with its prompt unfolded."""

    def __init__(self, stage: Any, qtbot: QtBot) -> None:
        self.stage, self._qtbot = stage, qtbot
        self.window, self.services = stage.window, stage.services
        self.compose, self.page = stage.window.compose, stage.window.compose.prompt
        qtbot.waitUntil(lambda: self.page.template.count() > 1 and self.compose.button.isEnabled())
        self.compose.unfold_prompt.click()

    def until(self, held: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(held)

    def editor(self) -> Any:
        self.page.edit.click()
        dialog = self.window.findChild(QDialog, "template.dialog")
        self.until(lambda: bool(dialog.outcome.toPlainText()))
        return dialog


@pytest.fixture
def desk(stage: Callable[..., Any], qtbot: QtBot) -> Desk:
    return Desk(stage(at=40), qtbot)


def test_the_preview_follows_what_is_typed_and_chosen(desk: Desk) -> None:
    desk.until(lambda: "At 40." in desk.page.text.toPlainText())

    desk.compose.message.setPlainText("A mug?")
    desk.page.template.setCurrentIndex(1)
    desk.page.recommend.setCurrentIndex(1)

    desk.until(lambda: "At 40. city=Rome\n\n── user\nA mug?" in desk.page.text.toPlainText())
    assert "recommended now: red mug" in desk.page.note.text()
    assert desk.compose.unfold_prompt.text() == "Prompt ✓"
    assert desk.compose.unfold_prompt.accessibleDescription() == "state, by interests"


def test_inside_a_tool_call_it_is_the_prompt_of_where_it_will_branch(desk: Desk) -> None:
    desk.stage.workspace.seek(46)

    desk.until(lambda: "At 47." in desk.page.text.toPlainText())


def test_what_was_chosen_goes_along(desk: Desk) -> None:
    desk.page.template.setCurrentIndex(1)
    desk.page.recommend.setCurrentIndex(1)

    desk.compose.button.click()

    desk.until(lambda: bool(desk.services.continuing.requests))
    (request,) = desk.services.continuing.requests
    assert (request.recommend, request.template) == ("interests", STATE)


def test_a_server_that_is_away_is_told_in_place_of_the_preview(desk: Desk) -> None:
    desk.services.continuing.failure = RuntimeError("nobody answers")

    desk.compose.message.setPlainText("A mug?")

    desk.until(lambda: desk.page.note.text() == "nobody answers")


def test_a_template_is_tried_while_it_is_written_and_kept_when_wished(desk: Desk) -> None:
    dialog = desk.editor()
    assert dialog.outcome.toPlainText() == "city=Rome"

    dialog.text.setPlainText("Wish: {{ slots[0].value }}")
    desk.until(lambda: dialog.outcome.toPlainText() == "Wish: Rome")
    dialog.name.setText("wishes")
    dialog.keep.click()

    desk.until(lambda: desk.page.template.currentText() == "wishes")
    assert desk.page.chosen_template.version == 1
    assert "wishes" in desk.services.templates.kept


def test_a_mistake_is_told_and_marked_and_cannot_be_used(desk: Desk) -> None:
    dialog = desk.editor()

    dialog.text.setPlainText("a\n  {{ slotz }}")

    desk.until(lambda: "line 2, column 6 of the template" in dialog.problem.text())
    (marked,) = dialog.text.extraSelections()
    assert marked.cursor.selectedText() == "slotz }}"
    assert not dialog.keep.isEnabled()
    assert not dialog.use.isEnabled()
    dialog.reject()


def test_an_older_version_can_be_taken_up_and_used_without_keeping(desk: Desk) -> None:
    for text in ("One", "Two"):
        desk.services.templates.save("mine", text)
    desk.stage.program.presenter.prompt._on_session_opened()
    desk.until(lambda: desk.page.template.count() == 3)
    desk.page.template.setCurrentIndex(2)
    dialog = desk.editor()
    desk.until(lambda: dialog.versions.count() == 3)

    dialog.versions.setCurrentIndex(2)
    dialog.versions.activated.emit(2)
    desk.until(lambda: dialog.outcome.toPlainText() == "One" and dialog.use.isEnabled())
    dialog.use.click()

    assert desk.page.chosen_template.text == "One"
    assert desk.page.chosen_template.version is None
