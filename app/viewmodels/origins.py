"""What became of something on a branch, in the words that every panel uses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def stands_for(replaces: int | None, reapplied: int | None) -> str:
    """What an event stands for, from the positions in its marks; empty for what was recorded where it stands."""
    if replaces is not None:
        words = QCoreApplication.translate("Conversation", "changed here, was event {position}")
        return words.format(position=f"{replaces:,}")
    if reapplied is not None:
        words = QCoreApplication.translate("Conversation", "applied again, event {position} of the record")
        return words.format(position=f"{reapplied:,}")
    return ""
