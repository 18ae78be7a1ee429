"""Where the next turn is written, the model chosen, and a continuation started, watched and stopped."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from app.domain.context_choice import ContextChoice
from app.domain.tokens import estimated_tokens
from app.ui.compose.estimate import estimate_words, metered_words
from app.ui.compose.instructions_chooser import InstructionsChooser
from app.ui.compose.line import Line
from app.ui.compose.parameters import Parameters
from app.ui.compose.prompt_page import PromptPage
from app.ui.conversation.heading import progress_line
from app.ui.icons import SIZE_PX, icon
from app.viewmodels.compose import Wish
from app.viewmodels.json_text import short
from app.viewmodels.request_extras import RequestExtras

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.application.continuing import ContinueResult, ContinueUpdate
    from app.application.ports import ModelInfo
    from app.ui.theme import Theme
    from app.viewmodels.prompt.preview import ShownPrompt

_MESSAGE_PX: Final = 40
_INSTRUCTIONS_LEAST_PX: Final = 52
_INSTRUCTIONS_PX: Final = 84


class ComposePanel(QWidget):
    """The strip at the bottom of the window.

    Signals:
        continue_requested: (Wish) the person wants a continuation from the playhead.
        stop_requested: the one that runs shall stop.
        again_requested: the one that ended early shall be asked once more.
        models_requested: ask the server for its models again.
        wish_changed: something else would be asked for now.
        extras_wanted: the person wants to set what is rarely asked for.
    """

    continue_requested = Signal(object)
    stop_requested = Signal()
    again_requested = Signal()
    models_requested = Signal()
    wish_changed = Signal()
    extras_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compose")
        self._running = False
        self._has_target = False
        self._instructions_now = ""
        self._conversation_tokens: int | None = None
        self.extras = RequestExtras()
        self._meter: ShownPrompt | None = None
        self._build(theme)
        self._arrange()
        self._connect()
        self.set_theme(theme)
        self._refresh()

    def _build(self, theme: Theme) -> None:
        self.parameters = Parameters(self)
        self.message = _editor(
            self.tr("Next customer message (leave empty to let the model answer as is)"), _MESSAGE_PX
        )
        self.message.setAccessibleName(self.tr("Next customer message"))
        self.instructions = _editor(self.tr("Instructions (system prompt); none so far"), _INSTRUCTIONS_LEAST_PX)
        self.instructions.setAccessibleName(self.tr("Instructions"))
        self.library = InstructionsChooser()
        for one in (self.instructions, self.library):
            one.hide()
        self.unfold = QPushButton(self.tr("Instructions"))
        self.unfold.setCheckable(True)
        self.unfold.setToolTip(self.tr("Show or change the system prompt the model will follow"))
        self.prompt = PromptPage(theme, self)
        self.prompt.hide()
        self.unfold_prompt = QPushButton(self.tr("Prompt"))
        self.unfold_prompt.setObjectName("compose.unfold_prompt")
        self.unfold_prompt.setCheckable(True)
        self.unfold_prompt.setToolTip(
            self.tr("Show the request as it will be sent, and what of the state goes into it")
        )
        self.more = QPushButton(self.tr("More…"))
        self.more.setObjectName("compose.more")
        self.button = QPushButton(self.tr("Continue"))
        self.button.setObjectName("compose.continue")
        self.button.setProperty("primary", True)
        self.button.setMinimumWidth(96)
        self.retry = QPushButton(self.tr("Look for models again"))
        self.retry.hide()
        self.again = QPushButton(self.tr("Try again"))
        self.again.setObjectName("compose.again")
        self.again.setToolTip(self.tr("Send the same request once more; what the customer said is not said again"))
        self.again.hide()
        self.intent = Line("muted")
        self.estimate = Line("caption")
        self.status = Line("caption")
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("tone", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sign = QLabel()
        self.problem.hide()
        self._sign.hide()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.parameters, 1)
        top.addWidget(self.more)
        top.addWidget(self.unfold)
        top.addWidget(self.unfold_prompt)
        grid.addLayout(top, 0, 0, 1, 2)
        grid.addWidget(self.instructions, 1, 0)
        grid.addWidget(self.library, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.prompt, 2, 0, 1, 2)
        grid.addWidget(self.message, 3, 0)
        grid.addWidget(self.button, 3, 1, Qt.AlignmentFlag.AlignBottom)
        lines = QHBoxLayout()
        lines.setSpacing(16)
        for line in (self.intent, self.estimate, self.status):
            lines.addWidget(line, 1 if line is self.status else 0)
        lines.addWidget(self.again)
        grid.addLayout(lines, 4, 0, 1, 2)
        trouble = QHBoxLayout()
        trouble.setSpacing(8)
        trouble.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        trouble.addWidget(self.problem, 1)
        trouble.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(trouble, 5, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(3, 1)
        self.unfold.toggled.connect(lambda shown: grid.setRowStretch(1, int(shown)))  # an empty row takes none
        self.unfold_prompt.toggled.connect(lambda shown: grid.setRowStretch(2, 4 * int(shown)))
        buttons = (self.button, self.more, self.unfold, self.unfold_prompt)
        order = (self.message, *buttons, self.instructions, self.library, self.parameters.model)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.button.clicked.connect(self._on_button_clicked)
        self.retry.clicked.connect(self._on_retry_clicked)
        self.again.clicked.connect(self.again_requested)
        self.more.clicked.connect(self.extras_wanted)
        self.unfold.toggled.connect(self.instructions.setVisible)
        self.unfold.toggled.connect(self.library.setVisible)
        self.library.chosen.connect(self.instructions.setPlainText)
        self.unfold_prompt.toggled.connect(self.prompt.setVisible)
        self.prompt.edited.connect(self._on_edited)
        self.message.textChanged.connect(self._on_edited)
        self.instructions.textChanged.connect(self._on_edited)
        self.parameters.edited.connect(self._on_edited)
        for editor in (self.message, self.instructions):
            editor.installEventFilter(self)

    # --- what is told to the panel -----------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._sign.setPixmap(icon("problem", theme, "problem").pixmap(SIZE_PX, SIZE_PX))
        self.prompt.set_theme(theme)

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        self.parameters.set_models(models)
        self.retry.setVisible(not models)
        none = self.tr("The server has no model yet; the button … beside Model fetches one.")
        self._say("" if models else none, is_problem=not models)

    def set_models_failed(self, sentence: str) -> None:
        self.parameters.set_models(())
        self.retry.show()
        self._say(sentence, is_problem=True)

    def set_target(self, branch_name: str, position: int, head: int, instructions: str | None) -> None:
        """Tell where a continuation would begin."""
        self._has_target = True
        if position >= head:
            text = self.tr("Continues {branch} after event {position}")
        elif head - position == 1:
            text = self.tr("Branches at event {position}, then continues; 1 later event stays on {branch}")
        else:
            text = self.tr("Branches at event {position}, then continues; {later} later events stay on {branch}")
        self.intent.setText(text.format(branch=branch_name, position=f"{position:,}", later=f"{head - position:,}"))
        untouched = self.instructions.toPlainText() == self._instructions_now
        if untouched and (instructions or "") != self._instructions_now:
            self.instructions.setPlainText(instructions or "")
        self._instructions_now = instructions or ""
        self._refresh()

    def set_fork(self, sentence: str, details: str) -> None:
        """Tell where a continuation would branch when that is not at the playhead; ``details``: what it would hold."""
        if sentence:
            self.intent.setText(sentence)
        self.intent.setToolTip(details)
        self.intent.setAccessibleDescription(details)

    def set_conversation_tokens(self, tokens: int | None) -> None:
        """Tell the estimated size of what will be sent beside the message; None when nobody knows."""
        self._conversation_tokens = tokens
        self._refresh()

    @Slot(object)
    def set_meter(self, shown: ShownPrompt | None) -> None:
        """Tell how long the request would be; None while nobody has worked it out."""
        self._meter = shown
        self._refresh()

    def set_running(self, running: bool) -> None:
        had_focus = self.window().focusWidget() in ((self.message, self.again) if running else (self.button,))
        self._running = running
        if running:
            self.again.hide()
            self._say("")
        self.button.setText(self.tr("Stop") if running else self.tr("Continue"))
        for widget in (self.message, self.instructions, self.library, self.parameters, self.prompt, self.retry):
            widget.setEnabled(not running)
        if had_focus:
            # A disabled field passes the focus on to whatever comes next; Stop is what a person wants then.
            (self.button if running else self.message).setFocus()
        self._refresh()

    def show_update(self, update: ContinueUpdate) -> None:
        self._say(progress_line(update))

    def _forget_said(self) -> None:
        """It stands on the branch now, with its pictures, which would else go along again unseen."""
        self.message.clear()
        self.set_extras(replace(self.extras, pictures=()))

    def show_result(self, result: ContinueResult) -> None:
        self._forget_said()
        counted = self.tr("{prompt} tokens read, {tokens} written").format(
            prompt="?" if result.prompt_tokens is None else f"{result.prompt_tokens:,}",
            tokens="?" if result.tokens is None else f"{result.tokens:,}",
        )
        faults = [self.tr("The model did not see all of the conversation.")] if result.truncated else []
        if result.format_fault:
            told = self.tr("The answer does not follow the form that was asked for: {why}.")
            faults.append(told.format(why=short(result.format_fault, 200).rstrip(".")))
        self._say(" ".join((*faults, counted)), is_problem=bool(faults))

    def forget_result(self) -> None:
        """Another session is shown now: what the last answer took says nothing about it."""
        if not self._running:
            if self.retry.isHidden():  # else it says why there is no model
                self._say("")
            self.again.hide()

    def show_failure(self, sentence: str) -> None:
        self._say(sentence, is_problem=True)

    def offer_again(self) -> None:
        """The newest request ended early; what was typed stands on the branch, and would be said twice from here."""
        self._forget_said()
        self.again.show()

    # --- what the person does ----------------------------------------------------------------------------

    def wish(self) -> Wish:
        """What would be asked for now."""
        instructions = self.instructions.toPlainText()
        return Wish(
            say=self.message.toPlainText().strip() or None,
            instructions=instructions if instructions != self._instructions_now else None,
            instructions_ref=self.library.named(instructions),
            model=self.parameters.model_name,
            options=self.parameters.options(),
            recommend=self.prompt.strategy,
            template=self.prompt.chosen_template,
            extras=self.extras,
        )

    @Slot(object)
    def set_extras(self, extras: RequestExtras) -> None:
        """Ask with this from now on."""
        if extras != self.extras:
            self.extras = extras
            self._on_edited()

    def forget_session_extras(self) -> None:
        """Another session: its messages, tools and pictures are not those that were chosen."""
        context = ContextChoice() if self.extras.context.kind == "picked" else self.extras.context
        self.set_extras(replace(self.extras, pictures=(), tools="none", definitions=(), context=context))

    def focus_message(self) -> None:
        """Have the person type what the customer says next."""
        self.message.setFocus()

    @Slot()
    def request_continue(self) -> None:
        """Wish for a continuation, when one is possible now."""
        if not self._running and self.button.isEnabled():
            self.continue_requested.emit(self.wish())

    @Slot()
    def _on_button_clicked(self) -> None:
        if self._running:
            self.stop_requested.emit()
        else:
            self.request_continue()

    @Slot()
    def _on_retry_clicked(self) -> None:
        self._say(self.tr("Looking for models"))
        self.models_requested.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Ctrl+Enter continues, Esc stops."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self._running:
            self.request_continue()
            return True
        if event.matches(QKeySequence.StandardKey.Cancel) and self._running:
            self.stop_requested.emit()
            return True
        return False

    @property
    def unfolded(self) -> int:
        """How many of instructions and prompt are shown."""
        return self.unfold.isChecked() + self.unfold_prompt.isChecked()

    @property
    def wanted_px(self) -> int:
        """How high it likes to be with what is unfolded now, where there is room."""
        if (layout := self.layout()) is not None:
            layout.activate()
        more = self.prompt.wanted_px if self.unfold_prompt.isChecked() else 0
        if self.unfold.isChecked():
            more += _INSTRUCTIONS_PX - _INSTRUCTIONS_LEAST_PX
        return self.minimumSizeHint().height() + more

    @Slot()
    def _on_edited(self) -> None:
        self._refresh()
        self.wish_changed.emit()

    @Slot()
    def _refresh(self) -> None:
        used = self.prompt.in_use()
        told = self.extras.words()
        self.more.setText(self.tr("More ●") if told else self.tr("More…"))
        self.more.setToolTip(told or self.tr("Options, form of the answer, thinking, pictures, context and tools"))
        self.more.setAccessibleName(self.tr("More for the request: {what}").format(what=told or self.tr("nothing")))
        self.unfold_prompt.setText(self.tr("Prompt ✓") if used else self.tr("Prompt"))
        self.unfold_prompt.setAccessibleDescription(used)
        can_continue = self._has_target and self.parameters.model_name is not None
        self.button.setEnabled(self._running or can_continue)
        self.estimate.setText(self._estimate_words())
        self.estimate.setProperty("tone", "problem" if self._meter and self._meter.verdict == "too long" else "caption")
        self.estimate.style().polish(self.estimate)

    def _estimate_words(self) -> str:
        if self._meter is not None:
            return metered_words(self._meter)
        typed = estimated_tokens(self.message.toPlainText()) + estimated_tokens(self.instructions.toPlainText())
        return estimate_words(typed, self._conversation_tokens, self.parameters.context_words())

    def _say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Progress stands at the right of the last line; a failure gets a line of its own, as long as it needs."""
        self.status.setText("" if is_problem else sentence)
        self.problem.setText(sentence if is_problem else "")
        for widget in (self.problem, self._sign):
            widget.setVisible(is_problem)


def _editor(placeholder: str, least_px: int) -> QPlainTextEdit:
    """Takes what height there is, and needs this much."""
    editor = QPlainTextEdit()
    editor.setPlaceholderText(placeholder)
    editor.setTabChangesFocus(True)
    editor.setMinimumHeight(least_px)
    editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    return editor
