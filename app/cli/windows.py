"""Commands that open the window: the window itself, open, demo, self-test."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, say
from app.domain.errors import BadInput, BranchlineError, ModelError
from app.domain.shares import SHARE_ENDING, shared_sentence

if TYPE_CHECKING:
    import argparse
    from contextlib import AbstractContextManager, ExitStack

    from app.application.ports import Progress
    from app.viewmodels.services import Services

DEMO_STORE = "demo.branchline"
DEMO_SETTINGS = "demo-window.ini"
FIRST_SESSION = "108_00022"


def window(options: argparse.Namespace) -> int:
    if not _has_screen():
        return 1

    def opening(behind: ExitStack, progress: Progress) -> Services:
        core = behind.enter_context(bootstrap.core(options.store, create=True, progress=progress))
        return bootstrap.services(core, behind.enter_context(_models()))

    return bootstrap.window_first(opening)


def open_at(options: argparse.Namespace) -> int:
    file = Path(options.session)
    if file.is_file() and bootstrap.is_share(file):
        return _open_shared(file, options)
    if file.is_file() and file.suffix == SHARE_ENDING:
        raise BadInput(f"{file} is a store, not a share file: open it with --store {file}")
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        position = core.library.position(branch, options.at)
        if not _has_screen():
            return 1
        with _models() as models:
            return bootstrap.window(core, models, (session.header.id, branch.id, position))


def _open_shared(file: Path, options: argparse.Namespace) -> int:
    """Show a share file in a window of its own; nothing of the person's own store is touched."""
    progress = ProgressLine()
    with bootstrap.shared(file, progress) as found:
        progress.close()
        say(one_line(f"{found.core.store.header(found.session).title}: {shared_sentence(found.share)}"))
        if not _has_screen():
            return 1
        with _models() as models:
            return bootstrap.shared_window(found, models, options.store)


def demo(options: argparse.Namespace) -> int:
    """Make what is missing, then open the window; ``--prepare`` stops before the window."""
    location = Path(options.store or bootstrap.data_folder() / DEMO_STORE)
    if options.reset:
        bootstrap.remove_store(location)
    ready = _demo_store(location, announce=options.prepare or options.reset)
    model = _demo_model()
    if options.prepare:
        return 0 if ready and model else 1
    if options.reset and not _screen_is_there():
        return 0
    if not _has_screen():
        return 1
    settings = bootstrap.data_folder() / DEMO_SETTINGS
    with opened_store(str(location)) as core, _models() as models:
        return bootstrap.window(core, models, None if settings.exists() else _first_look(core), settings=settings)


def _first_look(core: bootstrap.Core) -> tuple[str, str, int] | None:
    """Where a demo begins: in the middle of a session that shows messages, slots and recommendations at once."""
    for session in core.library.sessions():
        if session.header.external_id == FIRST_SESSION:
            return session.header.id, core.library.branch(session.header.id).id, session.events // 2
    return None


def _demo_store(location: Path, *, announce: bool) -> bool:
    progress = ProgressLine()
    with opened_store(str(location), create=True) as core:
        report = bootstrap.import_demo(core, progress)
        progress.close()
        sessions = core.library.sessions()
    if announce or report.events:
        say(f"ready: {len(sessions)} demo sessions with {sum(one.events for one in sessions):,} events in {location}")
    for bad in report.quarantined:
        say(f"not ready: {bad.file}: {bad.reason}")
    return bool(sessions) and not report.quarantined


def _demo_model() -> bool:
    """Fetch the built-in model where it is missing; a demo without it still opens, and says so."""
    progress = ProgressLine()
    try:
        found = bootstrap.builtin_model(say, progress)
    except ModelError as error:
        progress.close()
        say(f"not ready: the built-in model: {error}")
        return False
    progress.close()
    say(f"ready: the built-in model in {found.parent}")
    return True


def _models() -> AbstractContextManager[bootstrap.Models]:
    return bootstrap.models(say, ProgressLine(), fetch=False)


def _screen_is_there() -> bool:
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or not sys.platform.startswith("linux")


def _has_screen() -> bool:
    if _screen_is_there():
        return True
    say(
        "branchline: there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open; "
        "branchline self-test works without one, and every command but the window too"
    )
    return False


def self_test(options: argparse.Namespace) -> int:
    from app.cli.trial import run_trial

    try:
        return run_trial(require_model=options.require_model)
    except BranchlineError as error:
        say(f"failed: {error}")
        return 1
