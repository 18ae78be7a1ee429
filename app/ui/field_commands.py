"""What the actions of the state panel do; a method a row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.ui.inspector_presenter import InspectorPresenter


class FieldCommands(QObject):
    """Slots without arguments."""

    inspector: InspectorPresenter

    @Slot()
    def explain(self) -> None:
        self.inspector.explain()

    @Slot()
    def change_back(self) -> None:
        self.inspector.hop(-1)

    @Slot()
    def change_forward(self) -> None:
        self.inspector.hop(1)
