"""What sessions are asked with when they are played again, and what their answers are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.application.rerun_wish import RerunWish
from app.application.trial_desk import AS_IT_IS
from app.domain.errors import BadInput
from app.ui.reruns.checks_editor import ChecksEditor
from app.ui.widgets.fields import line_field, number_field
from app.viewmodels.number_lists import decimals, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import ModelInfo
    from app.domain.instructions import InstructionsVersion
    from app.domain.templates import PromptTemplate

_NUMBER_PX: Final = 120


@dataclass(frozen=True, slots=True)
class Choice:
    """Sessions that can be played: how they are called, and their ids."""

    words: str
    sessions: tuple[str, ...]


class RerunForm(QWidget):
    """Keeps nothing but what is typed and chosen.

    Signals:
        changed: what is wished for may be another thing now.
        library_wanted: the person wants to see or write instructions.
    """

    changed = Signal()
    library_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self.sessions = self._combo(self.tr("Sessions to play again"))
        self.model = self._combo(self.tr("Model"))
        self.instructions = self._combo(self.tr("Instructions"))
        self.template = self._combo(self.tr("Template of the prompt"))
        self.library = QPushButton(self.tr("Library…"))
        self.library.setAutoDefault(False)
        self.library.setToolTip(self.tr("Instructions with their versions"))
        self.temperature = line_field(self.tr("Temperature"), self.tr("model's own, or 0.2"), self.changed)
        self.seed = line_field(self.tr("Seed"), self.tr("random, or 1"), self.changed)
        self.first_turn = number_field(self.tr("From the customer's turn"), 1, 10_000, 1, "", self.changed)
        self.turns = number_field(self.tr("Turns"), 0, 10_000, 0, self.tr("all that remain"), self.changed)
        self.longest = number_field(
            self.tr("Longest answer in tokens"), 0, 100_000, 0, self.tr("no limit"), self.changed
        )
        self.checks = ChecksEditor()
        self._arrange()
        self.checks.changed.connect(self.changed)
        self.library.clicked.connect(self.library_wanted)

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.currentIndexChanged.connect(self.changed)
        return made

    def _arrange(self) -> None:
        beside = QHBoxLayout()
        beside.addWidget(self.instructions, 1)
        beside.addWidget(self.library)
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows.addRow(self.tr("Sessions"), self.sessions)
        rows.addRow(self.tr("Model"), self.model)
        rows.addRow(self.tr("Instructions"), beside)
        rows.addRow(self.tr("Template"), self.template)
        rows.addRow(self.tr("Temperature"), self.temperature)
        rows.addRow(self.tr("Seed"), self.seed)
        rows.addRow(self.tr("From turn"), self.first_turn)
        rows.addRow(self.tr("Turns"), self.turns)
        rows.addRow(self.tr("Longest answer"), self.longest)
        title = QLabel(self.tr("Checks of every answer"))
        title.setProperty("tone", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(rows)
        column.addWidget(title)
        column.addWidget(self.checks)
        column.addStretch(1)

    # --- what there is to choose

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The sessions that can be meant, the likeliest first."""
        self._choices = tuple(choices)
        self._fill(self.sessions, [(one.words, number) for number, one in enumerate(choices)], 0)

    def chosen_sessions(self) -> tuple[str, ...]:
        """Ids of the sessions that are meant now; empty where there are none to mean."""
        number = self.sessions.currentData()
        return () if number is None else self._choices[number].sessions

    def set_models(self, models: Sequence[ModelInfo], chosen: str | None) -> None:
        wanted = self.model.currentData() or chosen
        self._fill(self.model, [(one.name, one.name) for one in models], wanted)

    def set_instructions(self, versions: Sequence[InstructionsVersion]) -> None:
        rows = [(self.tr("as on the branch"), AS_IT_IS)]
        rows += [(f"{one.ref}  {' '.join(one.text.split())[:60]}", str(one.ref)) for one in versions]
        self._fill(self.instructions, rows, self.instructions.currentData())

    def set_templates(self, templates: Sequence[PromptTemplate]) -> None:
        rows = [(self.tr("none"), AS_IT_IS)]
        rows += [(ref, ref) for ref in map(_reference, templates)]
        self._fill(self.template, rows, self.template.currentData())

    def _fill(self, into: QComboBox, rows: Sequence[tuple[str, object]], chosen: object) -> None:
        """Without a word of each row on the way; what was chosen stays chosen where it is still there."""
        into.blockSignals(True)
        into.clear()
        for text, key in rows:
            into.addItem(text, key)
        into.setCurrentIndex(max(into.findData(chosen), 0) if rows else -1)
        into.blockSignals(False)
        self.changed.emit()

    # --- what is wished for

    def show_wish(self, wish: RerunWish) -> None:
        """Have this in the fields, but for the sessions; what is not there any more is left as it was."""
        self.blockSignals(True)
        for combo, value in (
            (self.model, wish.model),
            (self.instructions, wish.instructions),
            (self.template, wish.template),
        ):
            if (row := combo.findData(value)) >= 0:
                combo.setCurrentIndex(row)
        self.temperature.setText("" if wish.temperature is None else f"{wish.temperature:g}")
        self.seed.setText("" if wish.seed is None else str(wish.seed))
        self.first_turn.setValue(wish.first_turn)
        self.turns.setValue(wish.turns or 0)
        self.longest.setValue(wish.longest or 0)
        self.checks.show_checks(wish.checks)
        self.blockSignals(False)
        self.changed.emit()

    def wish(self) -> RerunWish:
        """Raises BadInput, which says what is missing or wrong."""
        sessions = self.chosen_sessions()
        if not sessions:
            raise BadInput(self.tr("Choose sessions in the list of sessions first."))
        if self.model.currentData() is None:
            raise BadInput(self.tr("There is no model; start Ollama, or fetch one."))
        temperatures, seeds = decimals(self.temperature.text()), whole_numbers(self.seed.text())
        if len(temperatures) > 1 or len(seeds) > 1:
            raise BadInput(self.tr("One temperature and one seed, please: each session is played once."))
        return RerunWish(
            sessions=sessions,
            model=self.model.currentData(),
            instructions=self.instructions.currentData() or AS_IT_IS,
            template=self.template.currentData() or AS_IT_IS,
            temperature=temperatures[0] if temperatures else None,
            seed=seeds[0] if seeds else None,
            first_turn=self.first_turn.value(),
            turns=self.turns.value() or None,
            longest=self.longest.value() or None,
            checks=self.checks.checks(),
        )


def _reference(template: PromptTemplate) -> str:
    return template.name if template.version is None else f"{template.name}@{template.version}"
