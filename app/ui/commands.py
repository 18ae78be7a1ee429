"""What each action of the table does; a method a row, by the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from app.ui.branches.commands import BranchCommands
from app.ui.field_commands import FieldCommands
from app.ui.notebook.commands import NotebookCommands
from app.ui.playhead_commands import PlayheadCommands
from app.ui.whatif.commands import WhatIfCommands

if TYPE_CHECKING:
    from app.ui.branches.desk import BranchDesk
    from app.ui.compare_presenter import ComparePresenter
    from app.ui.exporting.desk import ExportDesk
    from app.ui.find_presenter import FindPresenter
    from app.ui.inspector_presenter import InspectorPresenter
    from app.ui.library.desk import LibraryDesk
    from app.ui.main_window import MainWindow
    from app.ui.mapping.desk import MappingDesk
    from app.ui.models.desk import ModelsDesk
    from app.ui.notebook.desk import NotebookDesk
    from app.ui.palette.desk import PaletteDesk
    from app.ui.redaction.desk import RedactionDesk
    from app.ui.reruns.desk import RerunsDesk
    from app.ui.side_by_side.desk import SideBySideDesk
    from app.ui.timeline_presenter import TimelinePresenter
    from app.ui.trials.desk import TrialsDesk
    from app.ui.whatif.desk import WhatIfDesk
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.continuation import Continuation
    from app.viewmodels.playback import Playback
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class Commands(BranchCommands, NotebookCommands, PlayheadCommands, FieldCommands, WhatIfCommands):
    """Slots without arguments, so that a menu, a key and a button can all call them.

    Signals:
        theme_toggled: light becomes dark, and the other way round.
        preferences_wanted: show the preferences.
        desktop_theme_wanted: follow the desktop from now on.
        search_wanted(str): look for events, at first in this scope.
        story_wanted(str): show everything about the customer of this id.
    """

    theme_toggled = Signal()
    desktop_theme_wanted = Signal()
    preferences_wanted = Signal()
    search_wanted = Signal(str)
    story_wanted = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        continuation: Continuation,
        playback: Playback,
        *,
        timeline: TimelinePresenter,
        inspector: InspectorPresenter,
        compare: ComparePresenter,
        side_by_side: SideBySideDesk,
        trials: TrialsDesk,
        reruns: RerunsDesk,
        find: FindPresenter,
        notebook: NotebookDesk,
        branches: BranchDesk,
        palette: PaletteDesk,
        what_if: WhatIfDesk,
        library: LibraryDesk,
        mapping: MappingDesk,
        redaction: RedactionDesk,
        models: ModelsDesk,
        exporting: ExportDesk,
    ) -> None:
        super().__init__(window)
        self._window, self._services, self._bridge = window, services, bridge
        self._workspace, self._continuation, self._playback = workspace, continuation, playback
        self.timeline, self.inspector, self.find = timeline, inspector, find
        self._compare, self._side_by_side, self._trials = compare, side_by_side, trials
        self._reruns = reruns
        self.notebook, self.palette = notebook, palette
        self.library, self._models = library, models
        self.mapping = mapping
        self.branches, self.what_if = branches, what_if
        self._redaction, self._exporting = redaction, exporting

    # --- sessions

    @Slot()
    def import_files(self) -> None:
        """Ask which files, then import them."""
        self.library.ask_files()

    @Slot()
    def import_folder(self) -> None:
        """Ask which folder, then import what is in it."""
        self.library.ask_folder()

    @Slot()
    def map_source(self) -> None:
        """Tell what the columns of a table, lines or a database mean, then import it."""
        self.mapping.ask_source()

    @Slot()
    def watch_folder(self) -> None:
        """Import what comes into a folder from now on, or no more."""
        self.library.ask_watched_folder()

    @Slot()
    def session_details(self) -> None:
        """Where the open session came from, and what was not captured."""
        if self._workspace.session is not None:
            self.library.show_details(self._workspace.session)

    @Slot()
    def export_session(self) -> None:
        if self._redaction.may_show_findings():
            self._exporting.open()

    @Slot()
    def find_session(self) -> None:
        self._window.show_sessions()
        self._window.library.focus_filter()

    @Slot()
    def search_here(self) -> None:
        self.search_wanted.emit("branch")

    @Slot()
    def search_everywhere(self) -> None:
        self.search_wanted.emit("all")

    @Slot()
    def customer_story(self) -> None:
        """All events of the customer of the session in focus, over their sessions."""
        session = self._workspace.session
        if session is None:
            return
        if session.header.subject is None:
            self._window.notice.tell(self.tr("This session names no customer, so there is no story to tell."))
        else:
            self.story_wanted.emit(session.header.subject)

    @Slot()
    def look_for_personal_data(self) -> None:
        self._redaction.open()

    @Slot()
    def toggle_masking(self) -> None:
        self._redaction.masking.toggle()

    @Slot()
    def refresh(self) -> None:
        self._workspace.refresh()

    # --- continuing and comparing

    @Slot()
    def continue_branch(self) -> None:
        self._window.compose.request_continue()

    @Slot()
    def stop(self) -> None:
        self._continuation.stop()

    @Slot()
    def try_variants(self) -> None:
        self._trials.open("variants")

    @Slot()
    def play_rest_again(self) -> None:
        self._trials.open("rerun")

    @Slot()
    def rerun_sessions(self) -> None:
        self._reruns.open()

    @Slot()
    def show_instructions(self) -> None:
        self._trials.open_library()

    @Slot()
    def show_models(self) -> None:
        self._models.open()

    @Slot()
    def compare_branches(self) -> None:
        self._side_by_side.compare()

    @Slot()
    def choose_compared(self) -> None:
        self._side_by_side.choose()

    @Slot()
    def difference_next(self) -> None:
        self._side_by_side.hop(1)

    @Slot()
    def difference_previous(self) -> None:
        self._side_by_side.hop(-1)

    @Slot()
    def compare_from_here(self) -> None:
        self._compare.mark()

    # --- view and help

    @Slot()
    def toggle_theme(self) -> None:
        self.theme_toggled.emit()

    @Slot()
    def follow_desktop(self) -> None:
        self.desktop_theme_wanted.emit()

    @Slot()
    def show_preferences(self) -> None:
        self.preferences_wanted.emit()

    @Slot()
    def show_palette(self) -> None:
        self.palette.show()

    @Slot()
    def show_shortcuts(self) -> None:
        from app.ui.shortcuts.sheet import ShortcutSheet

        ShortcutSheet(self._window.actions_table, self._window).open()

    @Slot()
    def show_about(self) -> None:
        from app.ui.about.dialog import AboutDialog

        AboutDialog(self._window).open()

    @Slot()
    def quit(self) -> None:
        self._window.close()
