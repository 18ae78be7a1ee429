"""The first page of the export dialog: in which form, which branches, which part of them, and what goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.events import ANALYST, DERIVED
from app.ui.exporting.form_words import form_purpose, form_title
from app.ui.exporting.range_box import RangeBox
from app.ui.theme import GROUP_PX, PANEL_PX
from app.viewmodels.exporting import OutgoingChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from app.domain.branches import Branch
    from app.viewmodels.exporting import OutgoingForm

_ID = Qt.ItemDataRole.UserRole
_SETTLED_MS = 200
_FORMS_PX = (150, 250)
_MOST_SHOWN = 5
"""Branches that are seen without scrolling."""
_FRAME_PX = 6


class ChoicePage(QWidget):
    """A list of forms, and beside it all that can be chosen for the one that is selected.

    Signals:
        settled: the choice is another one and has been so for a moment.
        touched: it has just become another one.
    """

    settled = Signal()
    touched = Signal()

    def __init__(
        self, forms: Sequence[OutgoingForm], branches: Sequence[Branch], focus: str, author: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._forms, self._session, self._focus = forms, branches[0].session, focus
        self._at: int | None = None
        self.forms = QListWidget()
        self.forms.setAccessibleName(self.tr("Form"))
        self.forms.setMinimumWidth(_FORMS_PX[0])
        self.forms.setMaximumWidth(_FORMS_PX[1])
        self.forms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for form in forms:
            self.forms.addItem(form_title(form.id))
        self.purpose = _sentence()
        self.branches = QListWidget()
        self.branches.setAccessibleName(self.tr("Branches that go along"))
        for branch in branches:
            self._add(branch)
        self.range = RangeBox()
        self.notes = QCheckBox(self.tr("Markers, notes, tags and ratings"))
        self.findings = QCheckBox(self.tr("What detectors found"))
        self.pictures = QCheckBox(self.tr("Attached pictures (not looked through)"))
        self.author = QLineEdit(author)
        self.author.setAccessibleName(self.tr("Who makes it"))
        self.author.setPlaceholderText(self.tr("Your name, if the report shall say it"))
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("A word to whoever opens it"))
        self.note.setPlaceholderText(self.note.accessibleName())
        self.losses = _sentence()
        self.losses.setAccessibleName(self.tr("What the form cannot hold"))
        for box in (self.notes, self.findings, self.pictures):
            box.setChecked(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(self.settled)
        self._arrange()
        self._connect()
        self.forms.setCurrentRow(0)

    def _add(self, branch: Branch) -> None:
        item = QListWidgetItem(branch.name)
        item.setData(_ID, branch.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if branch.id == self._focus else Qt.CheckState.Unchecked)
        self.branches.addItem(item)

    def _arrange(self) -> None:
        along = QVBoxLayout()
        along.setSpacing(4)
        for box in (self.notes, self.findings, self.pictures):
            along.addWidget(box)
        form = QFormLayout()
        form.setVerticalSpacing(PANEL_PX)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.addRow(self.tr("Branches"), self.branches)
        form.addRow(self.tr("Part"), self.range)
        form.addRow(self.tr("Along with it"), along)
        form.addRow(self.tr("Made by"), self.author)
        form.addRow(self.tr("Note"), self.note)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, GROUP_PX, 0)
        column.setSpacing(PANEL_PX)
        column.addWidget(self.purpose)
        column.addLayout(form)
        column.addWidget(self.losses)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(PANEL_PX)
        row.addWidget(self.forms, 2)
        row.addWidget(scroll, 5)

    def _connect(self) -> None:
        self.forms.currentRowChanged.connect(self._on_form_changed)
        self.branches.itemChanged.connect(self._on_item_changed)
        self.range.changed.connect(self._on_touched)
        for box in (self.notes, self.findings, self.pictures):
            box.toggled.connect(self._on_touched)
        for line in (self.author, self.note):
            line.textChanged.connect(self._on_touched)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known how high rows are; all are seen where they are few."""
        shown = min(self.branches.count(), _MOST_SHOWN)
        self.branches.setFixedHeight(shown * self.branches.sizeHintForRow(0) + _FRAME_PX)
        super().showEvent(event)

    def set_moment(self, position: int) -> None:
        """Where a share file opens."""
        self._at = position

    @property
    def form(self) -> OutgoingForm:
        return self._forms[max(0, self.forms.currentRow())]

    def choice(self) -> OutgoingChoice | None:
        """What is chosen; None while no branch is ticked."""
        branches = self._ticked()
        if not branches:
            return None
        first, last = self.range.limits()
        form = self.form
        streams = ((ANALYST, self.notes), (DERIVED, self.findings))
        return OutgoingChoice(
            form=form,
            session=self._session,
            branches=branches,
            first=None if form.is_from_start else first,
            last=last,
            streams=tuple(name for name, box in streams if form.has_streams and box.isChecked()),
            pictures=self.pictures.isChecked(),
            author=self.author.text().strip() if form.is_report or form.is_share else "",
            note=self.note.text().strip() if form.is_share else "",
            at=self._at,
        )

    def _ticked(self) -> tuple[str, ...]:
        rows = (self.branches.item(row) for row in range(self.branches.count()))
        return tuple(item.data(_ID) for item in rows if item.checkState() == Qt.CheckState.Checked)

    def show_losses(self, sentences: Sequence[str]) -> None:
        """What the form cannot hold of the choice; nothing for one that holds all."""
        if not sentences:
            self.losses.setText("")
        else:
            told = self.tr("This form cannot hold: {what}.")
            self.losses.setText(told.format(what="; ".join(sentences)))

    def show_looking(self) -> None:
        self.losses.setText(self.tr("Looking at what the form can hold…"))

    @Slot(int)
    def _on_form_changed(self) -> None:
        form = self.form
        self.purpose.setText(form_purpose(form.id))
        for box in (self.notes, self.findings):
            box.setEnabled(form.has_streams)
        self.pictures.setEnabled(form.is_report)
        self.author.setEnabled(form.is_report or form.is_share)
        self.note.setEnabled(form.is_share)
        if not form.several and len(self._ticked()) != 1:
            self._tick_only(self._focus)
        self._on_touched()

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        """A form that holds one branch has one ticked."""
        if not self.form.several and item.checkState() == Qt.CheckState.Checked:
            self._tick_only(item.data(_ID))
        self._on_touched()

    def _tick_only(self, branch: str) -> None:
        self.branches.blockSignals(True)
        for row in range(self.branches.count()):
            item = self.branches.item(row)
            wanted = item.data(_ID) == branch
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.branches.blockSignals(False)

    @Slot()
    def _on_touched(self) -> None:
        self.touched.emit()
        self._timer.start()


def _sentence() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
