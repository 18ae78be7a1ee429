"""Opens the window in which a mapping is made, saves mappings, and imports with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from app.domain.errors import BadInput
from app.domain.mapping.mapping import to_json
from app.ui.library.import_dialog import ImportDialog
from app.ui.mapping.dialog import MappingDialog
from app.viewmodels.mapping_draft import MappingDraft

if TYPE_CHECKING:
    from app.domain.mapping.mapping import RecordMapping
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class MappingDesk(QObject):
    """Lives as long as the window; one mapping is made at a time."""

    def __init__(
        self, window: MainWindow, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._dialog: MappingDialog | None = None
        self._draft: MappingDraft | None = None

    def close(self) -> None:
        if self._draft is not None:
            self._draft.close()

    def ask_source(self) -> None:
        """Ask which file is to be mapped."""
        dialog = QFileDialog(self._window, self.tr("Map a file or database"))
        dialog.setObjectName("mapping.file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_selected(self, name: str) -> None:
        self.open(Path(name))

    def open(self, path: Path) -> None:
        """Show what a file becomes by a guessed mapping."""
        self.close()
        draft = self._draft = MappingDraft(self._services.mappings, self._bridge, self)
        dialog = self._dialog = MappingDialog(draft, self._window)
        dialog.save_wanted.connect(self._on_save_wanted)
        dialog.import_wanted.connect(self._on_import_wanted)
        dialog.saved.activated.connect(self._on_saved_chosen)
        dialog.finished.connect(self._on_finished)
        self._bridge.run(self._services.mappings.saved, partial(self._on_saved_known, dialog), lambda _error: None)
        dialog.open()
        draft.open(path)

    def _on_saved_known(self, dialog: MappingDialog, saved: tuple[RecordMapping, ...]) -> None:
        if dialog is not self._dialog:
            return
        dialog.saved.addItem(self.tr("Guessed"), None)
        for one in saved:
            dialog.saved.addItem(one.name, one)
        dialog.saved.setVisible(bool(saved))

    @Slot(int)
    def _on_saved_chosen(self, index: int) -> None:
        if self._dialog is None or self._draft is None:
            return
        chosen = self._dialog.saved.itemData(index)
        if chosen is not None:
            self._draft.use(chosen)
        elif self._draft.path is not None:
            self._draft.open(self._draft.path)

    @Slot()
    def _on_save_wanted(self) -> None:
        if self._dialog is None or self._draft is None:
            return
        try:
            path = self._draft.save()
        except BadInput as error:
            self._dialog.tell(str(error))
        else:
            self._dialog.tell(self.tr("Saved as {path}; files like this one are known from now on").format(path=path))

    @Slot()
    def _on_import_wanted(self) -> None:
        draft, dialog = self._draft, self._dialog
        if draft is None or dialog is None or draft.mapping is None:
            return
        paths = (draft.path,) if draft.path is not None else ()
        told, address = to_json(draft.mapping), draft.address
        dialog.accept()
        importing = ImportDialog(self._services, self._bridge, self._window)
        importing.imported.connect(self._workspace.refresh)
        self._window.closing.connect(importing.cancel)
        importing.start_with(partial(self._services.import_mapped, paths, told, address))

    @Slot()
    def _on_finished(self) -> None:
        self.close()
        if self._dialog is not None:
            self._dialog.deleteLater()
        if self._draft is not None:
            self._draft.deleteLater()
        self._dialog = self._draft = None
