"""What the actions of the state panel do; a method a row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.ui.find_presenter import FindPresenter
    from app.ui.inspector_presenter import InspectorPresenter


class FieldCommands(QObject):
    """Slots without arguments."""

    inspector: InspectorPresenter
    find: FindPresenter

    @Slot()
    def explain(self) -> None:
        self.inspector.explain()

    @Slot()
    def change_back(self) -> None:
        self.inspector.hop(-1)

    @Slot()
    def change_forward(self) -> None:
        self.inspector.hop(1)

    @Slot()
    def find_when(self) -> None:
        self.find.ask()

    @Slot()
    def hit_next(self) -> None:
        self.find.hop(1)

    @Slot()
    def hit_previous(self) -> None:
        self.find.hop(-1)
