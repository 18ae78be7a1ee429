"""What the window asks of the use cases, as protocols; bootstrap hands them over in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from app.application.ports import no_progress
from app.viewmodels.sharing_services import NO_SHARING, SharingServices

if TYPE_CHECKING:
    from array import array
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from app.application.continue_request import Picture
    from app.application.continuing import ContinueRequest, ContinueResult, ContinueUpdate
    from app.application.differences import Difference
    from app.application.explaining import Explanation
    from app.application.histories import FieldChange
    from app.application.imports import SessionImport
    from app.application.keeping import Kept
    from app.application.moment import Moment
    from app.application.ports import EventColumns, ModelInfo, Place, Progress, PullProgress
    from app.application.preparing import Prepared
    from app.application.redacting import ReviewScope
    from app.application.redaction_review import Review
    from app.application.searching import Hit, SearchPage, SearchRequest
    from app.application.stories import Story
    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch, Segment
    from app.domain.compare.comparison import Comparison
    from app.domain.edits import Edit
    from app.domain.events import Event
    from app.domain.forks import Fork, Holding
    from app.domain.instructions import InstructionsVersion
    from app.domain.mapping.mapping import RecordMapping, SourceRule
    from app.domain.mapping.sample import SourceRow
    from app.domain.notebook import NotebookEntry
    from app.domain.redaction.profile import RedactionProfile
    from app.domain.redaction.redaction import Redaction
    from app.domain.redaction.values import TextScan
    from app.domain.sessions import SessionSummary
    from app.domain.templates import PromptTemplate
    from app.domain.transcript import Entry
    from app.viewmodels.branch_services import BranchServices
    from app.viewmodels.exporting import Outgoing
    from app.viewmodels.lab_services import Judging, SessionReruns, Trials


class Library(Protocol):
    """The sessions there are."""

    def sessions(self) -> tuple[SessionSummary, ...]: ...


class BranchReader(Protocol):
    """What is known of branches without rebuilding any state."""

    def branches(self, session: str, /) -> tuple[Branch, ...]: ...

    def read(self, branch: str, first: int, last: int, /) -> tuple[Event, ...]: ...


class TimeMachine(Protocol):
    """Rebuilds what the window shows of a position; may be called from any thread."""

    def prepare(self, branch: str, progress: Progress, /) -> None: ...

    def columns(self, branch: str, /) -> EventColumns: ...

    def moment(self, branch: str, position: int, /) -> Moment: ...

    def entries(self, branch: str, first: int, count: int, at: int, /) -> tuple[Entry, ...]: ...

    def births(self, branch: str, /) -> array[int]: ...

    def runs(self, branch: str, count: int, at: int, /) -> tuple[tuple[Event, ...], ...]:
        """The newest runs of a model up to a position, the request of each first."""
        ...

    def problems(self, branch: str, /) -> array[int]:
        """Positions of the branch's events that could not be applied, rising."""
        ...


class Branching(Protocol):
    """Makes branches."""

    def branch(self, parent: str, at: int, name: str, hypothesis: str = "", expected: str = "", /) -> Branch: ...


class Forking(Protocol):
    """Where branches may leave and what they hold; may be called from any thread."""

    def allowed_fork(self, branch: str, at: int, /) -> Fork: ...

    def holding(self, branch: str, at: int, /) -> Holding: ...


class WhatIfs(Protocol):
    """Changes one thing, or leaves one event out, on a branch; never on the UI thread."""

    def plan_edit(self, branch: str, at: int, edit: Edit, /, *, reapply: bool = False, onto: bool = False) -> Plan: ...

    def plan_leave_out(
        self, branch: str, at: int, /, *, keep_dependents: bool = False, progress: Progress = no_progress
    ) -> Plan: ...

    def make(self, plan: Plan, name: str, progress: Progress = no_progress, /) -> Branch: ...


class Continuing(Protocol):
    """Continues a branch with a model; ``on_update`` is called on the I/O thread."""

    def run(
        self, request: ContinueRequest, on_update: Callable[[ContinueUpdate], None], /
    ) -> Coroutine[Any, Any, ContinueResult]: ...

    def preview(self, request: ContinueRequest, at: int | None = None, /) -> Coroutine[Any, Any, Prepared]:
        """What would be sent, as if the branch ended at a position; nothing is."""
        ...

    def again(self, branch: str, request: str | None = None, /) -> ContinueRequest:
        """The wish that repeats the last one that failed or was stopped; may be called from any thread."""
        ...


class Keeping(Protocol):
    """Makes messages of what runs had written when they ended early; never on the UI thread."""

    def keep(self, branch: str, at: int | None = None, /) -> Kept: ...


class Templates(Protocol):
    """Templates of prompts, with versions; may be called from any thread."""

    def newest(self) -> tuple[PromptTemplate, ...]: ...

    def all(self) -> Mapping[str, Sequence[InstructionsVersion]]: ...

    def use(self, reference: str, /) -> PromptTemplate: ...

    def save(self, name: str, text: str, note: str = "", /) -> InstructionsVersion: ...


class TurnTexts(Protocol):
    """What a template makes of a state; never on the UI thread."""

    def rendered(
        self, template: PromptTemplate, branch: str, at: int, say: str | None, recommend: str | None = None, /
    ) -> str: ...


class Notebook(Protocol):
    """The analyst's record of a session; may be called from any thread."""

    def entries(self, session: str, /) -> tuple[NotebookEntry, ...]: ...

    def lineages(self, session: str, /) -> Mapping[str, Sequence[Segment]]: ...

    def set_marker(self, branch: str, position: int, label: str | None, /) -> NotebookEntry: ...

    def write_note(self, branch: str, position: int, text: str, /) -> NotebookEntry: ...

    def add_tag(self, branch: str, position: int, tag: str, /) -> NotebookEntry: ...

    def rate(self, branch: str, position: int, rating: int, why: str, /) -> NotebookEntry: ...

    def edit(self, session: str, entry: str, text: str, /) -> NotebookEntry: ...

    def remove(self, session: str, entry: str, /) -> NotebookEntry: ...

    def undo(self, session: str, change: str, /) -> NotebookEntry | None: ...


class Histories(Protocol):
    """What changed a field, and why it is so; may take a while, so never on the UI thread."""

    def history(
        self, branch: str, pointer: str, *, first: int = 1, last: int | None = None, progress: Progress = no_progress
    ) -> tuple[FieldChange, ...]: ...

    def explain(self, branch: str, position: int, pointer: str, *, progress: Progress = no_progress) -> Explanation: ...


class Differences(Protocol):
    """What lies between two places of a session."""

    def difference(
        self, branch_a: str, at_a: int, branch_b: str, at_b: int, progress: Progress = no_progress
    ) -> Difference: ...


class Finding(Protocol):
    """Where a condition on the state becomes true; never on the UI thread either."""

    def find(
        self,
        branch: str,
        expression: str,
        *,
        first: int = 0,
        last: int | None = None,
        limit: int | None = None,
        progress: Progress = no_progress,
    ) -> tuple[int, ...]:
        """Raises BadCondition, whose ``column`` says which character of the expression is wrong."""
        ...


class Searching(Protocol):
    """Finds events in all sessions; may be called from any thread."""

    def search(self, request: SearchRequest, *, first: int = 0, count: int = 200, progress: Progress) -> SearchPage: ...

    def positions(self, request: SearchRequest, *, progress: Progress) -> tuple[int, ...]:
        """All positions on the line of the request's branch, rising."""
        ...

    def hits(self, places: Iterable[Place], text: str = "", /) -> tuple[Hit, ...]: ...

    def sessions_holding(self, text: str, *, progress: Progress) -> frozenset[str]:
        """Ids of sessions whose events hold every word of a text, each anywhere."""
        ...


class Mappings(Protocol):
    """Sources that no format describes, looked into, and the mappings that were kept. Never on the UI thread."""

    def kind(self, path: Path, /) -> str: ...

    def encoding(self, path: Path, /) -> str: ...

    def tables(self, path: Path, /) -> tuple[str, ...]: ...

    def server(self, address: str, password: str, /) -> str:
        """The whole address of a PostgreSQL server, password and all. Raises BadInput."""
        ...

    def shown(self, url: str, /) -> str:
        """An address without its password."""
        ...

    def server_tables(self, url: str, /) -> tuple[str, ...]: ...

    def rows(self, path: Path | None, address: str, source: SourceRule, count: int, /) -> list[SourceRow]: ...

    def saved(self) -> tuple[RecordMapping, ...]: ...

    def read(self, path: Path, /) -> RecordMapping: ...

    def save(self, mapping: RecordMapping, /) -> Path: ...


class ImportMapped(Protocol):
    """Imports files, or a database server's rows where there are none, by the JSON of a mapping."""

    def __call__(
        self, paths: Sequence[Path], mapping: Mapping[str, Any], address: str, progress: Progress, /
    ) -> Mapping[str, Any]: ...


class Imports(Protocol):
    """How sessions came into the store."""

    def of_session(self, session: str, /) -> tuple[SessionImport, ...]:
        """Oldest first; empty for one that was not imported. Raises NotFound."""
        ...


class Stories(Protocol):
    """Tells what happened to a customer."""

    def story(self, subject: str, progress: Progress, /) -> Story: ...


class Comparing(Protocol):
    """Branches side by side; may take a while, so never on the UI thread."""

    def compare(
        self, session: str, branches: Sequence[str], *, with_states: bool = True, progress: Progress = no_progress
    ) -> Comparison: ...

    def with_states(self, comparison: Comparison, progress: Progress = no_progress) -> Comparison: ...


class WriteComparison(Protocol):
    """Writes a comparison of branches (ids), redacted, as ``html``, ``markdown`` or ``json``.

    ``order`` is that of the branches; ``differing``: turns that are the same everywhere are left out. A file that is
    there is replaced once the new one is whole. Raises BadInput, NotFound.
    """

    def __call__(
        self,
        path: Path,
        form: str,
        session: str,
        branches: Sequence[str],
        redaction: Redaction,
        /,
        *,
        order: Sequence[int],
        differing: bool,
    ) -> None: ...


class Redacting(Protocol):
    """Looks through what is to leave; never on the UI thread."""

    def all_of(self, session: str, /, *, texts: Sequence[tuple[str, str]] = ()) -> ReviewScope: ...

    def review(
        self, scope: ReviewScope, profile: RedactionProfile, progress: Progress, before: Review | None = None, /
    ) -> Review: ...

    def scan(self, profile: RedactionProfile, /) -> TextScan: ...

    def without_review(self, profile: RedactionProfile, /) -> Redaction: ...


class Io(Protocol):
    """The thread that waits for the network."""

    def submit(self, coro: Coroutine[Any, Any, Any], /) -> Future[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything the window needs from outside.

    Attributes:
        models: a coroutine that lists the models of the configured server.
        pull: has the configured server fetch a model; raises ModelError, ends when it is there.
        import_files: imports files and folders; returns the report of ``branchline import --json``.
        read_picture: a picture for a model from a file; raises BadInput.
        write_profile: keeps a redaction profile in a file; raises BadInput.
        known_tools: definitions of the tools that a session (id) has called.
        sharing: share files; a window without them knows none.
        warnings: what is to be told when the window opens: plugins that are not used.
        store_option: what ``--store`` has to say to open this store; empty for the one that opens by itself.
    """

    library: Library
    store: BranchReader
    time_machine: TimeMachine
    branching: Branching
    branches: BranchServices
    forking: Forking
    what_ifs: WhatIfs
    continuing: Continuing
    keeping: Keeping
    templates: Templates
    turns: TurnTexts
    notebook: Notebook
    io: Io
    models: Callable[[], Coroutine[Any, Any, tuple[ModelInfo, ...]]]
    pull: Callable[[str], AsyncIterator[PullProgress]]
    import_files: Callable[[Sequence[Path], Progress], Mapping[str, Any]]
    import_mapped: ImportMapped
    mappings: Mappings
    histories: Histories
    differences: Differences
    finding: Finding
    searching: Searching
    stories: Stories
    imports: Imports
    comparing: Comparing
    write_comparison: WriteComparison
    trials: Trials
    reruns: SessionReruns
    judging: Judging
    redacting: Redacting
    outgoing: Outgoing
    write_profile: Callable[[Path, RedactionProfile], None]
    read_picture: Callable[[Path], Picture]
    known_tools: Callable[[str], Sequence[Mapping[str, Any]]]
    sharing: SharingServices = NO_SHARING
    store_option: str = ""
    warnings: tuple[str, ...] = ()
