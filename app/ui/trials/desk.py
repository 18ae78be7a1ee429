"""Connects trials to the window: where they begin, who plays them, where their branches are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from app.application.rerunning import TrialResult
from app.domain.errors import BadInput
from app.ui.trials.library import InstructionsDialog
from app.viewmodels.trial_series import TrialSeries

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.ports import ModelInfo
    from app.application.series import SeriesResult, SeriesUpdate
    from app.domain.instructions import InstructionsVersion
    from app.domain.lab.trials import Trial
    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme
    from app.ui.trials.dialog import TrialsDialog
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class TrialsDesk(QObject):
    """Lives as long as the window; its dialogs come into being when they are first wanted."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        compare: Callable[[tuple[str, ...]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._compare = compare
        self._models: tuple[ModelInfo, ...] = ()
        self._planned: tuple[Trial, ...] = ()
        self._dialog: TrialsDialog | None = None
        self._library: InstructionsDialog | None = None
        self._result: SeriesResult | None = None
        self.series = TrialSeries(services.trials, services.io, bridge, self)
        self.series.planned.connect(self._on_planned)
        self.series.plan_failed.connect(self._on_plan_failed)
        self.series.running_changed.connect(self._on_running_changed)
        self.series.updated.connect(self._on_updated)
        self.series.ended.connect(self._on_ended)
        self.series.failed.connect(self._on_failed)

    def close(self) -> None:
        self.series.stop()

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        """What the server has."""
        self._models = models
        if self._dialog is not None:
            self._dialog.form.set_models(models, self._window.compose.parameters.model_name)

    def set_theme(self, theme: Theme) -> None:
        for dialog in (self._dialog, self._library):
            if dialog is not None:
                dialog.set_theme(theme)

    def open(self, kind: str) -> None:
        """Ask what to try from the playhead; a series that is being played is shown instead."""
        workspace = self._workspace
        if workspace.branch is None:
            return
        dialog = self._dialog or self._made()
        if not self.series.is_running:
            dialog.form.kind.setCurrentIndex(dialog.form.kind.findData(kind))
            say = self._window.compose.message.toPlainText()
            dialog.form.set_place(workspace.branch.id, workspace.branch.name, workspace.playhead, say)
            dialog.form.set_models(self._models, self._window.compose.parameters.model_name)
            self._read_library("")
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def open_library(self) -> None:
        """Show the instructions that there are."""
        if self._library is None:
            self._library = InstructionsDialog(self._window.theme, self._window)
            self._library.save_wanted.connect(self._on_save_wanted)
        self._read_library("")
        self._library.show()
        self._library.raise_()

    def _made(self) -> TrialsDialog:
        from app.ui.trials.dialog import TrialsDialog

        dialog = self._dialog = TrialsDialog(self._window.theme, self._window)
        dialog.form.changed.connect(self._on_wish_changed)
        dialog.form.library_wanted.connect(self.open_library)
        dialog.start_wanted.connect(self._on_start_wanted)
        dialog.stop_wanted.connect(self.series.stop)
        dialog.pause_toggled.connect(self._on_pause_toggled)
        dialog.compare_wanted.connect(self._on_compare_wanted)
        dialog.branch_wanted.connect(self._workspace.switch_branch)
        return dialog

    # --- the plan

    @Slot()
    def _on_wish_changed(self) -> None:
        if self._dialog is None or self.series.is_running:
            return
        try:
            wish = self._dialog.form.wish()
        except BadInput as error:
            self._on_plan_failed(str(error))
            return
        self._planned = ()  # until it is known what this comes to, nothing can be started
        self._dialog.start.setEnabled(False)
        self.series.ask_plan(wish)

    @Slot(object)
    def _on_planned(self, trials: tuple[Trial, ...]) -> None:
        if self._dialog is None or self.series.is_running:
            return
        self._planned = trials
        place = f"{trials[0].at:,}" if trials else ""
        told = self.tr("{count} trials, each on a branch of its own from event {at}")
        if len(trials) == 1:
            told = self.tr("One trial, on a branch of its own from event {at}")
        self._dialog.show_plan(trials, told.format(count=len(trials), at=place))
        if self._result is not None and [one.key for one in trials] == [one.key for one in self.series.played]:
            self._show_result(self._result)  # they were played; nobody may have seen how they ended

    @Slot(str)
    def _on_plan_failed(self, sentence: str) -> None:
        self._planned = ()
        if self._dialog is not None:
            self._dialog.show_no_plan(sentence)

    # --- playing

    @Slot()
    def _on_start_wanted(self) -> None:
        self._result = None
        self.series.start(self._planned)

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

    @Slot(object)
    def _on_updated(self, update: SeriesUpdate) -> None:
        if self._dialog is not None:
            self._dialog.show_update(update, self._told(update))

    def _told(self, update: SeriesUpdate) -> str:
        parts = [self.tr("{done} of {all} done").format(done=update.done, all=update.total)]
        if update.is_paused:
            parts.append(self.tr("paused"))
        if update.failed:
            parts.append(self.tr("{count} failed").format(count=update.failed))
        if update.remaining_s:
            minutes, seconds = divmod(round(update.remaining_s), 60)
            parts.append(self.tr("about {minutes}:{seconds} left").format(minutes=minutes, seconds=f"{seconds:02}"))
        return " · ".join(parts)

    @Slot(object)
    def _on_ended(self, result: SeriesResult) -> None:
        self._result = result
        self._show_result(result)

    def _show_result(self, result: SeriesResult) -> None:
        if self._dialog is None:
            return
        good = sum(isinstance(one, TrialResult) for one in result.results)
        told = self.tr("{good} of {all} came to their end").format(good=good, all=len(self.series.played))
        self._dialog.show_result(result, f"{told} · {result.stopped}" if result.stopped else told)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_stopped(sentence)

    @Slot(object)
    def _on_compare_wanted(self, branches: tuple[str, ...]) -> None:
        self._compare(branches)
        if self._dialog is not None and not self.series.is_running:
            self._dialog.hide()  # it would cover what it was asked for; Ctrl+Shift+Enter shows it again

    # --- the library

    def _read_library(self, chosen: str) -> None:
        done = partial(self._on_library_read, chosen)
        self._bridge.run_latest("instructions", self._services.trials.instructions, done, self._on_library_failed)

    def _on_library_read(self, chosen: str, versions: tuple[InstructionsVersion, ...]) -> None:
        if self._dialog is not None:
            self._dialog.form.set_instructions(versions)
        if self._library is not None:
            self._library.show_versions(versions, chosen)

    @Slot(str, str, str)
    def _on_save_wanted(self, name: str, text: str, note: str) -> None:
        work = partial(self._services.trials.save_instructions, name, text, note)
        self._bridge.run(work, self._on_saved, self._on_library_failed)

    def _on_saved(self, saved: InstructionsVersion) -> None:
        self._read_library(str(saved.ref))

    def _on_library_failed(self, error: Any) -> None:
        if self._library is not None:
            self._library.tell(str(error) or type(error).__name__)
