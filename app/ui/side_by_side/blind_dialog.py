"""Which of two answers is better, without knowing whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.ui.side_by_side.judged_result import JudgedResult
from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from app.domain.compare.judging import Tally
    from app.viewmodels.blind_round import BlindRound, Side

_SIZE: Final = (820, 520)


class BlindDialog(QDialog):
    """Names come only with the result. Keys: 1 left, 2 right, 3 the same, Tab to the note."""

    def __init__(self, judged: BlindRound, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidebyside.blind")
        self.setWindowTitle(self.tr("Which answer is better?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._round = judged
        judged.setParent(self)
        self.asked = self._label("heading")
        self.counted = self._label("muted")
        self.left = self._text(self.tr("Left answer"))
        self.right = self._text(self.tr("Right answer"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("Why (kept with the judgement)"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.left_better = self._button(self.tr("Left is better"), "1")
        self.same = self._button(self.tr("The same"), "3")
        self.right_better = self._button(self.tr("Right is better"), "2")
        self.skip = self._button(self.tr("Skip"), "")
        self.outcome = self._label("")
        self.judgements = JudgedResult()
        self.judgements.hide()
        self._arrange()
        self.left_better.clicked.connect(self._on_left)
        self.right_better.clicked.connect(self._on_right)
        self.same.clicked.connect(self._on_same)
        self.skip.clicked.connect(judged.skip)
        judged.question_changed.connect(self._show)
        judged.told.connect(self._on_told)
        judged.failed.connect(self.outcome.setText)
        self._tallies: tuple[Tally, ...] = ()
        self._show()
        judged.ask_results()

    def _label(self, tone: str) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if tone:
            label.setProperty("tone", tone)
        return label

    def _text(self, name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(name)
        return text

    def _button(self, text: str, key: str) -> QPushButton:
        button = QPushButton(f"{text} ({key})" if key else text)
        button.setAutoDefault(False)
        if key:
            button.setShortcut(key)
        return button

    def _arrange(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.addWidget(self.counted, 0, 0, 1, 2)
        grid.addWidget(self.asked, 1, 0, 1, 2)
        grid.addWidget(self.left, 2, 0)
        grid.addWidget(self.right, 2, 1)
        grid.addWidget(self.note, 3, 0, 1, 2)
        buttons = QHBoxLayout()
        for button in (self.left_better, self.same, self.right_better, self.skip):
            buttons.addWidget(button)
        grid.addLayout(buttons, 4, 0, 1, 2)
        grid.addWidget(self.outcome, 5, 0, 1, 2)
        grid.addWidget(self.judgements, 6, 0, 1, 2)
        grid.setRowStretch(6, 1)

    @Slot()
    def _show(self) -> None:
        question = self._round.question
        asking = (
            self.asked,
            self.left,
            self.right,
            self.note,
            self.left_better,
            self.same,
            self.right_better,
            self.skip,
        )
        for part in asking:
            part.setVisible(question is not None)
        self._grid.setRowStretch(2, int(question is not None))
        self.note.clear()
        if question is None:
            none = self.tr("These branches never answer the same words differently; there is nothing to judge.")
            self.counted.setText(self.tr("Done.") if self._round.total else none)
            self._tell()
            return
        told = self.tr("{number} of {all}").format(number=self._round.number + 1, all=self._round.total)
        self.counted.setText(told)
        self.asked.setText(tamed(question.asked[:2_000]))
        self.left.setPlainText(tamed(question.left.text))
        self.right.setPlainText(tamed(question.right.text))

    def _judge(self, side: Side) -> None:
        self._round.judge(side, self.note.text())

    @Slot()
    def _on_left(self) -> None:
        self._judge("left")

    @Slot()
    def _on_right(self) -> None:
        self._judge("right")

    @Slot()
    def _on_same(self) -> None:
        self._judge("neither")

    @Slot(object)
    def _on_told(self, tallies: tuple[Tally, ...]) -> None:
        self._tallies = tallies
        self._tell()

    def _tell(self) -> None:
        """The result is shown only once there is nothing left to judge: it would tell whose answers are liked."""
        if self._round.question is not None:
            self.outcome.setText(self.tr("Names come with the result, when all is judged or skipped."))
            return
        self.outcome.setText("" if self._tallies else self.tr("Nothing was judged yet."))
        self.judgements.setVisible(bool(self._tallies))
        self.judgements.show_tallies(self._tallies, self._round.names)
