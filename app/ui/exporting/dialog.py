"""Lets something leave in three steps: choose, look through what would leave, write. Nothing leaves unreviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.ui.exporting.choice_page import ChoicePage
from app.ui.exporting.outcome_page import OutcomePage
from app.ui.redaction.pane import RedactionPane
from app.ui.theme import GROUP_PX, PANEL_PX

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from app.domain.branches import Branch
    from app.ui.theme import Theme
    from app.viewmodels.exporting import OutgoingForm, OutgoingReport
    from app.viewmodels.redaction.review_session import ReviewSession

_SIZE: Final = (920, 620)
_FRAME_PX: Final = (4, 32)
"""What a window manager puts around a dialog."""


class ExportDialog(QDialog):
    """Asks and tells; what is done about it is the desk's.

    Signals:
        losses_wanted(object): what the form cannot hold of this ``OutgoingChoice``.
        review_wanted(object): look through what would leave.
        file_wanted(object): ask where to write it.
        stop_wanted: stop what runs.
        folder_wanted: show where the file lies.
        dismissed: it was closed.
    """

    losses_wanted = Signal(object)
    review_wanted = Signal(object)
    file_wanted = Signal(object)
    stop_wanted = Signal()
    folder_wanted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        forms: Sequence[OutgoingForm],
        branches: Sequence[Branch],
        focus: str,
        author: str,
        review: ReviewSession,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exporting.dialog")
        self.setWindowTitle(self.tr("Export or report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        free = self.screen().availableGeometry().size() - QSize(*_FRAME_PX)
        self.resize(QSize(*_SIZE).boundedTo(free))
        review.setParent(self)
        self._is_writing = False
        self.choice_page = ChoicePage(forms, branches, focus, author, self)
        self.pane = RedactionPane(review, theme, self)
        self.pane.set_branch_names({one.id: one.name for one in branches})
        self.outcome = OutcomePage(self)
        self.pages = QStackedWidget(self)
        for page in (self.choice_page, self.pane, self.outcome):
            self.pages.addWidget(page)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("Why it cannot go on"))
        self.back = self._button(self.tr("Back"), "exporting.back")
        self.next = self._button(self.tr("Look through it"), "exporting.next", is_primary=True)
        self.export = self._button(self.tr("Write the file…"), "exporting.export", is_primary=True)
        self.folder = self._button(self.tr("Show in folder"), "exporting.folder")
        self.leave = self._button(self.tr("Cancel"), "exporting.cancel")
        self._arrange()
        self._connect()
        self._show(self.choice_page)

    def _button(self, text: str, name: str, *, is_primary: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        if is_primary:
            button.setProperty("primary", True)
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GROUP_PX)
        row.addWidget(self.said, 1)
        for button in (self.leave, self.back, self.folder, self.next, self.export):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        column.setSpacing(PANEL_PX)
        column.addWidget(self.pages, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        self.choice_page.touched.connect(self._on_touched)
        self.choice_page.settled.connect(self._on_settled)
        self.pane.ready_changed.connect(self._refresh)
        self.next.clicked.connect(self._on_next)
        self.back.clicked.connect(self._on_back)
        self.export.clicked.connect(self._on_export)
        self.folder.clicked.connect(self.folder_wanted)
        self.leave.clicked.connect(self.reject)

    # --- what is told to it

    def show_losses(self, sentences: Sequence[str]) -> None:
        self.choice_page.show_losses(sentences)

    def show_writing(self, path: Path) -> None:
        self._is_writing = True
        self.outcome.show_writing(path)
        self._show(self.outcome)

    @Slot(int, object, str)
    def show_progress(self, done: int, total: int | None, what: str) -> None:
        if self._is_writing:
            self.outcome.show_progress(done, total, what)

    @Slot(object, object)
    def show_written(self, path: Path, report: OutgoingReport) -> None:
        self._is_writing = False
        self.outcome.show_written(path, report)
        self._show(self.outcome)
        self.folder.setFocus()

    @Slot()
    def show_stopped(self) -> None:
        """Writing was stopped; there is no file."""
        self.show_failure(self.tr("Stopped; no file was written."))

    @Slot(str)
    def show_failure(self, sentence: str) -> None:
        was_writing, self._is_writing = self._is_writing, False
        self._show(self.pane if was_writing else self.choice_page)
        self.said.setText(sentence)
        if not was_writing:
            self.choice_page.show_losses(())
            self.next.setEnabled(False)

    # --- what the person does

    @Slot()
    def _on_touched(self) -> None:
        self.said.setText("")
        self._refresh()

    @Slot()
    def _on_settled(self) -> None:
        if (choice := self.choice_page.choice()) is not None:
            self.choice_page.show_looking()
            self.losses_wanted.emit(choice)

    @Slot()
    def _on_next(self) -> None:
        if (choice := self.choice_page.choice()) is not None:
            self._show(self.pane)
            self.pane.table.setFocus()  # letters decide there
            self.review_wanted.emit(choice)

    @Slot()
    def _on_back(self) -> None:
        self.stop_wanted.emit()
        self._show(self.choice_page)
        self._on_settled()

    @Slot()
    def _on_export(self) -> None:
        choice = self.choice_page.choice()
        if choice is not None and self.pane.is_ready:
            self.file_wanted.emit(choice)

    def _show(self, page: QWidget) -> None:
        self.said.setText("")
        self.pages.setCurrentWidget(page)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        page = self.pages.currentWidget()
        is_done = page is self.outcome and not self._is_writing
        self.next.setVisible(page is self.choice_page)
        self.export.setVisible(page is self.pane)
        self.back.setVisible(page is self.pane)
        self.folder.setVisible(is_done)
        self.leave.setText(self.tr("Close") if is_done else self.tr("Stop") if self._is_writing else self.tr("Cancel"))
        chosen = self.choice_page.choice() is not None
        self.next.setEnabled(chosen)
        if page is self.choice_page and not chosen:
            self.said.setText(self.tr("Tick a branch."))
        self.export.setEnabled(self.pane.is_ready)
        self.next.setDefault(page is self.choice_page)
        self.export.setDefault(page is self.pane)

    def reject(self) -> None:
        if self._is_writing:
            self.stop_wanted.emit()  # the answer says that nothing was written
            return
        self.dismissed.emit()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop_wanted.emit()
        self.dismissed.emit()
        super().closeEvent(event)
