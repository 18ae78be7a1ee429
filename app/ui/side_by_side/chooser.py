"""Asks which branches to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.compare.comparison import FEWEST, MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch

_ID = Qt.ItemDataRole.UserRole


class BranchChooser(QDialog):
    """A list with a tick each, in the order of the tree; what is ticked first is the baseline.

    Signals:
        chosen(object): the ids, the baseline first.
    """

    chosen = Signal(object)

    def __init__(self, branches: Sequence[Branch], ticked: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidebyside.chooser")
        self.setWindowTitle(self.tr("Compare branches"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(420, 460)
        self._ticked = [one for one in ticked if any(one == branch.id for branch in branches)]
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(2 * self._said.fontMetrics().lineSpacing())  # nothing moves under the mouse
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a branch"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Branches of the session"))
        for branch in branches:
            self._add(branch)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = buttons.addButton(self.tr("Compare"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("primary", True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (self._said, self.filter, self.list, buttons):
            column.addWidget(part)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.list.itemChanged.connect(self._on_item_changed)
        self.filter.setFocus()  # else Cancel has it, and the first space of a name that is typed closes the dialog
        self._tell()

    def _add(self, branch: Branch) -> None:
        item = QListWidgetItem(branch.name)
        item.setData(_ID, branch.id)
        item.setToolTip(
            self.tr("{events} events, from {fork}").format(events=f"{branch.head:,}", fork=branch.fork_position)
        )
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if branch.id in self._ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        branch = item.data(_ID)
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.append(branch) if branch not in self._ticked else None
        elif branch in self._ticked:
            self._ticked.remove(branch)
        self._tell()

    def _tell(self) -> None:
        count = len(self._ticked)
        self.accept_button.setEnabled(FEWEST <= count <= MOST)
        names = {self.list.item(row).data(_ID): self.list.item(row).text() for row in range(self.list.count())}
        if not count:
            self._said.setText(
                self.tr("Tick {fewest} to {most} branches; the first one ticked is the baseline.").format(
                    fewest=FEWEST, most=MOST
                )
            )
        else:
            told = self.tr("{count} of at most {most} ticked; the others are held against {name}.")
            self._said.setText(told.format(count=count, most=MOST, name=names[self._ticked[0]]))

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(tuple(self._ticked))
        self.accept()
