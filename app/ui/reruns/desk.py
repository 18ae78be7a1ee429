"""Connects re-runs over sessions to the window: which sessions, who plays them, where a turn is looked at."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.application.rerun_wish import wish_from
from app.domain.errors import BadInput
from app.ui.widgets.file_dialog import FileDialog
from app.viewmodels.plural import plural
from app.viewmodels.rerun_series import RerunSeries
from app.viewmodels.rerun_words import plan_words, progress_words, total_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.ports import ModelInfo
    from app.application.rerun_wish import RerunWish
    from app.application.session_reruns import RerunPlan, RerunResult, RerunUpdate
    from app.domain.branches import Branch
    from app.domain.instructions import InstructionsVersion
    from app.domain.lab.checks import Check
    from app.domain.templates import PromptTemplate
    from app.ui.main_window import MainWindow
    from app.ui.reruns.dialog import RerunsDialog
    from app.ui.reruns.form import Choice
    from app.ui.theme import Theme
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.rerun_table import RerunPlace
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

Library = tuple["tuple[InstructionsVersion, ...]", "tuple[PromptTemplate, ...]"]


class RerunsDesk(QObject):
    """Lives as long as the window; its dialog comes into being when it is first wanted.

    Signals:
        kept(str): what is to be remembered, so that a run can be gone on with after the program has ended anyhow.
        library_wanted: the person wants to see or write instructions.
    """

    kept = Signal(str)
    library_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        compare: Callable[[tuple[str, ...]], None],
        is_busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """``compare`` puts branches side by side; ``is_busy``: other trials are asking the server."""
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._compare, self._is_busy = compare, is_busy
        self._models: tuple[ModelInfo, ...] = ()
        self._dialog: RerunsDialog | None = None
        self._plan: RerunPlan | None = None
        self._last: RerunWish | None = None
        self._is_unfinished = False
        self._pending: RerunPlace | None = None
        self.series = RerunSeries(services.reruns, services.io, bridge, self)
        self.series.planned.connect(self._on_planned)
        self.series.plan_failed.connect(self._on_no_plan)
        self.series.planning.connect(self._on_planning)
        self.series.running_changed.connect(self._on_running_changed)
        self.series.updated.connect(self._on_updated)
        self.series.ended.connect(self._on_ended)
        self.series.failed.connect(self._on_failed)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.failed.connect(self._on_open_failed)
        window.library.rerun_requested.connect(self.open)

    def close(self) -> None:
        self.series.close()

    def remember(self, text: str) -> None:
        """What ``kept`` told when the program ran last."""
        try:
            told = json.loads(text) if text else {}
        except ValueError:
            return
        if isinstance(told, dict):
            self._last, self._is_unfinished = wish_from(told.get("wish")), told.get("ended") is not True

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        self._models = models
        if self._dialog is not None:
            self._dialog.form.set_models(models, self._window.compose.parameters.model_name)

    def set_theme(self, theme: Theme) -> None:
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def open(self, sessions: tuple[str, ...] = ()) -> None:
        """Ask how to play these sessions (ids) again; without any, those that are chosen in the list.

        What is being played is shown instead; so is what was played, until other sessions are named or chosen.
        """
        dialog = self._dialog or self._made()
        if not self.series.is_running and (sessions or not self._is_still_meant()):
            self._plan = None
            dialog.form.set_models(self._models, self._window.compose.parameters.model_name)
            dialog.form.set_choices(self._choices(sessions))
            self._on_choice_chosen()
            self._read_library()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _is_still_meant(self) -> bool:
        """Whether the table tells what was played, and nobody has chosen several other sessions since."""
        chosen = self._window.library.chosen_sessions()
        if self._plan is None or self._plan.wish is not self._last:
            return False
        return len(chosen) < 2 or chosen == self._plan.wish.sessions

    def _choices(self, sessions: tuple[str, ...]) -> list[Choice]:
        from app.ui.reruns.form import Choice

        library = self._window.library
        chosen, listed = sessions or library.chosen_sessions(), library.listed_sessions()
        count = len(chosen)
        of_chosen = Choice(plural("Reruns", "{count} chosen session", "{count} chosen sessions", count), chosen)
        one, many = "the {count} session of the list", "all {count} sessions of the list"
        of_list = Choice(plural("Reruns", one, many, len(listed)), listed)
        choices = [of_chosen, of_list] if sessions or count > 1 else [of_list, of_chosen]  # one is in focus, no more
        choices = [choice for choice in choices if choice.sessions] or [of_list]
        if self._last is not None:
            last = self._last.sessions
            one, many = "the last re-run: {count} session", "the last re-run: {count} sessions"
            again = Choice(plural("Reruns", one, many, len(last)), last)
            choices.insert(0 if self._is_unfinished and not sessions and count < 2 else len(choices), again)
        return choices

    def _made(self) -> RerunsDialog:
        from app.ui.reruns.dialog import RerunsDialog

        dialog = self._dialog = RerunsDialog(self._window.theme, self._window)
        dialog.form.changed.connect(self._on_wish_changed)
        dialog.form.sessions.currentIndexChanged.connect(self._on_choice_chosen)
        dialog.form.library_wanted.connect(self.library_wanted)
        dialog.form.checks.file_wanted.connect(self._ask_file)
        dialog.start_wanted.connect(self._on_start_wanted)
        dialog.stop_wanted.connect(self.series.stop)
        dialog.pause_toggled.connect(self._on_pause_toggled)
        dialog.place_wanted.connect(self._on_place_wanted)
        return dialog

    # --- what there is to choose

    def _read_library(self) -> None:
        self._bridge.run_latest("reruns.library", self._library, self._on_library_read, self._on_read_failed)

    def _library(self) -> Library:
        return self._services.trials.instructions(), self._services.templates.newest()

    def _on_library_read(self, found: Library) -> None:
        if self._dialog is not None and not self.series.is_running:
            form = self._dialog.form
            form.set_instructions(found[0])
            form.set_templates(found[1])
            self._on_choice_chosen()

    @Slot()
    def _on_choice_chosen(self) -> None:
        """The last re-run is chosen with all that it asked with."""
        if self._dialog is not None and self._last is not None:
            form = self._dialog.form
            if form.chosen_sessions() is self._last.sessions:
                form.show_wish(self._last)

    @Slot()
    def _ask_file(self) -> None:
        dialog = FileDialog(self._dialog or self._window, self.tr("Checks from a file"))
        dialog.setObjectName("reruns.checks")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Checks (*.toml *.json)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        work = partial(self._services.reruns.checks_in, Path(name))
        self._bridge.run(work, self._on_checks_read, self._on_read_failed)

    def _on_checks_read(self, checks: tuple[Check, ...]) -> None:
        if self._dialog is not None and not self.series.is_running:
            self._dialog.form.checks.show_checks(checks)

    def _on_read_failed(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.said.setText(str(error) or type(error).__name__)

    # --- the plan

    @Slot()
    def _on_wish_changed(self) -> None:
        if self._dialog is None or self.series.is_running:
            return
        self._plan = None
        try:
            wish = self._dialog.form.wish()
        except BadInput as error:
            self.series.forget_plan()
            self._dialog.show_no_plan(str(error))
            return
        self._dialog.show_planning(self.tr("Looking at the sessions…"))
        self.series.ask_plan(wish)

    @Slot(int, int)
    def _on_planning(self, done: int, total: int) -> None:
        if self._dialog is not None and self._plan is None and not self.series.is_running:
            told = self.tr("Looking at the sessions… {done} of {all}")
            self._dialog.show_planning(told.format(done=f"{done:,}", all=f"{total:,}"))

    @Slot(object)
    def _on_planned(self, plan: RerunPlan) -> None:
        if self._dialog is not None and not self.series.is_running:
            self._plan = plan
            self._dialog.show_plan(plan, plan_words(plan))

    @Slot(str)
    def _on_no_plan(self, sentence: str) -> None:
        if self._dialog is not None and not self.series.is_running:
            self._dialog.show_no_plan(sentence)

    # --- playing

    @Slot()
    def _on_start_wanted(self) -> None:
        if self._plan is None or self._dialog is None:
            return
        if self._is_busy():
            self._dialog.said.setText(self.tr("Trials are being played; wait for their end, or stop them."))
            return
        self._last = self._plan.wish
        self._keep(ended=False)
        self.series.start(self._plan)

    def _keep(self, *, ended: bool) -> None:
        if self._last is not None:
            self._is_unfinished = not ended
            self.kept.emit(json.dumps({"wish": self._last.to_json(), "ended": ended}, ensure_ascii=False))

    @Slot(bool)
    def _on_pause_toggled(self, paused: bool) -> None:
        self.series.set_paused(paused=paused)

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        if self._dialog is None:
            return
        self._dialog.set_running(running=running)
        if not running:
            self._dialog.show_stopped(self.tr("Stopped; Start goes on with what is left."))
            self._workspace.reload()
            self._workspace.reread_sessions()

    @Slot(object)
    def _on_updated(self, update: RerunUpdate) -> None:
        if self._dialog is not None:
            self._dialog.show_update(update, progress_words(update.series))

    @Slot(object)
    def _on_ended(self, result: RerunResult) -> None:
        if self._dialog is None:
            return
        self._dialog.show_result(result, "")
        found = self._dialog.model.total()
        self._keep(ended=found["completed"] == found["trials"])
        stopped = result.series.stopped
        self._dialog.said.setText(" · ".join(filter(None, (total_words(found), stopped))))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_stopped(sentence)

    # --- a turn is looked at

    @Slot(object)
    def _on_place_wanted(self, place: RerunPlace) -> None:
        self._pending = place
        self._workspace.open_session(place.session, place.rerun, place.position)
        if self._dialog is not None:
            self._dialog.hide()  # it would cover what it was asked for; the same key shows it again

    @Slot(object)
    def _on_branch_changed(self, branch: Branch) -> None:
        place = self._pending
        if place is not None and branch.id == place.rerun:
            self._pending = None
            self._compare((place.recorded, place.rerun))

    @Slot(str)
    def _on_open_failed(self, sentence: str) -> None:  # noqa: ARG002 -- it is told elsewhere
        self._pending = None
