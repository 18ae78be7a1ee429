"""The filters of a search: type, actor, classification, customer and time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from app.domain.event_filter import EventFilter
from app.domain.events import ACTORS, CLASSIFICATIONS, from_rfc3339
from app.domain.vocabulary import EVENT_TYPES
from app.ui.theme import GRID_PX

_DAY_US: Final = 86_400_000_000
_DATE_LENGTH: Final = len("2024-02-29")


class SearchFilters(QWidget):
    """Two columns of choices.

    Signals:
        changed: something else is let through now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        areas = dict.fromkeys(name.split(".")[0] for name in EVENT_TYPES)
        types = [
            entry for area in areas for entry in (area, *(one for one in EVENT_TYPES if one.startswith(area + ".")))
        ]
        self._type = self._choice(self.tr("Any type"), types, self.tr("Type of the events"))
        self._actor = self._choice(self.tr("Any actor"), sorted(ACTORS), self.tr("Actor of the events"))
        self._class = self._choice(self.tr("Any class"), list(CLASSIFICATIONS), self.tr("Classification of the events"))
        self._subject = self._field(self.tr("Customer"), self.tr("Id of the customer"))
        self._since = self._field(self.tr("Since (date)"), self.tr("Not before this date or time, such as 2024-02-29"))
        self._until = self._field(self.tr("Until (date)"), self.tr("Not after this date or time, such as 2024-02-29"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID_PX)
        grid.addWidget(self._type, 0, 0, 1, 2)
        grid.addWidget(self._actor, 1, 0)
        grid.addWidget(self._class, 1, 1)
        grid.addWidget(self._subject, 2, 0, 1, 2)
        grid.addWidget(self._since, 3, 0)
        grid.addWidget(self._until, 3, 1)

    def _choice(self, everything: str, values: list[str], name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.addItem(everything, "")
        for value in values:
            box.addItem(value, value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.currentIndexChanged.connect(self._on_changed)
        return box

    def _field(self, placeholder: str, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._on_changed)
        return field

    @Slot()
    def _on_changed(self) -> None:
        for field in (self._since, self._until):
            wrong = bool(field.text().strip()) and _moment(field.text()) is None
            field.setProperty("wrong", wrong)
            field.setAccessibleDescription(self.tr("This is no date yet.") if wrong else "")
        self.changed.emit()

    @property
    def is_set(self) -> bool:
        return not self.wanted().is_empty

    def clear(self) -> None:
        for box in (self._type, self._actor, self._class):
            box.setCurrentIndex(0)
        for field in (self._subject, self._since, self._until):
            field.clear()

    def wanted(self) -> EventFilter:
        """What is let through; a date that is not complete yet lets everything through."""
        until, text = _moment(self._until.text()), self._until.text().strip()
        if until is not None and len(text) == _DATE_LENGTH:
            until += _DAY_US - 1
        return EventFilter(
            types=_one(self._type.currentData()),
            actors=_one(self._actor.currentData()),
            classifications=_one(self._class.currentData()),
            subjects=_one(self._subject.text().strip()),
            since=_moment(self._since.text()),
            until=until,
        )


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _moment(text: str) -> int | None:
    try:
        return from_rfc3339(text.strip())
    except (ValueError, OverflowError):
        return None
