"""Choose the key of one action: press it, and be told what it does already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QKeySequenceEdit, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.actions import title_of
from app.ui.key_bindings import native

if TYPE_CHECKING:
    from app.ui.key_bindings import KeyBindings


class KeyDialog(QDialog):
    """Changes nothing itself.

    Signals:
        chosen(object): the ``KeyBindings`` from now on.
    """

    chosen = Signal(object)

    def __init__(self, bindings: KeyBindings, action_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._bindings, self._action = bindings, action_id
        self.setObjectName("shortcuts.key")
        self.setWindowTitle(title_of(action_id))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = QKeySequenceEdit(self)
        self._field.setAccessibleName(self.tr("New key of “{action}”").format(action=title_of(action_id)))
        self._field.setMaximumSequenceLength(1)
        self._field.keySequenceChanged.connect(self._on_key_pressed)
        self._field.editingFinished.connect(self._on_key_given)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._use = QPushButton(self.tr("Use it"), self)
        self._build()
        self._on_key_pressed(QKeySequence())

    def _build(self) -> None:
        ask = QLabel(self.tr("Press the new key of “{action}”").format(action=title_of(self._action)), self)
        ask.setBuddy(self._field)
        self._use.setProperty("primary", True)
        self._use.setDefault(True)
        self._use.clicked.connect(self._on_accepted)
        none = QPushButton(self.tr("No key"), self)
        none.setEnabled(bool(self._bindings.keys(self._action)))
        none.clicked.connect(self._on_none_wanted)
        usual = QPushButton(self.tr("Usual key"), self)
        usual.setToolTip(native(self._bindings.usual_keys(self._action)))
        usual.setEnabled(not self._bindings.is_usual(self._action))
        usual.clicked.connect(self._on_usual_wanted)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        for button in (none, usual):
            row.addWidget(button)
        row.addStretch(1)
        for button in (cancel, self._use):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for widget in (ask, self._field, self._said):
            layout.addWidget(widget)
        layout.addLayout(row)
        self.setMinimumWidth(420)

    @Slot(QKeySequence)
    def _on_key_pressed(self, pressed: QKeySequence) -> None:
        key = pressed.toString(QKeySequence.SequenceFormat.PortableText)
        owner = self._bindings.owner(key, besides=self._action) if key else None
        self._use.setEnabled(bool(key))
        self._use.setText(self.tr("Take it") if owner else self.tr("Use it"))
        if owner is not None:
            said = self.tr("{key} is the key of “{action}” now, which would lose it.")
            self._said.setText(said.format(key=native((key,)), action=title_of(owner)))
        elif key:
            self._said.setText(self.tr("{key} is free.").format(key=native((key,))))
        else:
            keys = native(self._bindings.keys(self._action))
            self._said.setText(self.tr("Now: {keys}").format(keys=keys) if keys else self.tr("It has no key now."))

    @Slot()
    def _on_key_given(self) -> None:
        """The field takes every key, Tab and Enter too: once it has one, the keyboard is let go."""
        if not self._field.keySequence().isEmpty():
            self._use.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_accepted(self) -> None:
        key = self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        self._choose((key,))

    @Slot()
    def _on_none_wanted(self) -> None:
        self._choose(())

    @Slot()
    def _on_usual_wanted(self) -> None:
        self._choose(self._bindings.usual_keys(self._action))

    def _choose(self, keys: tuple[str, ...]) -> None:
        self.accept()
        self.chosen.emit(self._bindings.with_keys(self._action, keys))
