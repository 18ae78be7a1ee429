"""Takes instructions from the library, and knows whether what stands there is still that version."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.viewmodels.json_text import short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from app.domain.instructions import InstructionsVersion


class InstructionsChooser(QToolButton):
    """A button with a menu of versions.

    Signals:
        chosen(str): the text of the version that was taken.
        library_wanted: the person wants to write or compare versions.
    """

    chosen = Signal(str)
    library_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compose.library")
        self.setText(self.tr("From library") + " ▾")
        self.setAccessibleName(self.tr("Take instructions from the library"))
        self.setToolTip(self.tr("A version from the library; the events of the branch name it"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._versions: tuple[InstructionsVersion, ...] = ()
        menu = QMenu(self)
        self.setMenu(menu)
        self.set_versions(())

    def set_versions(self, versions: Sequence[InstructionsVersion]) -> None:
        """Offer these, in this order."""
        self._versions = tuple(versions)
        menu = self.menu()
        menu.clear()
        for one in self._versions:
            note = f"  {short(one.note, 60)}" if one.note else ""
            action = menu.addAction(f"{one.name}@{one.version}{note}".replace("&", "&&"))
            action.triggered.connect(partial(self.chosen.emit, one.text))
        if self._versions:
            menu.addSeparator()
        menu.addAction(self.tr("Library of instructions…"), self.library_wanted.emit)

    def named(self, text: str) -> Mapping[str, Any] | None:
        """Which version a text is, as events name it: the newest that says exactly this; None for any other text."""
        found = [one for one in self._versions if one.text == text]
        return max(found, key=lambda one: one.version).ref.to_json() if found else None
