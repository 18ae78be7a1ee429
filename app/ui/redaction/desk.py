"""Opens the review of the session in focus, and keeps profiles as files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QFileDialog

from app.domain.redaction.profile import STANDARD
from app.ui.redaction.mask_cover import MaskCover
from app.ui.widgets.file_dialog import FileDialog
from app.viewmodels.redaction.review_session import ReviewSession
from app.viewmodels.redaction.screen_masking import ScreenMasking

if TYPE_CHECKING:
    from app.application.masking import ScreenMask
    from app.application.redacting import ReviewScope
    from app.ui.main_window import MainWindow
    from app.ui.redaction.dialog import RedactionDialog
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class RedactionDesk(QObject):
    """Lives as long as the window."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        mask: ScreenMask,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self.masking = ScreenMasking(mask, services.redacting, bridge, workspace, self)
        self._cover = MaskCover(window)
        self.masking.covered.connect(self._on_covered)
        self.masking.uncovered.connect(self._cover.hide)
        self._reviews: set[ReviewSession] = set()
        self._profile = STANDARD

    def open(self) -> None:
        """Look through everything of the session in focus."""
        session = self._workspace.session
        if session is None:
            return
        if not self.may_show_findings():
            return
        review = self._show(leaves=False)[0]
        scope = partial(self._services.redacting.all_of, session.header.id)
        self._bridge.run(scope, partial(self._on_scoped, review), self._on_failed)

    def look_through(self, scope: ReviewScope) -> tuple[ReviewSession, RedactionDialog] | None:
        """Look through what is about to leave; the dialog asks for the file. None while the screen is masked."""
        if not self.may_show_findings():
            return None
        review, dialog = self._show(leaves=True)
        review.look(scope)
        dialog.pane.table.setFocus()
        return review, dialog

    def _show(self, *, leaves: bool) -> tuple[ReviewSession, RedactionDialog]:
        from app.ui.redaction.dialog import RedactionDialog

        review = self.new_review()
        dialog = RedactionDialog(review, self._window.theme, self._window, leaves=leaves)
        dialog.pane.set_branch_names({one.id: one.name for one in self._workspace.branches})
        dialog.save_wanted.connect(partial(self._ask_where, dialog, review))
        self._reviews.add(review)
        dialog.finished.connect(partial(self._on_finished, review))
        dialog.open()
        return review, dialog

    def new_review(self) -> ReviewSession:
        """A review that looks for what was looked for last; what it looks for is masked on the screen from then on."""
        review = ReviewSession(self._services.redacting, self._bridge)
        review.profile = self._profile
        review.looked.connect(partial(self._on_looked, review))
        return review

    def may_show_findings(self) -> bool:
        """Whether a review may be opened, which shows what is found as it is; says so where it may not."""
        if self.masking.is_on:
            self._window.notice.tell(self.tr("This shows texts as they are; end masking first."))
        return not self.masking.is_on

    @Slot()
    def _on_covered(self) -> None:
        """Nothing that was read before may be seen any more: neither in the window nor in its title nor in dialogs."""
        self._cover.cover()
        for dialog in self._window.findChildren(QDialog):
            dialog.close()
        self._window.setWindowTitle("Branchline")
        if self.masking.is_on:
            self._window.mask_sign.tell(self._window.actions_table.keys_text("toggle_masking"))
        else:
            self._window.mask_sign.hide()

    def close(self) -> None:
        """Stop looking."""
        for review in self._reviews:
            review.close()

    def _on_scoped(self, review: ReviewSession, scope: ReviewScope) -> None:
        if review in self._reviews:
            review.look(scope)

    def _on_finished(self, review: ReviewSession, _result: int) -> None:
        review.close()
        self._reviews.discard(review)

    def _on_looked(self, review: ReviewSession) -> None:
        """Names and patterns that a person has looked for are masked on the screen from now on."""
        self._profile = review.profile
        self.masking.use(review.profile)

    def _on_failed(self, error: Exception) -> None:
        self._window.notice.tell(str(error))

    def _ask_where(self, dialog: RedactionDialog, review: ReviewSession) -> None:
        files = FileDialog(dialog, self.tr("Save profile"))
        files.setObjectName("redaction.profile")
        files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        files.setDefaultSuffix("json")
        files.setNameFilter(self.tr("Redaction profiles (*.json)"))
        files.fileSelected.connect(partial(self._save, review))
        files.finished.connect(files.deleteLater)
        files.open()

    @Slot()
    def _save(self, review: ReviewSession, name: str) -> None:
        work = partial(self._services.write_profile, Path(name), review.profile)
        self._bridge.run(work, lambda _: None, self._on_failed)
