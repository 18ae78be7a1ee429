"""The form of a mapping: which column says what. What it does not offer, the JSON beside it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from app.domain.mapping.guessing import UNKNOWN
from app.domain.mapping.values import EPOCHS, RFC3339
from app.domain.vocabulary import MESSAGE_POSTED
from app.ui.theme import GRID_PX, GROUP_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.viewmodels.mapping_draft import MappingDraft

_FORMS: Final = (RFC3339, *EPOCHS, "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M", "%Y/%m/%d %H:%M:%S")
_ZONES: Final = ("UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Shanghai",
                 "Asia/Tokyo", "Asia/Kolkata")  # fmt: skip


class MappingForm(QWidget):
    """Shows the draft and changes it; two columns of fields.

    Signals:
        source_changed(str, str): read the source with this member of its rules changed.
        session_changed(str, object), rule_changed(str, object): likewise of the session and the event.
    """

    source_changed = Signal(str, str)
    session_changed = Signal(str, object)
    rule_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._time_column = ""
        self._draft: MappingDraft | None = None
        self.session = self._column_box("mapping.session", self.tr("Column that tells sessions apart"))
        self.title = self._column_box("mapping.title", self.tr("Column with the title"))
        self.subject = self._column_box("mapping.subject", self.tr("Column with the customer"))
        self.each = self._column_box("mapping.each", self.tr("List of turns within a record"))
        self.ordered = QCheckBox(self.tr("In order of time"), self)
        self.time = self._column_box("mapping.time", self.tr("Column with the time"))
        self.form = self._box("mapping.form", self.tr("How times are written"), _FORMS)
        self.zone = self._box("mapping.zone", self.tr("Time zone of times without one"), _ZONES)
        self.text = self._column_box("mapping.text", self.tr("Column with what was said"))
        self.id = self._column_box("mapping.id", self.tr("Column with the message's id"))
        self.parent_id = self._column_box("mapping.parent", self.tr("Column with the message it answers"))
        self._arrange()
        self._connect()

    def show_draft(self, draft: MappingDraft) -> None:
        """Fill in what the mapping says; nothing is told of it."""
        self._draft = draft
        self._is_filling = True
        session = draft.told.get("session", {}) if isinstance(draft.told.get("session", {}), dict) else {}
        rule, records, columns = draft.rule, draft.record_columns, draft.columns
        for box, value, offered in (
            (self.session, session.get("id"), records),
            (self.title, session.get("title"), records),
            (self.subject, session.get("subject"), records),
            (self.each, rule.get("each"), draft.lists),
            (self.text, _column_of(rule.get("data", {}).get("text")), columns),
            (self.id, rule.get("id"), columns),
            (self.parent_id, rule.get("parent"), columns),
        ):
            _offer(box, offered, value)
        time = rule.get("time")
        told = {"column": time} if isinstance(time, str) else time if isinstance(time, dict) else {}
        self._time_column = str(told.get("column", ""))
        _offer(self.time, columns, self._time_column)
        self.form.setEditText(str(told.get("form", RFC3339)))
        self.zone.setEditText(str(told.get("zone", "UTC")))
        self.form.setEnabled(bool(told))
        self.zone.setEnabled(bool(told))
        self.ordered.setChecked(bool(session.get("ordered")))
        self._is_filling = False

    def _column_box(self, name: str, spoken: str) -> QComboBox:
        return self._box(name, spoken, ())

    def _box(self, name: str, spoken: str, offered: Sequence[str]) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setToolTip(spoken)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(5)
        box.addItems(list(offered))
        line = box.lineEdit()
        if isinstance(line, QLineEdit):
            line.setPlaceholderText(self.tr("none"))
        return box

    def _arrange(self) -> None:
        left, right = QFormLayout(), QFormLayout()
        for form in (left, right):
            form.setSpacing(GRID_PX)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget in (
            (self.tr("Session"), self.session),
            (self.tr("Title"), self.title),
            (self.tr("Customer"), self.subject),
            (self.tr("List of turns"), self.each),
            ("", self.ordered),
        ):
            left.addRow(self._label(text), widget)
        written = QHBoxLayout()
        written.setSpacing(GRID_PX)
        written.addWidget(self.form, 1)
        written.addWidget(self.zone, 1)
        right.addRow(self._label(self.tr("Said")), self.text)
        right.addRow(self._label(self.tr("Time")), self.time)
        right.addRow(self._label(self.tr("Written as, in")), written)
        right.addRow(self._label(self.tr("Message id")), self.id)
        right.addRow(self._label(self.tr("Answers")), self.parent_id)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP_PX * 2)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("tone", "muted")
        return label

    def _connect(self) -> None:
        for name, box in (("id", self.session), ("title", self.title), ("subject", self.subject)):
            self._on_edited(box, lambda value, name=name: self.session_changed.emit(name, value))
        self._on_edited(self.each, lambda value: self.rule_changed.emit("each", value))
        self._on_edited(self.id, lambda value: self.rule_changed.emit("id", value))
        self._on_edited(self.parent_id, lambda value: self.rule_changed.emit("parent", value))
        self._on_edited(self.text, self._on_text_column)
        for box in (self.time, self.form, self.zone):
            self._on_edited(box, self._on_time)
        self.ordered.toggled.connect(self._on_ordered)

    def _on_edited(self, box: QComboBox, tell: Any) -> None:
        def edited(*_: object) -> None:
            if not self._is_filling:
                tell(box.currentText().strip())

        box.activated.connect(edited)
        line = box.lineEdit()
        if line is not None:
            line.editingFinished.connect(edited)

    def _on_ordered(self, ordered: bool) -> None:
        if not self._is_filling:
            self.session_changed.emit("ordered", ordered)

    def _on_text_column(self, column: str) -> None:
        if self._draft is not None:
            data = dict(self._draft.rule.get("data", {}))
            data.pop("text", None)
            data = {name: one for name, one in data.items() if one != column}  # the words need no second name
            told = {"text": {"column": column, "as": "text"}} if column else {}
            self.rule_changed.emit("data", {**told, **data})
            if column and self._draft.rule.get("type") == UNKNOWN:
                self.rule_changed.emit("type", MESSAGE_POSTED)

    def _on_time(self, _value: str) -> None:
        column = self.time.currentText().strip()
        if self._draft is not None and column and column != self._time_column:
            self.form.setEditText(self._draft.time_form(column))  # another column may be written otherwise
        form, zone = self.form.currentText().strip(), self.zone.currentText().strip()
        told = {"column": column, "form": form or RFC3339, "zone": zone or "UTC"}
        self.rule_changed.emit("time", told if column else None)


def _column_of(member: Any) -> str:
    if isinstance(member, str):
        return member
    return str(member.get("column", "")) if isinstance(member, dict) else ""


def _offer(box: QComboBox, offered: Sequence[str], value: Any) -> None:
    texts = ["", *offered]
    if [box.itemText(number) for number in range(box.count())] != texts:
        box.clear()
        box.addItems(texts)
    box.setEditText(str(value or ""))
    box.lineEdit().setCursorPosition(0)  # type: ignore[union-attr]
