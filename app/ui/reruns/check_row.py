"""One check: what is asked of an answer, and of which."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import BadInput
from app.domain.lab.checks import read_checks
from app.ui.theme import GRID_PX

if TYPE_CHECKING:
    from app.domain.lab.checks import Check, CheckKind

_TURNS_PX: Final = 88
_SPLIT: Final = re.compile(r"[,;\s]+")


class CheckRow(QWidget):
    """A check that is being written; its name is kept where a file gave it one.

    Signals:
        changed: it may be another one now.
        removed: it is not wanted any more.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._named_for = "", ("", "")
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("What is checked"))
        self._hints: dict[CheckKind, str] = {
            "contains": self.tr("a text in the answer"),
            "matches": self.tr("a regular expression, such as \\d+ EUR"),
            "schema": self.tr('a JSON schema: {"type": "object"}'),
            "holds": self.tr("a condition, as in find when"),
            "similar": self.tr("0 to 1: ROUGE-L F1 to the recorded answer, at least"),
        }
        titles: dict[CheckKind, str] = {
            "contains": self.tr("Contains"),
            "matches": self.tr("Matches"),
            "schema": self.tr("Follows schema"),
            "holds": self.tr("State"),
            "similar": self.tr("Similar"),
        }
        for kind, title in titles.items():
            self.kind.addItem(title, kind)
        self.value = QLineEdit()
        self.value.setAccessibleName(self.tr("What it is held against"))
        self.negated = QCheckBox(self.tr("must not"))
        self.any_case = QCheckBox(self.tr("any case"))
        self.any_case.setToolTip(self.tr("Capital and small letters are the same"))
        self.turns = QLineEdit()
        self.turns.setPlaceholderText(self.tr("all turns"))
        self.turns.setAccessibleName(self.tr("Turns that are checked"))
        self.turns.setToolTip(self.tr("Empty for all; last; or numbers: 1, -1 is the first and the last"))
        self.turns.setFixedWidth(_TURNS_PX)
        self._remove = QPushButton(self.tr("Remove"))
        self._remove.setAutoDefault(False)
        self._remove.setAccessibleName(self.tr("Remove this check"))
        self._arrange()
        self._connect()
        self._on_kind_changed()

    def _arrange(self) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.kind)
        above.addWidget(self.value, 1)
        below.addWidget(self.negated)
        below.addWidget(self.any_case)
        below.addStretch(1)
        below.addWidget(self.turns)
        below.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID_PX)
        column.setSpacing(GRID_PX)
        column.addLayout(above)
        column.addLayout(below)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.value.textChanged.connect(self.changed)
        self.turns.textChanged.connect(self.changed)
        self.negated.toggled.connect(self.changed)
        self.any_case.toggled.connect(self.changed)
        self._remove.clicked.connect(self.removed)

    def show_check(self, check: Check) -> None:
        """Have this one in the fields."""
        self.kind.setCurrentIndex(self.kind.findData(check.kind))
        is_text = isinstance(check.value, str)
        self.value.setText(check.value if is_text else json.dumps(check.value, ensure_ascii=False))
        self.negated.setChecked(check.negated)
        self.any_case.setChecked(check.ignore_case)
        self.turns.setText("last" if check.turns == (-1,) else ", ".join(map(str, check.turns)))
        self._name, self._named_for = check.name, (check.kind, self.value.text())

    def check(self, number: int) -> Check:
        """What is written now; ``number`` is for sentences. Raises BadInput."""
        kind, text = self.kind.currentData(), self.value.text()
        told: dict[str, Any] = {kind: self._value(kind, text, number), "turns": self._turns(number)}
        if self.negated.isChecked():
            told["not"] = True
        if self.any_case.isChecked() and self.any_case.isEnabled():
            told["ignore_case"] = True
        name = self._name if self._named_for == (kind, text) else ""
        if name:
            told["name"] = name
        try:
            (check,) = read_checks([told])
        except BadInput as error:
            raise BadInput(str(error).replace("check 1", f"check {number}")) from None
        return check

    @staticmethod
    def _value(kind: CheckKind, text: str, number: int) -> Any:
        if kind == "similar":
            try:
                return float(text)
            except ValueError:
                raise BadInput(f"check {number}: similar needs a number from 0 to 1") from None
        if kind != "schema":
            return text
        try:
            return json.loads(text)
        except ValueError as error:
            raise BadInput(f"check {number}: the schema is no JSON: {error}") from None

    def _turns(self, number: int) -> Any:
        text = self.turns.text().strip()
        if text in ("", "all", "last"):
            return text or "all"
        try:
            return [int(part) for part in _SPLIT.split(text) if part]
        except ValueError:
            raise BadInput(f"check {number}: turns are all, last, or numbers such as 1, -1") from None

    @Slot()
    def _on_kind_changed(self) -> None:
        kind = self.kind.currentData()
        self.value.setPlaceholderText(self._hints[kind])
        self.any_case.setEnabled(kind in ("contains", "matches"))
        self.changed.emit()
