"""The sheet of keys, made from the table of actions; a click on a key changes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import grouped, translated
from app.ui.key_bindings import native
from app.ui.shortcuts.key_dialog import KeyDialog
from app.ui.theme import mono_font

if TYPE_CHECKING:
    from app.ui.actions import Actions, ActionSpec
    from app.ui.key_bindings import KeyBindings

_COLUMNS: Final = 3
_HEADING_ROWS: Final = 2
_Group = tuple[str, list["ActionSpec"]]


class ShortcutSheet(QDialog):
    """Lists every action, group by group. What is changed in it holds at once."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("shortcuts.sheet")
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._area = QScrollArea(self)
        self._area.setObjectName("shortcuts.area")
        self._area.setAccessibleName(self.tr("Keys by group"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        note = QLabel(
            self.tr(
                "Click a key to change it. While you type in a field, keys without Ctrl or Alt belong to the field."
            ),
            self,
        )
        note.setProperty("tone", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        self._reset = buttons.addButton(self.tr("All keys as usual"), QDialogButtonBox.ButtonRole.ResetRole)
        self._reset.clicked.connect(self._on_reset_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._area, 1)
        layout.addWidget(note)
        layout.addWidget(buttons)
        wanted = self._show().sizeHint() + QSize(60, 130)
        self.resize(wanted.boundedTo(parent.window().size() - QSize(40, 40)))

    def _show(self) -> QWidget:
        """Fill the sheet with what the keys are now; returns the page."""
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(32)
        for groups in _in_columns(list(grouped().items())):
            column = QVBoxLayout()
            column.setSpacing(12)
            for title, listed in groups:
                column.addWidget(self._group(title, listed, page))
            column.addStretch(1)
            row.addLayout(column)
        self._area.setWidget(page)
        self._reset.setEnabled(not self._actions.bindings.are_usual)
        return page

    def _group(self, title: str, listed: list[ActionSpec], page: QWidget) -> QWidget:
        box = QWidget(page)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title, box)
        heading.setProperty("tone", "heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        for number, spec in enumerate(listed, start=1):
            grid.addWidget(QLabel(translated(spec.text), box), number, 0)
            grid.addWidget(self._key(spec, box), number, 1, Qt.AlignmentFlag.AlignRight)
        return box

    def _key(self, spec: ActionSpec, box: QWidget) -> QPushButton:
        bindings, keys = self._actions.bindings, self._actions.keys_text(spec.id)
        key = QPushButton(keys or "–", box)
        key.setObjectName(f"shortcuts.{spec.id}")
        key.setProperty("key", "changed" if not bindings.is_usual(spec.id) else "usual")
        key.setFont(mono_font(12))
        key.setAutoDefault(False)
        told = self.tr("{action}: {keys}; change it").format(
            action=translated(spec.text), keys=keys or self.tr("no key")
        )
        if not bindings.is_usual(spec.id):
            told += self.tr(", usually {keys}").format(keys=native(bindings.usual_keys(spec.id)) or self.tr("no key"))
        key.setAccessibleName(told)
        key.setToolTip(told)
        key.clicked.connect(partial(self._on_key_clicked, spec.id))
        return key

    def _on_key_clicked(self, action_id: str) -> None:
        dialog = KeyDialog(self._actions.bindings, action_id, self)
        dialog.chosen.connect(partial(self._on_chosen, action_id))
        dialog.open()

    def _on_chosen(self, action_id: str, bindings: KeyBindings) -> None:
        self._actions.set_bindings(bindings)
        at = self._area.verticalScrollBar().value()
        self._show()
        self._area.verticalScrollBar().setValue(at)
        changed = self.findChild(QPushButton, f"shortcuts.{action_id}")
        if changed is not None:
            changed.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_reset_wanted(self) -> None:
        self._actions.set_bindings(self._actions.bindings.as_usual())
        self._show()


def _in_columns(groups: list[_Group]) -> list[list[_Group]]:
    """The largest first, each into the column that is shortest so far."""
    columns: list[list[_Group]] = [[] for _ in range(_COLUMNS)]
    heights = [0] * _COLUMNS
    for group in sorted(groups, key=lambda one: -len(one[1])):
        shortest = heights.index(min(heights))
        columns[shortest].append(group)
        heights[shortest] += len(group[1]) + _HEADING_ROWS
    return [column for column in columns if column]
