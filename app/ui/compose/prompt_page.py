"""What of the state goes into the prompt, and the whole request as it will be sent, compared with the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.recommender import OFF, STRATEGIES
from app.domain.text_diff import Piece
from app.ui.inspector.difference_text import DifferenceText
from app.ui.theme import BODY_PX, GROUP_PX, mono_font
from app.viewmodels.compose import compact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.templates import PromptTemplate
    from app.ui.theme import Theme
    from app.viewmodels.prompt.preview import ShownPrompt

_TEXT_LEAST_PX: Final = 48
"""Three lines: a small screen has no more when the instructions are open too."""
_TEXT_PX: Final = 150


class PromptPage(QWidget):
    """Reads only, but for the two choices.

    Signals:
        edited: another strategy or template was chosen: what is shown holds no longer.
        editor_wanted: open the editor of templates.
    """

    edited = Signal()
    editor_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compose.prompt")
        self._in_force = OFF
        self._shown: ShownPrompt | None = None
        self.recommend = QComboBox(self)
        for name, words in self._strategies().items():
            self.recommend.addItem(words, name)
        self.template = QComboBox(self)
        self.template.setMinimumWidth(130)
        self.edit = QPushButton(self.tr("Edit the template…"), self)
        self.differences = QCheckBox(self.tr("Differences to what was sent last"), self)
        self.text = DifferenceText(theme, self)
        self.text.setObjectName("compose.prompt.text")
        self.text.setFont(mono_font(BODY_PX - 1))
        self.text.setAccessibleName(self.tr("The request as it will be sent"))
        self.text.setPlaceholderText(self.tr("The request as it will be sent is worked out here."))
        self.text.setMinimumHeight(_TEXT_LEAST_PX)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("tone", "caption")
        self.note.setMinimumWidth(1)
        self._arrange()
        self.set_templates(())
        self.recommend.currentIndexChanged.connect(self._on_edited)
        self.template.currentIndexChanged.connect(self._on_edited)
        self.edit.clicked.connect(self.editor_wanted)
        self.differences.toggled.connect(self._write)

    def _strategies(self) -> Mapping[str, str]:
        words = {
            OFF: self.tr("off"),
            "interests": self.tr("by interests"),
            "popular": self.tr("most dealt with"),
            "recent": self.tr("dealt with last"),
        }
        return {name: words[name] for name in (OFF, *STRATEGIES)}

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for text, widget, tip in (
            (
                self.tr("Recommend"),
                self.recommend,
                self.tr("The list that Branchline itself works out and records at each turn, from the branch's state"),
            ),
            (self.tr("Template"), self.template, self.tr("Puts slots and lists behind the instructions")),
        ):
            label = QLabel(text, self)
            label.setProperty("tone", "caption")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            widget.setToolTip(tip)
            row.addWidget(label)
            row.addWidget(widget)
            row.addSpacing(6)
        row.addWidget(self.edit)
        row.addStretch(1)
        row.addWidget(self.differences)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP_PX)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        column.addWidget(self.note)

    def set_theme(self, theme: Theme) -> None:
        self.text.set_theme(theme)

    @property
    def wanted_px(self) -> int:
        """How much higher than its least it likes to be, where there is room."""
        return _TEXT_PX - _TEXT_LEAST_PX

    # --- what is told to it

    def set_templates(self, templates: tuple[PromptTemplate, ...], chosen: str | None = None) -> None:
        """Offer templates; the one of this name is chosen, else the one that was."""
        before = chosen if chosen is not None else self.template.currentText()
        self.template.blockSignals(True)
        self.template.clear()
        self.template.addItem(self.tr("none"), None)
        for template in templates:
            self.template.addItem(template.name, template)
        self.template.setCurrentIndex(max(0, self.template.findText(before)))
        self.template.blockSignals(False)
        if chosen is not None:
            self.edited.emit()

    def set_strategy(self, in_force: str) -> None:
        """Tell the branch's own; a choice that was not used yet stays."""
        if in_force != self._in_force:
            self._in_force = in_force
            self.recommend.blockSignals(True)
            self.recommend.setCurrentIndex(max(0, self.recommend.findData(in_force)))
            self.recommend.blockSignals(False)

    def show_prompt(self, shown: ShownPrompt) -> None:
        self._shown = shown
        self.differences.setEnabled(shown.pieces is not None)
        self._write()
        self.note.setText(self._words(shown))

    def show_failure(self, sentence: str) -> None:
        self._shown = None
        self.text.show_pieces(())
        self.note.setText(sentence)

    @Slot()
    def _write(self) -> None:
        if self._shown is None:
            return
        pieces = self._shown.pieces if self.differences.isChecked() else None
        self.text.show_pieces(pieces if pieces is not None else (Piece("same", self._shown.text),))
        if pieces is not None:
            self.text.show_first_difference()

    def _words(self, shown: ShownPrompt) -> str:
        told = self.tr("about {tokens} of {window} tokens, estimated")
        parts = [told.format(tokens=compact(shown.tokens), window=compact(shown.window))]
        if shown.verdict == "too long":
            parts.append(self.tr("too long: the oldest messages would be left out"))
        if shown.recommended:
            listed = self.tr("recommended now: {items}")
            parts.append(listed.format(items=", ".join(shown.recommended)))
        if shown.pieces is None:
            parts.append(self.tr("nothing was sent on this line before"))
        if shown.is_cut:
            parts.append(self.tr("only the first part is shown"))
        return " · ".join(parts)

    # --- what the person chose

    def in_use(self) -> str:
        """What goes into the prompt, in a few words; empty when nothing does."""
        template, strategy = self.chosen_template, self.recommend.currentData()
        parts = (template.name if template is not None else "", self.recommend.currentText() if strategy != OFF else "")
        return ", ".join(part for part in parts if part)

    @property
    def strategy(self) -> str | None:
        """Another strategy than the branch's; None keeps it."""
        chosen = str(self.recommend.currentData())
        return chosen if chosen != self._in_force else None

    @property
    def chosen_template(self) -> PromptTemplate | None:
        template: PromptTemplate | None = self.template.currentData()
        return template

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
