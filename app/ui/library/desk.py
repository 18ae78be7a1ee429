"""What the session list does beside showing: import, watch a folder, find by any words, tell how sessions came in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu
from shiboken6 import isValid

from app.ui.widgets.file_dialog import FileDialog
from app.ui.write_guard import hold_back, may_write
from app.viewmodels.folder_watch import FolderWatch
from app.viewmodels.progress import ProgressReport
from app.viewmodels.session_finder import SessionFinder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from app.domain.sessions import SessionSummary
    from app.ui.library.details_dialog import DetailsDialog
    from app.ui.library.import_dialog import ImportDialog
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

MOST_RECENT: Final = 10


class LibraryDesk(QObject):
    """Lives as long as the window.

    Signals:
        map_wanted(object): tell how this file, of no known format, is to be read.
    """

    map_wanted = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        say: Callable[[str], None],
        open_shares: Callable[[Sequence[Path]], tuple[Path, ...]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._say, self._open_shares = say, open_shares
        self._quiet: ProgressReport | None = None
        self._waiting: list[Path] = []
        self.recent: tuple[str, ...] = ()
        self.finder = SessionFinder(services, bridge, self)
        self.watch = FolderWatch(bridge, self)
        library = window.library
        library.text_changed.connect(self.finder.ask)
        self.finder.found.connect(library.set_found)
        self.finder.searching_changed.connect(library.set_searching)
        self.finder.failed.connect(window.notice.tell)
        workspace.sessions_changed.connect(self._on_sessions_changed)
        library.menu_wanted.connect(self._fill_menu)
        library.details_requested.connect(self.show_details)
        self.watch.arrived.connect(self._on_arrived)
        self.watch.failed.connect(window.notice.tell)

    def close(self) -> None:
        self.finder.close()
        self.watch.close()
        if self._quiet is not None:
            self._quiet.cancel()

    # --- bringing files in

    def ask_files(self) -> None:
        dialog = FileDialog(self._window, self.tr("Import files"))
        dialog.setObjectName("import.files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_folder(self) -> None:
        dialog = self._folder_dialog(self.tr("Import a folder"), "import.folder")
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.open()

    def ask_watched_folder(self) -> None:
        """Choose a folder to watch; the one that is watched is given up first."""
        if self.watch.folder is not None:
            self._say(self.tr("{folder} is not watched any more").format(folder=self.watch.folder))
            self.watch.watch(None)
            return
        dialog = self._folder_dialog(self.tr("Watch a folder"), "watch.folder")
        dialog.fileSelected.connect(self._on_watched_folder_selected)
        dialog.open()

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import with a dialog that tells what came in; share files are opened beside this window instead."""
        paths = self._open_shares(paths)
        if not paths or not may_write(self._window):
            return
        named = [str(path) for path in paths]
        self.recent = tuple(dict.fromkeys((*named, *self.recent)))[:MOST_RECENT]
        from app.ui.library.import_dialog import ImportDialog

        dialog = ImportDialog(self._services, self._bridge, self._window)
        dialog.imported.connect(self._workspace.refresh)
        dialog.map_wanted.connect(self.map_wanted)
        dialog.unknown_found.connect(partial(self._on_unknown_found, dialog, len(paths)))
        self._window.closing.connect(dialog.cancel)
        dialog.start(paths)

    def _on_unknown_found(self, dialog: ImportDialog, count: int, unknown: tuple[Path, ...]) -> None:
        """Of the one file that was brought nothing came in: all there is to tell is how it could."""
        report = dialog.report or {}
        if count == len(unknown) == 1 and not report.get("sessions") and dialog.isVisible():
            dialog.ask_mapping(unknown[0])

    def _folder_dialog(self, title: str, name: str) -> QFileDialog:
        dialog = FileDialog(self._window, title)
        dialog.setObjectName(name)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(list)
    def _on_selected(self, names: list[str]) -> None:
        self.import_paths(tuple(Path(name) for name in names))

    @Slot(str)
    def _on_folder_selected(self, name: str) -> None:
        self.import_paths((Path(name),))

    @Slot(str)
    def _on_watched_folder_selected(self, name: str) -> None:
        self.watch.watch(Path(name))
        self._say(self.tr("What comes into {folder} is imported").format(folder=name))

    # --- a watched folder: imported without asking, one batch after another

    @Slot(object)
    def _on_arrived(self, paths: tuple[Path, ...]) -> None:
        self._waiting += paths
        self._next_batch()

    def _next_batch(self) -> None:
        if self._quiet is None and self._waiting:
            paths, self._waiting = tuple(self._waiting), []
            self._quiet = ProgressReport(self._bridge, lambda _done, _total, _what: None)
            work = partial(self._services.import_files, paths, self._quiet)
            self._bridge.run(work, self._on_batch_in, self._on_batch_failed)

    def _on_batch_in(self, report: Mapping[str, Any]) -> None:
        self._quiet = None
        self._workspace.refresh()
        if report["events"] or report["quarantined"]:
            left_out = len(report["quarantined"])
            parts = self.tr("; 1 part was left out") if left_out == 1 else self.tr("; {count} parts were left out")
            more = parts.format(count=f"{left_out:,}") if left_out else ""
            from app.ui.library.import_dialog import summary_text

            self._say(summary_text(report).rstrip(".") + more)
        self._next_batch()

    def _on_batch_failed(self, error: Exception) -> None:
        self._quiet = None
        self._window.notice.tell(str(error))
        self._next_batch()

    # --- the list

    @Slot()
    def _on_sessions_changed(self) -> None:
        self.finder.again()

    @Slot(object)
    def _fill_menu(self, menu: QMenu) -> None:
        """What can be brought in: files, a folder, what was imported last, a watched folder."""
        menu.clear()
        actions = self._window.actions_table
        menu.addAction(actions["import_files"])
        menu.addAction(actions["import_folder"])
        menu.addAction(actions["map_source"])
        if self.recent:
            menu.addSeparator()
            menu.addAction(self.tr("Imported last")).setEnabled(False)  # styled menus paint no titles of sections
            for name in self.recent:
                path = Path(name)
                entry = menu.addAction(path.name or name)
                entry.setToolTip(name)
                entry.triggered.connect(partial(self._import_again, path))
                hold_back(self._window, entry)
        menu.addSeparator()
        if self.watch.folder is None:
            menu.addAction(actions["watch_folder"])
        else:
            stop = menu.addAction(self.tr("Stop watching {folder}").format(folder=self.watch.folder.name))
            stop.triggered.connect(self._stop_watching)

    def _import_again(self, path: Path) -> None:
        self.import_paths((path,))

    @Slot()
    def _stop_watching(self) -> None:
        self.ask_watched_folder()

    @Slot(object)
    def show_details(self, session: SessionSummary) -> None:
        """Tell where a session came from; its reports are read on a worker."""
        from app.ui.library.details_dialog import DetailsDialog

        dialog = DetailsDialog(session, self._window)
        work = partial(self._services.imports.of_session, session.header.id)
        self._bridge.run(
            work, partial(_if_open, dialog, dialog.set_imports), partial(_if_open, dialog, dialog.set_failure)
        )
        dialog.open()


def _if_open(dialog: DetailsDialog, tell: Callable[[Any], None], outcome: Any) -> None:
    """The dialog may have been closed while its report was read."""
    if isValid(dialog):
        tell(outcome)
