"""Connects the prompt's page to the branch at the playhead: preview, strategy in force, templates and their editor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.domain.recommender import OFF, own_strategy
from app.viewmodels.continuation import request_of
from app.viewmodels.prompt.preview import PromptPreview
from app.viewmodels.prompt.template_trial import TemplateTrial
from app.viewmodels.row_parts import part_of

if TYPE_CHECKING:
    from app.application.moment import Moment
    from app.domain.instructions import InstructionsVersion
    from app.domain.templates import PromptTemplate
    from app.ui.compose.template_dialog import TemplateDialog
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

_SETTLED_MS: Final = 300
METERED_TOKENS: Final = 40_000
"""Longer conversations are measured exactly only where the prompt is looked at: all of it has to be read for that."""


class PromptPresenter(QObject):
    """Lives as long as the window."""

    def __init__(
        self, window: MainWindow, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._page = window.compose.prompt
        self._templates: tuple[PromptTemplate, ...] = ()
        self._dialog: TemplateDialog | None = None
        self._is_quick = False
        self.preview = PromptPreview(services, bridge, self)
        self.trial = TemplateTrial(services, bridge, self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._on_settled)
        window.compose.wish_changed.connect(self._on_changed)
        window.compose.unfold_prompt.toggled.connect(self._on_changed)
        self._page.editor_wanted.connect(self.edit_template)
        self.preview.ready.connect(self._page.show_prompt)
        self.preview.ready.connect(window.compose.set_meter)
        self.preview.failed.connect(self._page.show_failure)
        self.trial.kept.connect(self._on_kept)
        workspace.moment_ready.connect(self._on_moment_ready)
        workspace.session_opened.connect(self._on_session_opened)

    def close(self) -> None:
        self._settled.stop()
        self.preview.close()

    def forget(self) -> None:
        """Drop the request that is shown, and one that is on its way."""
        self._settled.stop()
        self.preview.close()
        self._page.show_failure("")
        self._window.compose.set_meter(None)

    @Slot()
    def edit_template(self) -> None:
        """Open the editor on the template that is chosen, else on the one that is shipped."""
        chosen = self._page.chosen_template or next(iter(self._templates), None)
        branch = self._workspace.branch
        if chosen is None or branch is None:
            return
        from app.ui.compose.template_dialog import TemplateDialog

        dialog = TemplateDialog(self._window.theme, self._window, chosen)
        self._dialog = dialog
        dialog.render_wanted.connect(self._on_render_wanted)
        dialog.keep_wanted.connect(self.trial.keep)
        dialog.chosen.connect(self._on_chosen)
        dialog.finished.connect(self._on_finished)
        self.trial.rendered.connect(dialog.show_rendered)
        self.trial.wrong.connect(dialog.show_wrong)
        self.trial.versions_ready.connect(dialog.show_versions)
        self.trial.read_versions()
        dialog.begin()

    @Slot()
    def _on_changed(self) -> None:
        self._window.compose.set_meter(None)
        if self._page.isVisible() or self._is_quick:
            self._settled.start()

    @Slot()
    def _on_settled(self) -> None:
        branch = self._workspace.branch
        if branch is not None and (self._page.isVisible() or self._is_quick):
            request = request_of(self._window.compose.wish(), branch.id)
            self.preview.ask(request, self._workspace.playhead)

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        self._is_quick = moment.context_tokens <= METERED_TOKENS
        strategy = part_of(moment.state, "recommendation", "strategy")
        self._page.set_strategy(own_strategy(strategy) or OFF)
        self._on_changed()

    @Slot()
    def _on_session_opened(self) -> None:
        self._bridge.run_latest(
            "newest templates", self._services.templates.newest, self._on_templates_read, self._on_failed
        )

    def _on_templates_read(self, templates: tuple[PromptTemplate, ...], chosen: str | None = None) -> None:
        self._templates = templates
        self._page.set_templates(templates, chosen)

    def _on_failed(self, error: Exception) -> None:
        self._window.notice.tell(str(error) or type(error).__name__)

    # --- the editor

    @Slot(str)
    def _on_render_wanted(self, text: str) -> None:
        branch, wish = self._workspace.branch, self._window.compose.wish()
        if branch is not None:
            self.trial.render(text, branch.id, self._workspace.playhead, wish.say, wish.recommend)

    @Slot(object)
    def _on_kept(self, version: InstructionsVersion) -> None:
        if self._dialog is not None:
            self._dialog.finish()
        read = partial(self._on_templates_read, chosen=version.name)
        self._bridge.run_latest("newest templates", self._services.templates.newest, read, self._on_failed)

    @Slot(object)
    def _on_chosen(self, template: PromptTemplate) -> None:
        if template in self._templates:
            self._page.set_templates(self._templates, template.name)
        else:
            self._page.set_templates((*self._templates, template), template.name)

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None
