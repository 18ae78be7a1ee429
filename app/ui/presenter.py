"""Connects the panes to the one focus: wishes go one way, facts the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from app.ui.branches.desk import BranchDesk
from app.ui.commands import Commands
from app.ui.compare_presenter import ComparePresenter
from app.ui.compose.extras_desk import ExtrasDesk
from app.ui.compose.instructions_desk import InstructionsDesk
from app.ui.exporting.desk import ExportDesk
from app.ui.find_presenter import FindPresenter
from app.ui.inspector_presenter import InspectorPresenter
from app.ui.library.desk import LibraryDesk
from app.ui.mapping.desk import MappingDesk
from app.ui.models.desk import ModelsDesk
from app.ui.notebook.desk import NotebookDesk
from app.ui.palette.desk import PaletteDesk
from app.ui.prompt_presenter import PromptPresenter
from app.ui.redaction.desk import RedactionDesk
from app.ui.reruns.desk import RerunsDesk
from app.ui.search_presenter import SearchPresenter
from app.ui.sharing.desk import ShareDesk
from app.ui.side_by_side.desk import SideBySideDesk
from app.ui.story_presenter import StoryPresenter
from app.ui.timeline_presenter import TimelinePresenter
from app.ui.trials.desk import TrialsDesk
from app.ui.whatif.desk import WhatIfDesk
from app.viewmodels.branch_tree import worth_a_mark
from app.viewmodels.continuation import Continuation, request_of
from app.viewmodels.playback import Playback
from app.viewmodels.redaction.masked_services import masked_services
from app.viewmodels.redaction.screen_masking import make_mask
from app.viewmodels.workspace import Workspace

if TYPE_CHECKING:
    from array import array
    from pathlib import Path

    from app.application.continuing import ContinueResult, ContinueUpdate
    from app.application.moment import Moment
    from app.application.ports import ModelInfo
    from app.domain.branches import Branch
    from app.domain.sessions import SessionSummary
    from app.domain.transcript import Entry
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.compose import Wish
    from app.viewmodels.playback import Pacing
    from app.viewmodels.services import Services


class Presenter(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, services: Services, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        mask = make_mask(services.redacting)
        services = masked_services(services, mask)
        self.workspace = Workspace(services, bridge, self)
        self.continuation = Continuation(services, bridge, self.workspace, self)
        self.playback = Playback(self._where, self, self._recorded_pace)
        self._instructions: str | None = None
        self._model = ""
        self._connect_wishes()
        self._connect_facts()
        self.timeline = TimelinePresenter(window, services, bridge, self.workspace, self.playback, self)
        self.story = StoryPresenter(window, services, bridge, self.workspace, self.continuation, self)
        self.inspector = InspectorPresenter(window, services, bridge, self.workspace, self.playback, self)
        self.shares = ShareDesk(window, services, bridge, self.workspace, self.inspector)
        self.compare = ComparePresenter(window, services, bridge, self.workspace, self)
        self.find = FindPresenter(window, services, bridge, self.workspace, self.playback, self)
        self.branches = BranchDesk(window, services, bridge, self.workspace, self.timeline.say, self)
        self.redaction = RedactionDesk(window, services, bridge, self.workspace, mask, self)
        review, say = self.redaction.look_through, self.timeline.say
        self.side_by_side = SideBySideDesk(window, services, bridge, self.workspace, self.playback, say, review, self)
        self.trials = TrialsDesk(window, services, bridge, self.workspace, self.side_by_side.put, self)
        self.reruns = RerunsDesk(
            window,
            services,
            bridge,
            self.workspace,
            self.side_by_side.put,
            lambda: self.trials.series.is_running,
            self,
        )
        self.reruns.library_wanted.connect(self.trials.open_library)
        self.notebook = NotebookDesk(window, services, bridge, self.workspace, self.playback, self.timeline.say, self)
        self.compare.set_noted(lambda: self.notebook.noting.rows)
        self.what_if = WhatIfDesk(window, services, bridge, self.workspace, self.playback, self.timeline.say, self)
        self.extras = ExtrasDesk(window, services, bridge, self.workspace, self)
        self.instructions = InstructionsDesk(window, services, bridge, self.workspace, self)
        self.models = ModelsDesk(window, services, bridge, self.continuation, self)
        self.prompt = PromptPresenter(window, services, bridge, self.workspace, self)
        self.library = LibraryDesk(
            window, services, bridge, self.workspace, self.timeline.say, self.shares.open_shares, self
        )
        self.exporting = ExportDesk(
            window,
            services,
            bridge,
            self.workspace,
            self.playback,
            lambda: self.notebook.noting.rows,
            self.redaction.new_review,
            self,
        )
        self.mapping = MappingDesk(window, services, bridge, self.workspace, self.redaction.may_show_findings, self)
        self.library.map_wanted.connect(self.mapping.open)
        self.commands = Commands(
            window,
            services,
            bridge,
            self.workspace,
            self.continuation,
            self.playback,
            timeline=self.timeline,
            inspector=self.inspector,
            compare=self.compare,
            side_by_side=self.side_by_side,
            trials=self.trials,
            reruns=self.reruns,
            find=self.find,
            notebook=self.notebook,
            branches=self.branches,
            what_if=self.what_if,
            models=self.models,
            library=self.library,
            mapping=self.mapping,
            redaction=self.redaction,
            exporting=self.exporting,
            palette=PaletteDesk(window, self.workspace, self.notebook, self._on_session_requested, self),
        )
        self.searching = SearchPresenter(window, services, bridge, self.workspace, self.playback, self)
        self.redaction.masking.forgotten.connect(self._on_forgotten)
        self.commands.search_wanted.connect(self.searching.open)
        self.commands.story_wanted.connect(self.searching.show_story)
        window.actions_table.connect_to(self.commands)
        self._enable()

    def close(self) -> None:
        """Stop everything that runs; nothing is shown any more."""
        self.playback.pause()
        self.shares.close()
        self.inspector.close()
        self.compare.close()
        self.side_by_side.close()
        self.trials.close()
        self.reruns.close()
        self.find.close()
        self.searching.close()
        self.library.close()
        self.mapping.close()
        self.continuation.close()
        self.notebook.close()
        self.branches.close()
        self.what_if.close()
        self.prompt.close()
        self.redaction.close()
        self.models.close()
        self.exporting.close()
        self.workspace.close()

    def _where(self) -> tuple[int, int]:
        return self.workspace.playhead, self.workspace.head

    def _recorded_pace(self, cap_s: float) -> Pacing | None:
        timeline = self.workspace.timeline
        return timeline.recorded_pace(cap_s) if timeline is not None else None

    def _connect_wishes(self) -> None:
        window, workspace = self._window, self.workspace
        window.files_dropped.connect(self._on_files_dropped)
        window.transport.branch_requested.connect(workspace.switch_branch)
        window.library.session_requested.connect(self._on_session_requested)
        window.timeline.position_requested.connect(workspace.seek)
        window.conversation.window_requested.connect(workspace.request_entries)
        window.conversation.entry_activated.connect(workspace.seek)
        window.conversation.link_requested.connect(self._on_link_requested)
        window.conversation.keep_requested.connect(self.continuation.keep)
        window.inspector.position_requested.connect(workspace.seek)
        window.compose.continue_requested.connect(self._on_continue_requested)
        window.compose.again_requested.connect(self._on_again_requested)
        window.compose.stop_requested.connect(self.continuation.stop)
        window.compose.models_requested.connect(self.continuation.ask_models)
        self.playback.step_wanted.connect(workspace.step)
        self.playback.state_changed.connect(self._on_playback_changed)

    def _connect_facts(self) -> None:
        window, workspace, continuation = self._window, self.workspace, self.continuation
        workspace.sessions_changed.connect(window.library.set_sessions)
        workspace.session_opened.connect(self._on_session_opened)
        workspace.branches_changed.connect(self._on_branches_changed)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.playhead_moved.connect(self._on_playhead_moved)
        workspace.moment_ready.connect(self._on_moment_ready)
        workspace.births_ready.connect(self._on_births_ready)
        workspace.entries_ready.connect(self._on_entries_ready)
        workspace.problems_changed.connect(window.timeline.set_problems)
        workspace.failed.connect(window.notice.tell)
        workspace.busy_changed.connect(window.transport.set_busy)
        continuation.running_changed.connect(self._on_running_changed)
        continuation.generation_updated.connect(self._on_generation_updated)
        continuation.generation_finished.connect(self._on_generation_finished)
        continuation.generation_stopped.connect(self._on_generation_stopped)
        continuation.kept.connect(window.compose.forget_result)
        continuation.models_ready.connect(window.compose.set_models)
        continuation.models_ready.connect(self._on_models_ready)
        continuation.models_failed.connect(window.compose.set_models_failed)
        continuation.failed.connect(self._on_continuation_failed)

    @Slot(object)
    def _on_models_ready(self, models: tuple[ModelInfo, ...]) -> None:
        self.trials.set_models(models)
        self.reruns.set_models(models)

    @Slot()
    def _on_forgotten(self) -> None:
        """What panes hold was read with the mask off, or on: they let go of it before all is read anew."""
        self.playback.pause()
        self.searching.forget()
        self.side_by_side.shown.close()
        self._window.notice.clear()
        self.prompt.forget()
        self._window.compose.forget_result()
        self._window.conversation.stream_finished()
        self._window.conversation.invalidate()
        self._window.inspector.clear()

    # --- wishes

    @Slot(object)
    def _on_files_dropped(self, paths: tuple[Path, ...]) -> None:
        self.library.import_paths(paths)

    @Slot(str)
    def _on_session_requested(self, session: str) -> None:
        self.playback.pause()
        self.timeline.open_session(session)

    @Slot(object)
    def _on_continue_requested(self, wish: Wish) -> None:
        if self.workspace.branch is not None:
            self.playback.pause()
            self._window.notice.clear()
            self._model = wish.model or ""
            self.continuation.continue_branch(request_of(wish, self.workspace.branch.id, self.extras.asking.ask))

    @Slot()
    def _on_again_requested(self) -> None:
        self.playback.pause()
        self._window.notice.clear()
        extras = self._window.compose.extras
        self.continuation.try_again(extras.tool_answers(self.extras.asking.ask), may_cut=extras.may_cut)

    @Slot(str)
    def _on_link_requested(self, address: str) -> None:
        """Links come from files and models: none is followed before a person has read where it leads."""
        box = QMessageBox(self._window)
        box.setObjectName("link.question")
        box.setWindowTitle(self.tr("Open a link"))
        box.setTextFormat(box.textFormat().PlainText)
        box.setText(self.tr("Open this address in your browser?"))
        box.setInformativeText(address)
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setProperty("address", address)
        box.finished.connect(self._on_link_answered)
        box.open()

    @Slot(int)
    def _on_link_answered(self, answer: int) -> None:
        box = self.sender()
        if isinstance(box, QMessageBox):
            if answer == QMessageBox.StandardButton.Open:
                QDesktopServices.openUrl(QUrl(str(box.property("address"))))
            box.deleteLater()

    # --- facts

    @Slot(object)
    def _on_session_opened(self, session: SessionSummary) -> None:
        self._window.notice.clear()
        self._window.compose.forget_result()
        self._window.transport.set_session(session.header.title)
        self._window.library.set_open(session.header.id)
        self._window.setWindowTitle(f"{session.header.title} – Branchline")
        self._enable()

    @Slot(object)
    def _on_branches_changed(self, branches: tuple[Branch, ...]) -> None:
        branch = self.workspace.branch
        if branch is not None:
            shown = worth_a_mark(branches, self.workspace.labels, branch.id)
            starred = next((one for one, label in self.workspace.labels.items() if label.starred), "")
            self._window.transport.set_branches(shown, branch.id, starred)
            self._count_branches(len(branches))
            self._show_target()

    def _count_branches(self, count: int) -> None:
        """The list of sessions tells how many branches each has; somebody has made or brought some since."""
        opened = self.workspace.session
        known = next((one for one in self.workspace.sessions if opened and one.header.id == opened.header.id), None)
        if known is not None and known.branches != count:
            self.workspace.reread_sessions()

    @Slot(object)
    def _on_branch_changed(self, branch: Branch) -> None:
        window, workspace = self._window, self.workspace
        if not len(workspace.births):
            window.conversation.invalidate()
            window.inspector.clear()
        if branch.id != self.continuation.branch:
            window.compose.forget_result()
        if workspace.timeline is not None:
            shown = worth_a_mark(workspace.branches, workspace.labels, branch.id)
            window.timeline.set_branch(branch, shown, workspace.timeline, workspace.playhead)

    @Slot(int)
    def _on_playhead_moved(self, position: int) -> None:
        workspace = self.workspace
        self._window.timeline.set_playhead(position)
        self._window.transport.set_place(position, workspace.head, workspace.timeline)

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        changed = frozenset(entry.ord for entry in moment.changed_entries)
        self._window.conversation.set_playhead(moment.position, changed)
        self._window.inspector.show_moment(moment)
        self._window.compose.set_conversation_tokens(moment.context_tokens)
        self._instructions = moment.state.get("conversation", {}).get("instructions")
        self._show_target()

    def _show_target(self) -> None:
        workspace = self.workspace
        if workspace.branch is not None:
            self._window.compose.set_target(
                workspace.branch.name, workspace.playhead, workspace.head, self._instructions
            )

    @Slot(object)
    def _on_births_ready(self, births: array[int]) -> None:
        self._window.conversation.set_births(births)

    @Slot(int, object)
    def _on_entries_ready(self, first: int, entries: tuple[Entry, ...]) -> None:
        self._window.conversation.show_entries(first, entries)

    @Slot()
    def _on_playback_changed(self) -> None:
        self._window.transport.set_playing(is_playing=self.playback.is_playing)
        self._window.transport.set_pace(self.playback.speed, self.playback.pace, self.playback.cap_s)

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        self._window.compose.set_running(running)
        self._enable()

    @Slot(object)
    def _on_generation_updated(self, update: ContinueUpdate) -> None:
        self._window.compose.show_update(update)
        if self.workspace.branch is not None and self.workspace.branch.id == self.continuation.branch:
            self._window.conversation.stream_updated(update, self._model)

    @Slot(object)
    def _on_generation_finished(self, result: ContinueResult) -> None:
        self._window.compose.show_result(result)
        self._window.conversation.stream_finished()

    @Slot()
    def _on_generation_stopped(self) -> None:
        self._window.conversation.stream_finished()
        if self.continuation.can_try_again:
            self._window.compose.offer_again()

    @Slot(str)
    def _on_continuation_failed(self, sentence: str) -> None:
        self._window.compose.show_failure(sentence)
        self._window.conversation.stream_finished()
        if self.continuation.can_try_again:
            self._window.compose.offer_again()

    def _enable(self) -> None:
        have = {"nothing"}
        if self.workspace.session is not None:
            have.add("session")
        if self.continuation.is_running:
            have.add("running")
        self._window.actions_table.enable(have)  # type: ignore[arg-type]
        self._window.transport.set_enabled(has_session="session" in have)
