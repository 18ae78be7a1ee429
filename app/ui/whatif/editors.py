"""One editor for each kind of thing that can be changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.errors import BadInput
from app.ui.theme import BODY_PX, GROUP_PX, mono_font
from app.ui.whatif.list_editor import ListEditor
from app.viewmodels.json_text import pretty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.viewmodels.what_if.subjects import Subject

_LEAST_PX: Final = 56
"""It likes to be three times as high, and takes what the screen leaves."""
_LONGEST: Final = 2_000_000


class TextEditor(QWidget):
    """A message, instructions, or the values of a slot, one a line.

    Signals:
        edited: it says something else now.
    """

    edited = Signal()

    def __init__(self, subject: Subject, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_list = subject.kind == "slot"
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("whatif.text")
        self.text.setAccessibleName(subject.title)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_LEAST_PX)
        shown = "\n".join(map(str, subject.value)) if self._is_list else subject.value
        self._texts = dict(zip(shown.split("\n"), subject.value, strict=False)) if self._is_list else {}
        self.text.setPlainText(shown)
        self.text.selectAll()
        self.text.textChanged.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        if self._is_list:
            hint = QLabel(self.tr("One value a line; without any, the slot is not set."), self)
            hint.setProperty("tone", "caption")
            column.addWidget(hint)
        self.setFocusProxy(self.text)

    def value(self) -> Any:
        """Text; or values, of which those that were there keep their kind."""
        text = self.text.toPlainText()
        if not self._is_list:
            return text
        return tuple(self._texts.get(line, line) for line in text.split("\n") if line.strip())


class ResultEditor(QWidget):
    """What a tool returned, as JSON or as a text, and whether the call failed.

    Signals:
        edited: it says something else now.
    """

    edited = Signal()

    def __init__(self, subject: Subject, parent: QWidget) -> None:
        super().__init__(parent)
        is_text = isinstance(subject.value, str)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("whatif.text")
        self.text.setAccessibleName(subject.title)
        self.text.setTabChangesFocus(True)
        self.text.setFont(mono_font(BODY_PX - 1))
        self.text.setMinimumHeight(_LEAST_PX)
        self.text.setPlainText(subject.value if is_text else pretty(subject.value, _LONGEST, _LONGEST).text)
        self.form = QComboBox(self)
        self.form.addItem(self.tr("JSON"), False)
        self.form.addItem(self.tr("Text"), True)
        self.form.setCurrentIndex(int(is_text))
        self.form.setAccessibleName(self.tr("Form of the result"))
        self.failed = QCheckBox(self.tr("The call failed"), self)
        self.failed.setChecked(subject.failed)
        row = QHBoxLayout()
        row.setSpacing(GROUP_PX)
        row.addWidget(self.form)
        row.addWidget(self.failed)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        self.text.textChanged.connect(self.edited)
        self.form.currentIndexChanged.connect(self._on_changed)
        self.failed.toggled.connect(self._on_changed)
        self.setFocusProxy(self.text)

    @Slot()
    def _on_changed(self) -> None:
        self.edited.emit()

    def value(self) -> Any:
        """Raises BadInput for a text that is no JSON."""
        text = self.text.toPlainText()
        if self.form.currentData():
            return text
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            told = self.tr("This is no JSON: line {line}, column {column}. Choose Text to give it as a text.")
            raise BadInput(told.format(line=error.lineno, column=error.colno)) from error
        except RecursionError as error:
            raise BadInput(self.tr("This JSON is nested too deeply.")) from error


Editor = TextEditor | ResultEditor | ListEditor


def editor_for(subject: Subject, items: Mapping[str, str], parent: QWidget) -> Editor:
    """The editor of a subject; ``items`` can be put into a list, by id, with their names."""
    if subject.kind == "result":
        return ResultEditor(subject, parent)
    if subject.kind == "shown":
        return ListEditor(subject, items, parent)
    return TextEditor(subject, parent)
