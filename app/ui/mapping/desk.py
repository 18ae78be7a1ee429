"""Opens the window in which a mapping is made, saves mappings, and imports with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.domain.mapping.mapping import to_json
from app.ui.widgets.file_dialog import FileDialog
from app.viewmodels.mapping_draft import MappingDraft

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.mapping.mapping import RecordMapping
    from app.ui.library.import_dialog import ImportDialog
    from app.ui.main_window import MainWindow
    from app.ui.mapping.dialog import MappingDialog
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


_FILE: Final = "file"
"""Stands for a mapping that lies elsewhere, in the list of those that were saved."""


class MappingDesk(QObject):
    """Lives as long as the window; one mapping is made at a time."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        may_show: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """``may_show`` says whether texts may be shown as they are, and tells the person where they may not."""
        super().__init__(parent)
        self._may_show = may_show
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._dialog: MappingDialog | None = None
        self._draft: MappingDraft | None = None
        self._used = ""

    def close(self) -> None:
        if self._draft is not None:
            self._draft.close()

    @Slot()
    def ask_source(self) -> None:
        """Begin with nothing: a file or a database is chosen in the window."""
        if self._may_show():
            self._open()

    @Slot(object)
    def open(self, path: Path) -> None:
        """Show what a file becomes by a guessed mapping."""
        if self._may_show():
            self._open().open(path)

    def _open(self) -> MappingDraft:
        if self._dialog is not None:
            self._dialog.close()
        self._used = ""
        draft = self._draft = MappingDraft(self._services.mappings, self._bridge, self)
        from app.ui.mapping.dialog import MappingDialog

        dialog = self._dialog = MappingDialog(draft, self._window)
        dialog.file_wanted.connect(self._ask_file)
        dialog.database_wanted.connect(self._ask_database)
        dialog.save_wanted.connect(self._on_save_wanted)
        dialog.import_wanted.connect(self._on_import_wanted)
        dialog.saved.activated.connect(self._on_saved_chosen)
        dialog.finished.connect(self._on_finished)
        self._bridge.run(self._services.mappings.saved, partial(self._on_saved_known, dialog), lambda _error: None)
        dialog.open()
        return draft

    # --- the source

    @Slot()
    def _ask_file(self) -> None:
        files = self._files(self.tr("Map a file or database"), "mapping.files")
        files.fileSelected.connect(self._on_file_selected)
        files.open()

    @Slot(str)
    def _on_file_selected(self, name: str) -> None:
        if self._draft is not None:
            self._draft.open(Path(name))

    @Slot()
    def _ask_database(self) -> None:
        if self._dialog is not None and self._draft is not None:
            from app.ui.mapping.database_dialog import DatabaseDialog

            asking = DatabaseDialog(self._dialog)
            asking.chosen.connect(self._draft.open_server)
            asking.open()

    def _files(self, title: str, name: str) -> QFileDialog:
        files = FileDialog(self._dialog, title)
        files.setObjectName(name)
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        files.finished.connect(files.deleteLater)
        return files

    # --- mappings that were saved

    def _on_saved_known(self, dialog: MappingDialog, saved: tuple[RecordMapping, ...]) -> None:
        if dialog is not self._dialog:
            return
        dialog.saved.addItem(self.tr("Guessed"), None)
        for one in saved:
            dialog.saved.addItem(one.name, one)
        dialog.saved.addItem(self.tr("From a file…"), _FILE)

    @Slot(int)
    def _on_saved_chosen(self, index: int) -> None:
        if self._dialog is None or self._draft is None:
            return
        chosen = self._dialog.saved.itemData(index)
        if chosen == _FILE:
            files = self._files(self.tr("Use a mapping"), "mapping.saved-file")
            files.setNameFilter(self.tr("Mappings (*.json)"))
            files.fileSelected.connect(self._on_mapping_selected)
            files.open()
        elif chosen is not None:
            self._use(chosen)
        elif self._draft.path is not None:
            self._draft.open(self._draft.path)

    @Slot(str)
    def _on_mapping_selected(self, name: str) -> None:
        self._bridge.run(partial(self._services.mappings.read, Path(name)), self._use, self._on_unsaved)

    def _use(self, mapping: RecordMapping) -> None:
        if self._draft is not None:
            self._used = mapping.name
            self._draft.use(mapping)

    @Slot()
    def _on_save_wanted(self) -> None:
        """One of the same name that nobody began with here is replaced only after a question."""
        dialog, draft = self._dialog, self._draft
        if dialog is None or draft is None or draft.mapping is None:
            return
        name = draft.mapping.name
        if name == self._used or dialog.saved.findText(name) < 1:
            self._save()
            return
        box = QMessageBox(dialog)
        box.setObjectName("mapping.replace")
        box.setWindowTitle(self.tr("Mapping"))
        box.setText(self.tr("There is a mapping of this name. Replace it?"))
        box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(self._on_replace_answered)
        box.open()

    @Slot(int)
    def _on_replace_answered(self, answer: int) -> None:
        if answer == QMessageBox.StandardButton.Save:
            self._save()

    def _save(self) -> None:
        draft = self._draft
        if draft is not None and draft.mapping is not None:
            self._bridge.run(draft.save, partial(self._on_saved, draft.mapping), self._on_unsaved)

    def _on_saved(self, mapping: RecordMapping, path: Path) -> None:
        if self._dialog is None or self._draft is None:
            return
        self._used = mapping.name
        self._draft.is_unsaved = self._draft.mapping != mapping
        if self._dialog.saved.findText(mapping.name) < 1:
            self._dialog.saved.insertItem(1, mapping.name, mapping)
        self._dialog.tell(self.tr("Saved as {path}; files like this one are known from now on").format(path=path))

    def _on_unsaved(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.tell_problem(str(error))

    # --- the import

    @Slot()
    def _on_import_wanted(self) -> None:
        draft, dialog = self._draft, self._dialog
        if draft is None or dialog is None or draft.mapping is None:
            return
        paths = (draft.path,) if draft.path is not None else ()
        told, address = to_json(draft.mapping), draft.address
        from app.ui.library.import_dialog import ImportDialog

        importing = ImportDialog(self._services, self._bridge, dialog)
        importing.imported.connect(self._workspace.refresh)
        importing.finished.connect(partial(self._on_imported, importing))
        self._window.closing.connect(importing.cancel)
        importing.start_with(partial(self._services.import_mapped, paths, told, address))

    def _on_imported(self, importing: ImportDialog, _result: int) -> None:
        """Where nothing came in, the mapping stays to be changed; where it was worked on, to be saved."""
        report = importing.report
        if report is None or not report["sessions"] or self._dialog is None or self._draft is None:
            return
        if self._draft.is_unsaved:
            self._dialog.tell(self.tr("Imported. A mapping that is saved knows files like this one from now on."))
        else:
            self._dialog.close()

    @Slot()
    def _on_finished(self) -> None:
        self.close()
        if self._dialog is not None:
            self._dialog.deleteLater()
        if self._draft is not None:
            self._draft.deleteLater()
        self._dialog = self._draft = None
