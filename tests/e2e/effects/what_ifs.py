"""Keys of the what-ifs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.effects.effect import DIALOGUE, Effect
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QPushButton

if TYPE_CHECKING:
    from e2e.effects.effect import Trial


def edits(trial: Trial) -> None:
    """The message at the playhead says something else on a new branch."""
    main = trial.workspace.branch.id
    trial.press()
    trial.shown("whatif.edit").findChild(QPlainTextEdit, "whatif.text").setPlainText("Comedies, please.")
    make = trial.shown("whatif.make")
    assert isinstance(make, QPushButton)
    trial.until(make.isEnabled)
    make.click()
    trial.until(lambda: trial.workspace.branch.id != main)
    (event,) = trial.opened.core.store.read(trial.opened.branch.id, 5, 5)
    assert (event.data["text"], event.data["replaces"]["position"], trial.here) == ("Comedies, please.", 5, 5)


def leaves_out(trial: Trial) -> None:
    """The call at the playhead goes, with what it caused."""
    main = trial.workspace.branch.id
    trial.press()
    trial.until(lambda: trial.window.findChild(QDialog, "whatif.leave_out") is not None)
    dialog = trial.shown("whatif.leave_out")
    make = dialog.findChild(QPushButton, "whatif.make")
    trial.until(make.isEnabled)
    assert dialog.findChild(QListWidget, "whatif.dependents").count() == 2
    make.click()
    trial.until(lambda: trial.workspace.branch.id != main)
    assert trial.opened.branch.head == 54 - 3


WHAT_IFS = {
    "edit_on_branch": Effect(DIALOGUE, 5, edits),
    "leave_out_on_branch": Effect(DIALOGUE, 7, leaves_out),
}
