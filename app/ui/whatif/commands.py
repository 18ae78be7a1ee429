"""What the actions of what-ifs do; a method a row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.ui.whatif.desk import WhatIfDesk


class WhatIfCommands(QObject):
    """Slots without arguments."""

    what_if: WhatIfDesk

    @Slot()
    def edit_on_branch(self) -> None:
        self.what_if.change_here()

    @Slot()
    def leave_out_on_branch(self) -> None:
        self.what_if.leave_out_here()
