"""The compose panel says what will happen, wishes for exactly what was set, and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.application.continuing import ContinueResult, ContinueUpdate
from app.application.ports import ModelInfo
from app.ui.compose.panel import ComposePanel
from app.ui.theme import LIGHT
from app.viewmodels.compose import Wish
from app.viewmodels.prompt.preview import ShownPrompt

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


def model(name: str, *, local: bool = True, context: int | None = 8_192) -> ModelInfo:
    return ModelInfo(
        name=name, digest="d", size=93_000_000, local=local, capabilities=("completion",), context_length=context
    )


@pytest.fixture
def panel(qtbot: QtBot) -> ComposePanel:
    made = ComposePanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(1280, made.sizeHint().height())
    return made


@pytest.fixture
def ready(panel: ComposePanel) -> ComposePanel:
    panel.set_models((model("smollm2:135m"), model("qwen3:4b")))
    panel.set_target("main", 412, 412, "Be kind.")
    return panel


def wishes(panel: ComposePanel) -> list[Wish]:
    made: list[Wish] = []
    panel.continue_requested.connect(made.append)
    return made


@pytest.mark.parametrize(
    ("position", "head", "sentence"),
    [
        (412, 412, "Continues main after event 412"),
        (412, 430, "Branches at event 412, then continues; 18 later events stay on main"),
        (1_411, 1_412, "Branches at event 1,411, then continues; 1 later event stays on main"),
        (0, 2, "Branches at event 0, then continues; 2 later events stay on main"),
    ],
)
def test_one_sentence_says_what_will_happen(panel: ComposePanel, position: int, head: int, sentence: str) -> None:
    panel.set_target("main", position, head, None)

    assert panel.intent.text() == sentence


def test_what_is_left_alone_is_left_to_the_model(ready: ComposePanel) -> None:
    made = wishes(ready)

    ready.button.click()

    assert made == [Wish(say=None, instructions=None, model="smollm2:135m", options={})]


def test_everything_that_was_set_is_wished_for(ready: ComposePanel) -> None:
    made = wishes(ready)
    parameters = ready.parameters
    parameters.model.setCurrentIndex(1)
    parameters.temperature.setValue(0.0)
    parameters.seed.setValue(42)
    parameters.max_tokens.setValue(256)
    parameters.context.setCurrentIndex(parameters.context.findData(4_096))
    ready.message.setPlainText("  And with parking?\n")
    ready.instructions.setPlainText("Be brief.")

    ready.button.click()

    options = {"temperature": 0.0, "seed": 42, "num_predict": 256, "num_ctx": 4_096}
    assert made == [Wish(say="And with parking?", instructions="Be brief.", model="qwen3:4b", options=options)]


def test_ctrl_enter_continues_and_escape_stops(ready: ComposePanel, qtbot: QtBot) -> None:
    made, stopped = wishes(ready), []
    ready.stop_requested.connect(lambda: stopped.append(True))

    qtbot.keyClick(ready.message, Qt.Key.Key_Escape)
    qtbot.keyClick(ready.message, Qt.Key.Key_Return, CTRL)
    ready.set_running(True)
    qtbot.keyClick(ready, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(ready, Qt.Key.Key_Escape)

    assert len(made) == 1
    assert stopped == [True]


def test_enter_alone_begins_a_new_line(ready: ComposePanel, qtbot: QtBot) -> None:
    made = wishes(ready)

    qtbot.keyClick(ready.message, Qt.Key.Key_Return)

    assert made == []
    assert ready.message.toPlainText() == "\n"


def test_while_it_runs_the_button_stops_and_nothing_else_can_be_changed(ready: ComposePanel) -> None:
    stopped: list[bool] = []
    ready.stop_requested.connect(lambda: stopped.append(True))

    ready.set_running(True)
    ready.show_update(
        ContinueUpdate(phase="processing prompt", text="", tokens=0, elapsed_s=3.21, tokens_per_second=None)
    )
    ready.button.click()

    assert ready.button.text() == "Stop"
    assert stopped == [True]
    assert not ready.message.isEnabled()
    assert not ready.parameters.isEnabled()
    assert ready.status.text() == "processing prompt · 3.2 s"


def test_a_result_is_counted_and_the_next_message_is_empty(ready: ComposePanel) -> None:
    ready.message.setPlainText("And?")
    result = ContinueResult(
        branch="b", position=415, text="So.", model="m", done_reason="stop", prompt_tokens=1_200, tokens=80,
        durations={}, truncated=False,
    )  # fmt: skip

    ready.show_result(result)

    assert ready.message.toPlainText() == ""
    assert ready.status.text() == "1,200 tokens read, 80 written"
    assert ready.status.property("tone") == "caption"

    ready.forget_result()

    assert ready.status.text() == ""


def test_a_truncated_prompt_and_a_failure_are_marked(ready: ComposePanel) -> None:
    result = ContinueResult(
        branch="b", position=415, text="So.", model="m", done_reason="stop", prompt_tokens=9, tokens=None,
        durations={}, truncated=True,
    )  # fmt: skip

    ready.show_result(result)
    truncated = (ready.problem.text(), ready.problem.property("tone"))
    ready.show_failure("model 'x' not found")

    assert truncated == ("The model did not see all of the conversation. 9 tokens read, ? written", "problem")
    assert ready.problem.text() == "model 'x' not found"
    assert ready.status.text() == ""


def test_an_answer_that_is_not_of_the_form_asked_for_is_marked(ready: ComposePanel) -> None:
    result = ContinueResult(
        branch="b", position=415, text="{}", model="m", done_reason="stop", prompt_tokens=9, tokens=3,
        durations={}, truncated=False, format_fault="n is no text",
    )  # fmt: skip

    ready.show_result(result)

    assert "does not follow the form that was asked for: n is no text. 9 tokens read" in ready.problem.text()


def test_on_another_branch_nothing_is_said_of_the_last_answer(ready: ComposePanel) -> None:
    ready.show_failure("the server went away")

    ready.forget_result()

    assert ready.problem.text() == ""
    ready.set_models_failed("no server")
    ready.forget_result()
    assert ready.problem.text() == "no server"


def test_a_long_failure_gets_the_lines_it_needs_and_goes_away_with_the_next_progress(ready: ComposePanel) -> None:
    ready.show()
    before = ready.sizeHint().height()
    ready.show_failure("connection refused " * 20)
    failed = (ready.problem.isVisible(), ready.heightForWidth(900))
    ready.set_models((model("smollm2:135m"),))

    assert failed[0]
    assert failed[1] >= before + 2 * ready.intent.height()
    assert ready.problem.isHidden()
    assert ready.sizeHint().height() == before


def test_a_failure_keeps_what_was_typed(ready: ComposePanel) -> None:
    ready.message.setPlainText("And?")

    ready.show_failure("connection refused")

    assert ready.message.toPlainText() == "And?"


def test_what_ended_early_can_be_asked_again_and_is_not_said_twice(ready: ComposePanel) -> None:
    asked: list[bool] = []
    ready.again_requested.connect(lambda: asked.append(True))
    ready.message.setPlainText("And?")
    ready.offer_again()

    ready.again.click()

    assert asked == [True]
    assert ready.wish().say is None
    assert not ready.again.isHidden()

    ready.set_running(True)

    assert ready.again.isHidden()


def test_another_place_has_nothing_to_ask_again(ready: ComposePanel) -> None:
    ready.offer_again()

    ready.forget_result()

    assert ready.again.isHidden()


def test_the_focus_is_on_stop_while_it_runs_and_comes_back(ready: ComposePanel, qtbot: QtBot) -> None:
    ready.show()
    qtbot.waitExposed(ready)
    ready.message.setFocus()

    ready.set_running(True)
    meanwhile = ready.focusWidget()
    ready.set_running(False)

    assert meanwhile is ready.button
    assert ready.focusWidget() is ready.message


def test_a_line_that_has_no_room_ends_in_dots(ready: ComposePanel) -> None:
    ready.resize(500, 120)
    ready.show()
    ready.intent.setText("Branches at event 1,411, then continues; 12 later events stay on a branch with a long name")
    ready.intent.resize(120, ready.intent.height())

    picture = ready.intent.grab()

    assert ready.intent.shown.endswith("…")
    assert ready.intent.text().endswith("a long name")
    assert picture.width() >= 120


def test_without_a_model_one_can_only_look_again(panel: ComposePanel) -> None:
    asked: list[bool] = []
    panel.models_requested.connect(lambda: asked.append(True))
    panel.set_target("main", 1, 1, None)

    panel.set_models_failed("No model server answers at 127.0.0.1:11434")
    panel.retry.click()

    assert not panel.button.isEnabled()
    assert panel.retry.isVisibleTo(panel)
    assert asked == [True]


def test_the_chosen_model_stays_chosen(ready: ComposePanel) -> None:
    ready.parameters.model.setCurrentIndex(1)

    ready.set_models((model("new:1b"), model("smollm2:135m"), model("qwen3:4b")))

    assert ready.parameters.model_name == "qwen3:4b"


def test_a_remote_model_says_so(panel: ComposePanel) -> None:
    panel.set_models((model("cloud:120b", local=False),))

    assert "remote" in panel.parameters.model.currentText()


@pytest.mark.parametrize(
    ("verdict", "dropped", "sentence", "tone"),
    [
        ("fits", 0, "about 3.1k of 8.2k tokens, estimated", "caption"),
        ("too long", 1, "about 3.1k of 8.2k tokens, estimated (1 message would drop)", "problem"),
        ("too long", 12, "about 3.1k of 8.2k tokens, estimated (12 messages would drop)", "problem"),
        ("uncertain", 0, "about 3.1k of 8.2k tokens, estimated (may be too long)", "caption"),
    ],
)
def test_the_meter_says_what_would_drop(
    ready: ComposePanel, verdict: str, dropped: int, sentence: str, tone: str
) -> None:
    metered = ShownPrompt(
        text="", is_cut=False, pieces=None, tokens=3_100, window=8_192, is_sure=True, verdict=verdict,
        dropped=dropped, recommended=(), strategy="",
    )  # fmt: skip

    ready.set_meter(metered)

    assert ready.estimate.text() == sentence
    assert ready.estimate.property("tone") == tone


def test_the_estimate_is_marked_as_one(ready: ComposePanel) -> None:
    ready.message.setPlainText("a" * 400)
    beside = ready.estimate.text()
    ready.set_conversation_tokens(1_100)

    assert beside == "about 116 tokens beside the conversation, estimated"
    assert ready.estimate.text() == "about 1.2k of 8.2k tokens, estimated"


def test_instructions_follow_the_playhead_until_they_are_edited(ready: ComposePanel) -> None:
    ready.set_target("main", 400, 412, "Be very kind.")
    followed = ready.instructions.toPlainText()
    ready.instructions.setPlainText("My own.")
    ready.set_target("main", 300, 412, "Be cold.")

    assert followed == "Be very kind."
    assert ready.instructions.toPlainText() == "My own."
    assert ready.wish().instructions == "My own."


def test_it_takes_little_room_until_instructions_are_unfolded(ready: ComposePanel, qtbot: QtBot) -> None:
    with qtbot.waitExposed(ready):
        ready.show()
    folded = ready.sizeHint().height()

    ready.unfold.click()

    assert folded <= 150
    assert ready.instructions.isVisible()
    assert ready.sizeHint().height() > folded


def test_every_control_has_a_name(ready: ComposePanel) -> None:
    kinds = (QComboBox, QAbstractSpinBox, QPlainTextEdit)
    controls: list[QWidget] = [widget for kind in kinds for widget in ready.findChildren(kind)]

    assert len(controls) == 9
    assert all(widget.accessibleName() for widget in controls)
    assert all(button.text() for button in ready.findChildren(QPushButton))


def test_fields_have_room_for_their_words_under_the_style_of_the_program(
    ready: ComposePanel, dressed: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitExposed(ready):
        ready.show()

    for field in ready.findChildren(QAbstractSpinBox):
        edit = field.findChild(QLineEdit)
        assert edit.width() > edit.fontMetrics().horizontalAdvance(edit.text())
