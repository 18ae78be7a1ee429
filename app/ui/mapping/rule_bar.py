"""Which of a mapping's rules the form shows, and which records that rule takes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from app.ui.mapping.source_bar import choice
from app.ui.theme import GRID_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.viewmodels.mapping_draft import MappingDraft


class RuleBar(QWidget):
    """The rules in the order in which they are tried, and the condition of the one that is shown."""

    def __init__(self, draft: MappingDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.rules = choice("mapping.rules", self.tr("Rules: the first whose condition holds takes a record"))
        self.add, self.remove = QToolButton(self), QToolButton(self)
        for button, name, text, spoken in (
            (self.add, "mapping.rule-add", "+", self.tr("Add a rule before this one, for some of the records")),
            (self.remove, "mapping.rule-remove", "−", self.tr("Remove this rule")),
        ):
            button.setObjectName(name)
            button.setText(text)
            button.setAccessibleName(spoken)
            button.setToolTip(spoken)
        self.column = self._box("mapping.condition-column", self.tr("Column that decides whether the rule is for it"))
        self.values = self._box("mapping.condition-values", self.tr("Its values, with commas between"))
        self.column.lineEdit().setPlaceholderText(self.tr("all records"))  # type: ignore[union-attr]
        self.values.lineEdit().setPlaceholderText(self.tr("anything"))  # type: ignore[union-attr]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        for widget in (self.rules, self.add, self.remove):
            row.addWidget(widget)
        self.condition = QWidget(parent)
        row = QHBoxLayout(self.condition)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(_muted(self.tr("This rule is for records where"), self))
        row.addWidget(self.column, 1)
        row.addWidget(_muted(self.tr("is"), self))
        row.addWidget(self.values, 1)
        self.rules.activated.connect(draft.choose_rule)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(draft.remove_rule)
        for box in (self.column, self.values):
            box.activated.connect(self._on_condition)
            box.lineEdit().editingFinished.connect(self._on_condition)  # type: ignore[union-attr]

    def refill(self) -> None:
        """Show the rules as they are now; nothing is told of it."""
        draft = self._draft
        with QSignalBlocker(self.rules), QSignalBlocker(self.column), QSignalBlocker(self.values):
            self.rules.clear()
            self.rules.addItems([f"{number}. {_told(rule)}" for number, rule in enumerate(draft.rules, 1)])
            self.rules.setCurrentIndex(draft.chosen)
            column, values = _condition(draft.rule)
            _fill(self.column, draft.columns, column)
            _fill(self.values, draft.values(column), _joined(values))
        self.remove.setEnabled(len(draft.rules) > 1)
        self.values.setEnabled(bool(column))

    def _box(self, name: str, spoken: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setToolTip(spoken)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(5)
        return box

    @Slot()
    def _on_add(self) -> None:
        self._draft.add_rule()
        self.column.setFocus()

    @Slot()
    def _on_condition(self, *_: object) -> None:
        column, values = self.column.currentText().strip(), _split(self.values.currentText())
        before = _condition(self._draft.rule)
        if column != before[0]:
            values = []  # the values of another column
        if (column, values) == before:
            return
        others = _conditions(self._draft.rule)[1:]
        own = [{"column": column, **({"is": values} if values else {})}] if column else []
        self._draft.set_rule(when=[*own, *others])


def _conditions(rule: dict[str, Any]) -> list[Any]:
    found = rule.get("when")
    return found if isinstance(found, list) else []


def _condition(rule: dict[str, Any]) -> tuple[str, list[str]]:
    """Column and values of a rule's first condition; further ones are only in the JSON."""
    first = next(iter(_conditions(rule)), None)
    told = first if isinstance(first, dict) else {}
    values = told.get("is")
    return str(told.get("column", "")), [str(one) for one in values] if isinstance(values, list) else []


def _told(rule: dict[str, Any]) -> str:
    """A rule in a few words: what it makes, and of which records."""
    kind = rule.get("type")
    kind = kind if isinstance(kind, str) else str(kind.get("column", "")) if isinstance(kind, dict) else ""
    column, values = _condition(rule)
    where = f" · {column} = {_joined(values) or '…'}" if column else ""
    return f"{kind.removeprefix('conversation.')}{where}"


def _split(text: str) -> list[str]:
    return [one.strip() for row in csv.reader([text], skipinitialspace=True) for one in row if one.strip()]


def _joined(values: Sequence[str]) -> str:
    """Values with commas between; one that holds a comma itself stands in quotation marks."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue().replace(",", ", ") if not any("," in one for one in values) else line.getvalue()


def _fill(box: QComboBox, offered: Sequence[str], text: str) -> None:
    box.clear()
    box.addItems(["", *offered])
    box.setEditText(text)
    box.lineEdit().setCursorPosition(0)  # type: ignore[union-attr]


def _muted(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("tone", "muted")
    return label
