"""The preferences: what is chosen holds at once, but for the size of everything and the language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.preferences.language import LANGUAGES, own_name
from app.ui.preferences.preferences import SCALES, TIME_STEPS_S, Preferences

if TYPE_CHECKING:
    from collections.abc import Sequence


class PreferencesDialog(QDialog):
    """Shows one value of ``Preferences`` and gives others.

    Signals:
        changed(object): the ``Preferences`` from now on.
        keys_requested: the sheet of keys is wanted.
    """

    changed = Signal(object)
    keys_requested = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setObjectName("preferences.dialog")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        looks = ((self.tr("Like the desktop"), "system"), (self.tr("Light"), "light"), (self.tr("Dark"), "dark"))
        self.theme = self._combo("preferences.theme", looks)
        rows = ((self.tr("Compact"), "compact"), (self.tr("Usual"), "usual"), (self.tr("For fingers"), "touch"))
        self.density = self._combo("preferences.density", rows)
        self.scale = self._combo("preferences.scale", [(f"{scale} %", scale) for scale in SCALES])
        spoken = [(own_name(language), language) for language in LANGUAGES]
        self.language = self._combo("preferences.language", [(self.tr("Like the desktop"), "system"), *spoken])
        self.still = QCheckBox(self.tr("Nothing blinks or slides"), self)
        self.still.setObjectName("preferences.still")
        self.time_step = self._combo("preferences.time_step", [(_duration(step), step) for step in TIME_STEPS_S])
        self._arrange()
        self._show()
        for combo in (self.theme, self.density, self.scale, self.language, self.time_step):
            combo.activated.connect(self._on_chosen)
        self.still.clicked.connect(self._on_chosen)

    def _combo(self, name: str, entries: Sequence[tuple[str, Any]]) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        for text, value in entries:
            combo.addItem(text, value)
        return combo

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for title, field in (
            (self.tr("Colours"), self.theme), (self.tr("Rows and controls"), self.density),
            (self.tr("Size of everything"), self.scale), (self.tr("Language"), self.language),
            (self.tr("Ctrl and an arrow go"), self.time_step),
        ):  # fmt: skip
            form.addRow(title, field)
            field.setAccessibleName(title)
        later = QLabel(self.tr("Size and language hold from the next start on."), self)
        later.setProperty("tone", "caption")
        form.insertRow(4, "", later)
        form.addRow(self.tr("Motion"), self.still)
        keys = QPushButton(self.tr("Change keys…"), self)
        keys.setAutoDefault(False)
        keys.clicked.connect(self.keys_requested)
        form.addRow(self.tr("Keys"), keys)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        usual = buttons.addButton(self.tr("As usual"), QDialogButtonBox.ButtonRole.ResetRole)
        usual.clicked.connect(self._on_usual_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(20)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _show(self) -> None:
        now = self._preferences
        for combo, value in (
            (self.theme, now.theme), (self.density, now.density), (self.scale, now.scale),
            (self.language, now.language), (self.time_step, now.time_step_s),
        ):  # fmt: skip
            combo.setCurrentIndex(max(combo.findData(value), 0))
        self.still.setChecked(now.still)

    @Slot()
    def _on_chosen(self) -> None:
        self._take(
            replace(
                self._preferences,
                theme=self.theme.currentData(),
                density=self.density.currentData(),
                scale=self.scale.currentData(),
                language=self.language.currentData(),
                still=self.still.isChecked(),
                time_step_s=self.time_step.currentData(),
            )
        )

    @Slot()
    def _on_usual_wanted(self) -> None:
        self._take(Preferences())
        self._show()

    def _take(self, preferences: Preferences) -> None:
        if preferences != self._preferences:
            self._preferences = preferences
            self.changed.emit(preferences)


def _duration(seconds: float) -> str:
    """``10 s``, ``5 min`` or ``1 h``."""
    if seconds >= 3600:
        return f"{seconds / 3600:g} h"
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"
