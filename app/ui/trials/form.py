"""What to try: the kind, what the customer says, and the values that are combined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.application.trial_desk import AS_IT_IS, TrialWish
from app.domain.errors import BadInput
from app.ui.widgets.fields import line_field, number_field
from app.viewmodels.number_lists import decimals, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import ModelInfo
    from app.domain.instructions import InstructionsVersion

_KEY: Final = Qt.ItemDataRole.UserRole
_LIST_PX: Final = 104
_SAY_PX: Final = 56
_NUMBER_PX: Final = 120


class TrialForm(QWidget):
    """Keeps nothing of what it asks for but what is typed into it.

    Signals:
        changed: what is wished for may be another thing now.
        library_wanted: the person wants to see or write instructions.
    """

    changed = Signal()
    library_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._branch, self._at = "", 0
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("What to try"))
        self.kind.addItem(self.tr("Other answers here"), "variants")
        self.kind.addItem(self.tr("Play the rest again"), "rerun")
        self.kind.addItem(self.tr("Repeat with nothing changed"), "repetitions")
        self._from = QLabel()
        self._from.setTextFormat(Qt.TextFormat.PlainText)
        self._from.setProperty("tone", "muted")
        self._from.setWordWrap(True)
        # Without this the layout gives it the width of a few words, and cuts the second line.
        self._from.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.say = QPlainTextEdit()
        self.say.setPlaceholderText(self.tr("What the customer says; empty: answer what was said last"))
        self.say.setAccessibleName(self.tr("What the customer says"))
        self.say.setFixedHeight(_SAY_PX)
        self.say.setTabChangesFocus(True)
        self.models = self._list(self.tr("Models to try"))
        self.instructions = self._list(self.tr("Instructions to try"))
        self.library = QPushButton(self.tr("Library…"))
        self.library.setAutoDefault(False)  # Enter in a field is no wish to see the library
        self.library.setToolTip(self.tr("Instructions with their versions"))
        self.temperatures = line_field(self.tr("Temperatures"), self.tr("model's own, or 0.2, 0.8"), self._on_changed)
        self.seeds = line_field(self.tr("Seeds"), self.tr("random, or 1, 2, 5-8"), self._on_changed)
        self.longest = number_field(
            self.tr("Longest answer in tokens"), 0, 100_000, 0, self.tr("no limit"), self._on_changed
        )
        self.turns = number_field(self.tr("Turns"), 0, 10_000, 0, self.tr("all that remain"), self._on_changed)
        self.repetitions = number_field(self.tr("Repetitions"), 2, 200, 10, "", self._on_changed)
        self._arrange()
        self._connect()
        self._on_kind_changed()

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setMaximumHeight(_LIST_PX)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemChanged.connect(self._on_changed)
        return made

    def _arrange(self) -> None:
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._rows.addRow(self.tr("Try"), self.kind)
        self._rows.addRow(self.tr("From"), self._from)
        self._rows.addRow(self.tr("Customer"), self.say)
        self._rows.addRow(self.tr("Models"), self.models)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.instructions, 1)
        beside.addWidget(self.library, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addRow(self.tr("Instructions"), beside)
        for title, field in (
            (self.tr("Temperatures"), self.temperatures),
            (self.tr("Seeds"), self.seeds),
            (self.tr("Longest answer"), self.longest),
            (self.tr("Turns"), self.turns),
            (self.tr("Repetitions"), self.repetitions),
        ):
            self._rows.addRow(title, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addStretch(1)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.say.textChanged.connect(self._on_changed)
        self.library.clicked.connect(self.library_wanted)

    def set_place(self, branch: str, name: str, at: int, say: str) -> None:
        """Try from here; ``say`` is what was typed already."""
        self._branch, self._at = branch, at
        self._from.setText(self.tr("{branch}, event {at}").format(branch=name, at=f"{at:,}"))
        if say:
            self.say.setPlainText(say)
        self.changed.emit()

    def set_models(self, models: Sequence[ModelInfo], chosen: str | None) -> None:
        """What the server has; ``chosen`` is ticked, else the first."""
        names = [one.name for one in models]
        self._fill(self.models, [(name, name) for name in names], {chosen} if chosen else set(names[:1]))

    def set_instructions(self, versions: Sequence[InstructionsVersion]) -> None:
        """The library; of what was ticked before, what is still there stays ticked."""
        ticked = set(self._ticked(self.instructions)) or {AS_IT_IS}
        rows = [(AS_IT_IS, self.tr("as on the branch"))]
        rows += [(str(one.ref), f"{one.ref}  {' '.join(one.text.split())[:60]}") for one in versions]
        self._fill(self.instructions, rows, ticked)

    def _fill(self, into: QListWidget, rows: Sequence[tuple[str, str]], ticked: set[str]) -> None:
        into.blockSignals(True)
        into.clear()
        for key, text in rows:
            item = QListWidgetItem(text)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            into.addItem(item)
        into.blockSignals(False)
        into.setFixedHeight(min(_LIST_PX, into.sizeHintForRow(0) * max(into.count(), 1) + 12))
        self.changed.emit()

    def _ticked(self, within: QListWidget) -> tuple[str, ...]:
        items = [within.item(row) for row in range(within.count())]
        return tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def wish(self) -> TrialWish:
        """What is wished for now. Raises BadInput, which says what is missing or wrong."""
        models, instructions = self._ticked(self.models), self._ticked(self.instructions)
        if not models:
            raise BadInput(self.tr("Tick at least one model."))
        if not instructions:
            raise BadInput(self.tr("Tick the instructions to try."))
        kind = self.kind.currentData()
        return TrialWish(
            kind=kind,
            branch=self._branch,
            at=self._at,
            say=self.say.toPlainText(),
            models=models,
            instructions=instructions,
            temperatures=decimals(self.temperatures.text()),
            seeds=() if kind == "repetitions" else whole_numbers(self.seeds.text()),
            turns=self.turns.value() or None,
            repetitions=self.repetitions.value(),
            longest=self.longest.value() or None,
        )

    @Slot()
    def _on_kind_changed(self) -> None:
        kind = self.kind.currentData()
        for field, kinds in (
            (self.say, ("variants",)),
            (self.seeds, ("variants", "rerun")),
            (self.turns, ("rerun", "repetitions")),
            (self.repetitions, ("repetitions",)),
        ):
            self._rows.setRowVisible(field, kind in kinds)
        self.changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
