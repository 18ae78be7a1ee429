"""Branches to compare are found by typing from the first key on."""

from fakes.window_services import make_branch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.side_by_side.chooser import BranchChooser


def test_what_is_typed_first_finds_a_branch_and_its_space_closes_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = BranchChooser([make_branch("s", f"try {number}") for number in range(3)], (), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()

    assert dialog.focusWidget() is dialog.filter
    qtbot.keyClicks(dialog.focusWidget(), "try 1")

    rows = [dialog.list.item(row) for row in range(dialog.list.count())]
    assert dialog.isVisible()
    assert [row.text() for row in rows if not row.isHidden()] == ["try 1"]
    dialog.close()
