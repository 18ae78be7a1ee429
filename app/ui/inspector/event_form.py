"""The event at the playhead: its envelope as a form and its payload as recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from app.domain.events import to_rfc3339
from app.domain.marks import replaced_position
from app.domain.reapplying import reapplied_position, rerun_position
from app.ui.theme import BODY_PX, mono_font
from app.ui.widgets.empty_state import EmptyState
from app.viewmodels.json_text import pretty
from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from app.domain.events import Event
    from app.ui.theme import Theme

_CHARACTERS = 40_000
_LINES = 1_000


class EventForm(QWidget):
    """Everything that was recorded; nothing here is computed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(3)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._facts: dict[str, tuple[QLabel, QLabel]] = {}
        column.addLayout(self._form)
        self.size_line = QLabel()
        self.size_line.setTextFormat(Qt.TextFormat.PlainText)
        self.size_line.setProperty("tone", "caption")
        column.addWidget(self.size_line)
        self.payload = QPlainTextEdit()
        self.payload.setReadOnly(True)
        self.payload.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.payload.setFont(mono_font(BODY_PX - 1))
        self.payload.setAccessibleName(self.tr("Payload of the event"))
        self.payload.setTabChangesFocus(True)
        column.addWidget(self.payload, 1)
        self.empty = EmptyState(self.tr("This is the moment before the first event."), self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._content)
        self._stack.addWidget(self.empty)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.empty.set_theme(theme)

    def show_event(self, event: Event | None) -> None:
        self._stack.setCurrentWidget(self._content if event else self.empty)
        if event is None:
            return
        for name, value in self._envelope(event):
            self._set_fact(name, value)
        shown = pretty(event.data, _CHARACTERS, _LINES)
        size = f"{shown.size:,}" if shown.is_exact else f"> {shown.size:,}"
        whole, cut = self.tr("Payload, {size} characters"), self.tr("Payload, the first part of {size} characters")
        self.size_line.setText((whole if shown.is_whole else cut).format(size=size))
        text = tamed(shown.text)
        if text != self.payload.toPlainText():
            self.payload.setPlainText(text)

    def _envelope(self, event: Event) -> tuple[tuple[str, str | None], ...]:
        return (
            (self.tr("Type"), f"{event.type} · {event.version}"),
            (self.tr("Position"), f"{event.position:,}"),
            (self.tr("Time"), to_rfc3339(event.time) or self.tr("not recorded")),
            (self.tr("Stored"), to_rfc3339(event.recorded_at)),
            (self.tr("Actor"), event.actor),
            (self.tr("Subject"), event.subject),
            (self.tr("Classification"), event.classification),
            (self.tr("Source"), event.source),
            (self.tr("Id"), event.id),
            (self.tr("In place of"), self._place(replaced_position(event.data))),
            (self.tr("Applied again"), self._place(reapplied_position(event.data))),
            (self.tr("Asked again"), self._place(rerun_position(event.data))),
            (self.tr("Caused by"), event.causation_id),
            (self.tr("Belongs to"), event.correlation_id),
            (self.tr("Hash"), event.hash),
        )

    def _place(self, position: int | None) -> str | None:
        return None if position is None else self.tr("event {position} of the record").format(position=f"{position:,}")

    def _set_fact(self, name: str, value: str | None) -> None:
        if name not in self._facts:
            self._facts[name] = self._new_fact(name)
        label, field = self._facts[name]
        field.setText(value or "")
        field.setToolTip("")
        self._form.setRowVisible(label, value is not None and value != "")

    def _new_fact(self, name: str) -> tuple[QLabel, QLabel]:
        label, field = QLabel(name), _Elided()
        label.setProperty("tone", "caption")
        label.setBuddy(field)
        field.setAccessibleName(name)
        self._form.addRow(label, field)
        return label, field


class _Elided(QLabel):
    """A value that can be selected; a long one is cut by the panel's edge, never widens it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMinimumWidth(1)
