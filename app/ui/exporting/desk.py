"""Connects the export dialog to the session in focus, and to what looks through it and writes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.domain.errors import BranchlineError
from app.ui.widgets.file_dialog import FileDialog
from app.viewmodels.exporting_run import ExportingRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.exporting.dialog import ExportDialog
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.exporting import OutgoingChoice, OutgoingReport
    from app.viewmodels.notebook_rows import NotebookRow
    from app.viewmodels.playback import Playback
    from app.viewmodels.redaction.review_session import ReviewSession
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class ExportDesk(QObject):
    """Lives as long as the window.

    ``noted`` gives what is noted in the session in focus, ``new_review`` a review of what leaves.
    """

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        playback: Playback,
        noted: Callable[[], tuple[NotebookRow, ...]],
        new_review: Callable[[], ReviewSession],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge = window, services, bridge
        self._workspace, self._playback, self._noted = workspace, playback, noted
        self._new_review = new_review
        self.run = ExportingRun(services.outgoing, bridge, self)
        self.dialog: ExportDialog | None = None
        self._review: ReviewSession | None = None
        self._written: Path | None = None
        self.run.losses_known.connect(self._on_losses_known)
        self.run.progressed.connect(self._on_progressed)
        self.run.written.connect(self._on_written)
        self.run.stopped.connect(self._on_stopped)
        self.run.failed.connect(self._on_failed)

    @Slot()
    def open(self) -> None:
        """Ask what of the session in focus shall leave."""
        workspace = self._workspace
        if workspace.branch is None or not workspace.branches:
            return
        self._playback.pause()
        self._review = self._new_review()
        outgoing = self._services.outgoing
        from app.ui.exporting.dialog import ExportDialog

        dialog = ExportDialog(
            outgoing.forms,
            workspace.branches,
            workspace.branch.id,
            outgoing.author,
            self._review,
            self._window.theme,
            self._window,
        )
        played = self._playback.range
        markers = [(row.position, row.text) for row in self._noted() if row.kind == "marker" and not row.elsewhere]
        dialog.choice_page.range.offer(workspace.head, (played.first, played.last), markers)
        dialog.choice_page.set_moment(workspace.playhead)
        dialog.losses_wanted.connect(self.run.ask_losses)
        dialog.review_wanted.connect(self._on_review_wanted)
        dialog.file_wanted.connect(self._on_file_wanted)
        dialog.stop_wanted.connect(self._on_stop_wanted)
        dialog.folder_wanted.connect(self._on_folder_wanted)
        dialog.dismissed.connect(self._on_dismissed)
        self.dialog = dialog
        dialog.open()

    def close(self) -> None:
        """Stop everything; nothing is told any more."""
        self.run.forget()
        if self._review is not None:
            self._review.close()
            self._review = None

    @Slot(object)
    def _on_review_wanted(self, choice: OutgoingChoice) -> None:
        self.run.forget()
        if self._review is not None:
            self._review.look(choice.scope())

    @Slot(object)
    def _on_file_wanted(self, choice: OutgoingChoice) -> None:
        if self.dialog is None:
            return
        files = FileDialog(self.dialog, self.tr("Write to"))
        files.setObjectName("exporting.file")
        files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        files.setDefaultSuffix(choice.form.ending.removeprefix("."))
        # A title may hold what must not leave, and a name is seen by everybody: the session's id says nothing.
        files.selectFile(f"branchline-{choice.session[:8]}{choice.form.ending}")
        files.fileSelected.connect(partial(self._write, choice))
        files.finished.connect(files.deleteLater)
        files.open()

    def _write(self, choice: OutgoingChoice, name: str) -> None:
        if self.dialog is None or self._review is None:
            return
        try:
            redaction = self._review.redaction()
        except BranchlineError as error:
            self.dialog.show_failure(str(error))
            return
        path = Path(name)
        self.dialog.show_writing(path)
        self.run.write(choice, redaction, path)

    @Slot()
    def _on_stop_wanted(self) -> None:
        self.run.stop()
        if self._review is not None:
            self._review.close()

    @Slot()
    def _on_folder_wanted(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

    @Slot()
    def _on_dismissed(self) -> None:
        self.close()
        self.dialog = None

    # --- what became of it

    @Slot(object)
    def _on_losses_known(self, sentences: tuple[str, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_losses(sentences)

    @Slot(int, object, str)
    def _on_progressed(self, done: int, total: int | None, what: str) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(done, total, what)

    @Slot(object, object)
    def _on_written(self, path: Path, report: OutgoingReport) -> None:
        self._written = path
        if self.dialog is not None:
            self.dialog.show_written(path, report)

    @Slot()
    def _on_stopped(self) -> None:
        if self.dialog is not None:
            self.dialog.show_stopped()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self.dialog is not None:
            self.dialog.show_failure(sentence)
