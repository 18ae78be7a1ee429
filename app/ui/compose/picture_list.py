"""The pictures that go with a message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import BadInput
from app.ui.widgets.file_dialog import FileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.continue_request import Picture

_HEIGHT_PX = 56


class PictureList(QWidget):
    """Names of files; the first bytes of a file, not its name, tell what it is.

    Signals:
        failed(str): why a file was not taken.
    """

    failed = Signal(str)

    def __init__(self, read: Callable[[Path], Picture], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self.pictures: list[Picture] = []
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pictures that go with the message"))
        self.list.setFixedHeight(_HEIGHT_PX)
        self.add_button = QPushButton(self.tr("Add…"))
        self.remove_button = QPushButton(self.tr("Remove"))
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
        buttons = QVBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        row.addStretch(0)
        self.set_pictures(())
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)

    def set_pictures(self, pictures: tuple[Picture, ...]) -> None:
        self.pictures = list(pictures)
        self.list.clear()
        for one in pictures:
            self.list.addItem(QListWidgetItem(one.name))
        self.list.setCurrentRow(len(pictures) - 1)
        self.list.setVisible(bool(pictures))
        self.remove_button.setVisible(bool(pictures))

    def add_files(self, names: list[str]) -> None:
        """Take files; each that is no picture is told."""
        for name in names:
            try:
                self.set_pictures((*self.pictures, self._read(Path(name))))
            except BadInput as error:
                self.failed.emit(str(error))

    @Slot()
    def _on_add(self) -> None:
        dialog = FileDialog(self, self.tr("Pictures"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp)"))
        dialog.filesSelected.connect(self.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.set_pictures(tuple(one for place, one in enumerate(self.pictures) if place != row))
