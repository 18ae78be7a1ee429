"""Starts the window, and ends everything in order when it is closed."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.collector import collect_seldom, collect_what_is_due, collect_when_asked_only
from app.domain.errors import BranchlineError
from app.ui import theme as themes
from app.ui.end_signals import told_to_end
from app.ui.icons import program_icon
from app.ui.main_window import MainWindow
from app.ui.preferences import language
from app.ui.preferences.applying import keep_still, scale_before_start
from app.ui.preferences.settings import WindowSettings
from app.ui.presenter import Presenter
from app.viewmodels.branch_walk import BranchWalk
from app.viewmodels.bridge import Bridge
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from app.application.ports import Progress
    from app.ui.preferences.preferences import Preferences
    from app.ui.theme import ThemeChoice
    from app.viewmodels.services import Services

_log = logging.getLogger(__name__)

_COLLECTS_EVERY_MS: Final = 2_000

NO_DISPLAY = (
    "branchline: there is no display on this machine, so the window cannot open; "
    "the commands work without one (branchline --help), and branchline self-test checks the window offscreen"
)


class WindowApplication(QObject):
    """The window with everything behind it: theme, settings, order of closing."""

    def __init__(
        self,
        services: Services | Callable[[Progress], Services],
        settings_path: Path,
        open_at: tuple[str, str, int] | None = None,
    ) -> None:
        """``services`` may be what opens them: called on a worker once the window is painted, to tell progress."""
        super().__init__()
        collect_when_asked_only()
        self._garbage = QTimer(self, interval=_COLLECTS_EVERY_MS)
        self._garbage.timeout.connect(collect_what_is_due)
        self._garbage.start()
        self._opening = services if callable(services) else None
        self._progress: ProgressReport | None = None
        self.failure: BranchlineError | None = None
        self._settings = WindowSettings(settings_path)
        self._open_at = open_at
        self._preferences = self._settings.preferences
        self._theme = themes.resolve(self._preferences.theme, self._preferences.density)
        themes.apply(_application(), self._theme)
        keep_still(_application(), self._preferences)
        self.bridge = Bridge(self)
        self.window = MainWindow(self._theme)
        self.window.closing.connect(self._on_closing)
        _application().styleHints().colorSchemeChanged.connect(self._on_desktop_changed)
        self.window.restore_layout(self._settings)
        table = self.window.actions_table
        table.set_bindings(table.bindings.restored(self._settings.keys))
        self._is_closed = False
        self._presenter: Presenter | None = None
        if not callable(services):
            self._attach(services)

    @property
    def presenter(self) -> Presenter:
        if self._presenter is None:
            raise RuntimeError("the store is not open yet")
        return self._presenter

    def show(self) -> None:
        """Show the window; the store is opened and sessions are read once it is painted."""
        if self._opening is not None:
            self.window.transport.set_busy(self.tr("Opening…"))
            self.window.transport.installEventFilter(self)
        self.window.show()
        if self._opening is None:
            QTimer.singleShot(0, self._begin)

    def dispose(self) -> None:
        """Take the closed window down now, while the application is there and on its thread."""
        self.window.deleteLater()
        self.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What opening a store has to import first takes longer than all else before the first paint. A window that is
        # covered by what is in it is not painted itself.
        if event.type() == QEvent.Type.Paint and self._opening is not None:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._open)
        return super().eventFilter(watched, event)

    @Slot()
    def _open(self) -> None:
        if self._opening is not None:
            self._progress = ProgressReport(self.bridge, self._on_opening_progressed)
            work = partial(self._opening, self._progress)
            self.bridge.run(work, self._on_services_open, self._on_services_failed)

    def _on_opening_progressed(self, done: int, total: int | None, what: str) -> None:  # noqa: ARG002 -- a Progress
        """A store of an older layout is brought to the present one."""
        if self._presenter is None and total:
            told = self.tr("Bringing the store to its new layout, once: {percent} %")
            self.window.transport.set_busy(told.format(percent=done * 100 // total))

    def _on_services_open(self, services: Services) -> None:
        collect_seldom(again=True)  # what was imported and made since the start stays too
        self.window.transport.set_busy("")
        self._attach(services)
        self._begin()

    def _on_services_failed(self, error: Exception) -> None:
        self.window.transport.set_busy("")
        if isinstance(error, BranchlineError):
            self.failure = error
        self.tell(str(error) or type(error).__name__)

    def _attach(self, services: Services) -> None:
        self._presenter = Presenter(self.window, services, self.bridge)
        for sentence in services.warnings:
            self.window.notice.tell(sentence)
        self._presenter.timeline.places = self._settings.places
        self._presenter.branches.walk = BranchWalk(self._settings.visited_branches)
        self._presenter.find.search.set_recent(self._settings.recent_conditions)
        self._presenter.library.recent = self._settings.recent_imports
        if not self.window.write_guard.why_not:
            self._presenter.library.watch.resume(self._settings.watched_folder)
        self._presenter.reruns.remember(self._settings.last_rerun)
        self._presenter.reruns.kept.connect(self._on_rerun_kept)
        self._presenter.timeline.time_step_s = self._preferences.time_step_s
        self._presenter.commands.preferences_wanted.connect(self._on_preferences_wanted)
        self._presenter.commands.theme_toggled.connect(self._on_theme_toggled)
        self._presenter.commands.desktop_theme_wanted.connect(self._on_desktop_theme_wanted)

    @Slot()
    def _begin(self) -> None:
        workspace = self.presenter.workspace
        workspace.refresh()
        self.presenter.continuation.ask_models()
        last = self.presenter.timeline.places.latest
        if self._open_at is not None:
            workspace.open_session(*self._open_at)
        elif last is not None:
            workspace.resume_session(last.session, last.branch, last.position)

    def tell(self, sentence: str) -> None:
        """Show a failure in the window."""
        self.window.notice.tell(sentence)

    @property
    def preferences(self) -> Preferences:
        return self._preferences

    @Slot(object)
    def prefer(self, preferences: Preferences) -> None:
        """Have all this from now on, and at the next start."""
        self._preferences = self._settings.preferences = preferences
        self._theme = themes.resolve(preferences.theme, preferences.density)
        themes.apply(_application(), self._theme)
        keep_still(_application(), preferences)
        self.window.set_theme(self._theme)
        if self._presenter is not None:
            self._presenter.timeline.time_step_s = preferences.time_step_s
            self._presenter.trials.set_theme(self._theme)
            self._presenter.reruns.set_theme(self._theme)

    def set_theme(self, choice: ThemeChoice) -> None:
        self.prefer(replace(self._preferences, theme=choice))

    @Slot(str)
    def _on_rerun_kept(self, text: str) -> None:
        """Written at once: it is for the case that the program ends in no order."""
        self._settings.last_rerun = text
        self._settings.save()

    @Slot()
    def _on_preferences_wanted(self) -> None:
        from app.ui.preferences.dialog import PreferencesDialog

        dialog = PreferencesDialog(self._preferences, self.window)
        dialog.changed.connect(self.prefer)
        dialog.keys_requested.connect(self.window.actions_table["show_shortcuts"].trigger)
        dialog.open()

    @Slot()
    def _on_theme_toggled(self) -> None:
        self.set_theme("light" if self._theme.dark else "dark")

    @Slot()
    def _on_desktop_theme_wanted(self) -> None:
        self.set_theme("system")

    @Slot()
    def _on_desktop_changed(self) -> None:
        if self._preferences.theme == "system" and not self._is_closed:
            self.set_theme("system")

    @Slot()
    def _on_closing(self) -> None:
        """Cancel, save, join: in this order, so that nothing is told to a window that is gone."""
        if self._is_closed:
            return
        self._is_closed = True
        presenter = self._presenter
        if presenter is not None:
            presenter.timeline.remember()
            self._settings.places = presenter.timeline.places
            self._settings.visited_branches = presenter.branches.walk.to_json()
            self._settings.recent_conditions = presenter.find.search.recent
            self._settings.recent_imports = presenter.library.recent
            self._settings.watched_folder = presenter.library.watch.to_json()
        self.window.save_layout(self._settings)
        self._settings.keys = self.window.actions_table.bindings.to_json()
        self._settings.save()
        if presenter is not None:
            presenter.close()
        if self._progress is not None:
            self._progress.cancel()
        self.bridge.close()


def run_window(
    services: Services | Callable[[Progress], Services],
    settings_path: Path,
    open_at: tuple[str, str, int] | None = None,
) -> int:
    """Show the window until it is closed; returns the exit code. ``open_at``: session, branch, position.

    Raises what kept ``services`` from being opened, after the window has told it and was closed.
    """
    if not has_display():
        print(NO_DISPLAY, file=sys.stderr)  # noqa: T201 -- there is no window to say it in
        return 1
    preferences = WindowSettings(settings_path).preferences
    scale_before_start(preferences)
    app = make_application()
    language.install(app, preferences.language)
    program = WindowApplication(services, settings_path, open_at)
    previous = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("unexpected failure", exc_info=(kind, error, trace))
        previous(kind, error, trace)
        if isinstance(error, Exception):
            program.tell(f"{kind.__name__}: {error}")

    sys.excepthook = told
    try:
        with told_to_end(program.window.close):
            program.show()
            code = app.exec()
    finally:
        sys.excepthook = previous
        program.dispose()
    if program.failure is not None:
        raise program.failure
    return code


def make_application() -> QApplication:
    """The one ``QApplication``, dressed and named; the one that is there already where there is one."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    # States are rebuilt on other threads in long stretches of Python: with the default of 5 ms the window would wait
    # for several such turns whenever it draws.
    sys.setswitchinterval(0.0005)
    app.setApplicationName("branchline")
    app.setApplicationDisplayName("Branchline")
    app.setDesktopFileName("branchline")
    app.setStyle("Fusion")
    app.setWindowIcon(program_icon())
    return app


def has_display() -> bool:
    """Whether a window can open here; asked before Qt is, for Qt would abort the process."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("make_application comes first")  # noqa: TRY004 -- not a wrong argument
    return app
