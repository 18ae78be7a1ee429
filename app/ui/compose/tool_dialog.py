"""Asks a person what a tool returned: the model has called it, and nothing is executed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.application.tool_answers import ToolAnswer
from app.ui.theme import BODY_PX, mono_font
from app.ui.widgets.on_screen import resize_within_screen
from app.viewmodels.json_text import pretty

if TYPE_CHECKING:
    from app.application.tool_answers import ToolQuestion

_SHOWN: Final = 4_000


class ToolDialog(QDialog):
    """Closing it without an answer tells the model that the tool failed.

    Signals:
        answered(object): the ``ToolAnswer``.
        stop_wanted: stop the model instead.
    """

    answered = Signal(object)
    stop_wanted = Signal()

    def __init__(self, question: ToolQuestion, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compose.tool")
        self.setWindowTitle(self.tr("What did the tool return?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = QLabel(self.tr("The model has called {name} with:").format(name=question.name))
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        arguments = QPlainTextEdit(pretty(dict(question.arguments), _SHOWN, 40).text)
        arguments.setReadOnly(True)
        arguments.setAccessibleName(self.tr("Arguments"))
        arguments.setFont(mono_font(BODY_PX - 1))
        self.typed = QPlainTextEdit()
        self.typed.setAccessibleName(self.tr("Result"))
        self.typed.setPlaceholderText(self.tr("JSON, or plain text"))
        self.typed.setFont(mono_font(BODY_PX - 1))
        self.typed.setTabChangesFocus(True)
        self.error = QCheckBox(self.tr("The tool failed"))
        buttons = QDialogButtonBox()
        use = buttons.addButton(self.tr("Give this result"), QDialogButtonBox.ButtonRole.AcceptRole)
        use.setProperty("primary", True)
        stop = buttons.addButton(self.tr("Stop the model"), QDialogButtonBox.ButtonRole.RejectRole)
        stop.setAutoDefault(False)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (said, arguments, self.typed, self.error, buttons):
            column.addWidget(part)
        resize_within_screen(self, QSize(480, 420))
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> ToolAnswer:
        """JSON where it is some, else the text as it is."""
        text = self.typed.toPlainText()
        result: Any = text
        try:
            result = json.loads(text)
        except ValueError:
            result = text
        return ToolAnswer(result=result, error=self.error.isChecked())

    @Slot()
    def _on_accepted(self) -> None:
        self.answered.emit(self.answer())
        self.accept()

    def reject(self) -> None:
        """Esc stops the model here as it does everywhere; the call is recorded as one that nobody answered."""
        self.stop_wanted.emit()
        super().reject()
