"""A store that is open, with the use cases on it. Imported late: it brings nearly everything along."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.adapters import plugins
from app.adapters.checks.late import LateChecks
from app.adapters.clock import SystemClock
from app.adapters.files.formats import KnownFormats
from app.adapters.files.mapped.files import mappings_in
from app.adapters.ids import TimeOrderedIds
from app.adapters.run_marks import FileRunMarks
from app.adapters.search.late import LateSearchIndex
from app.adapters.store.cache import open_cache
from app.adapters.store.store import open_store
from app.application.abandoned import settle_abandoned
from app.application.branch_labels import BranchLabels
from app.application.branching import Branching
from app.application.comparing import Comparing
from app.application.continuing import Continuing
from app.application.differences import Differences
from app.application.finding import Finding
from app.application.forking import Forking
from app.application.histories import Histories
from app.application.importing import Importing
from app.application.imports import Imports
from app.application.keeping import Keeping
from app.application.lab import Lab
from app.application.library import Library
from app.application.notebook import Notebook
from app.application.ports import no_progress
from app.application.redacting import Redacting
from app.application.report_sources import Redacted
from app.application.reporting import Reporting
from app.application.searching import Searching
from app.application.shared_prefixes import SharedPrefixes
from app.application.stories import Stories
from app.application.template_library import TemplateLibrary
from app.application.time_machine import TimeMachine
from app.application.turns import Turns
from app.application.what_if.what_ifs import WhatIfs
from app.application.winners import Winners
from app.domain.fold.extensions import version_with_extensions
from app.domain.fold.fold import FOLD_VERSION
from app.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.fold_versions import FoldVersions
    from app.application.outgoing.view import OutgoingView
    from app.application.outgoing.wish import Export, ExportWish
    from app.application.ports import (
        Clock,
        DerivedCache,
        EventStore,
        Ids,
        ModelClient,
        Progress,
        RunMarks,
        SessionFormat,
    )
    from app.application.sharing import Sharing
    from app.domain.compare.comparison import Comparison
    from app.domain.redaction.profile import RedactionProfile
    from app.domain.redaction.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """A store that is open, and the use cases on it."""

    store: EventStore
    cache: DerivedCache
    clock: Clock
    ids: Ids
    marks: RunMarks
    time_machine: TimeMachine
    library: Library
    forking: Forking
    branching: Branching
    branch_labels: BranchLabels
    shared_prefixes: SharedPrefixes
    what_ifs: WhatIfs
    importing: Importing
    imports: Imports
    differences: Differences
    notebook: Notebook
    redacting: Redacting
    searching: Searching
    stories: Stories
    histories: Histories
    finding: Finding
    lab: Lab
    comparing: Comparing
    winners: Winners
    templates: TemplateLibrary
    turns: Turns
    keeping: Keeping
    reporting: Reporting
    author: str
    """Who works with this store, as far as they have said."""

    def continuing(self, client: ModelClient) -> Continuing:
        checker = LateChecks()
        return Continuing(
            self.store, self.time_machine, client, self.clock, self.ids, checker=checker, marks=self.marks
        )

    def known_tools(self, session: str) -> tuple[dict[str, Any], ...]:
        """Definitions of the tools that the session has called."""
        from app.application.known_tools import known_tools

        return known_tools(self.store, self.time_machine, session)

    def redaction_profile(self, named: str) -> RedactionProfile:
        """``standard``, or the profile in a JSON or TOML file. Raises BadInput."""
        from app.adapters.files.redaction_profile import named_profile

        return named_profile(named, Path(named))

    @contextmanager
    def fold_versions(self) -> Iterator[FoldVersions]:
        """Time machines for every fold there is; what they derive is kept in memory, beside today's cache."""
        from app.adapters.store.cache import memory_cache
        from app.application.fold_versions import FoldVersions

        versions = FoldVersions(self.store, memory_cache)
        try:
            yield versions
        finally:
            versions.close()

    def view(self, wish: ExportWish) -> OutgoingView:
        """What of a session leaves, and all that a writer may read. Raises BadInput, NotFound."""
        from app.application.outgoing.view import OutgoingView

        names = {one.id: one.name for one in self.branch_labels.branches(wish.session)}
        return OutgoingView(self.store, wish.session, wish.excerpt, wish.redaction, names)

    def export(self, wish: ExportWish, progress: Progress = no_progress) -> Export:
        """The text of an export, piece by piece, with what the format cannot hold of it.

        Pairs are looked for before this returns. Raises BadInput, NotFound, Cancelled.
        """
        from app.adapters.files.exports import EXPORTS, SEVERAL_BRANCHES, Exporting
        from app.application.outgoing.wish import Export
        from app.domain.redaction.tally import Tally

        last = wish.excerpt.last
        if wish.form not in SEVERAL_BRANCHES:
            # Answers that were not preferred may stand behind the last position of the branch that is written.
            upto = None if wish.against or (last or 0) < self.store.branch(wish.branch).fork_position else last
            alone = replace(wish.excerpt, branches=(wish.branch, *wish.against), streams=(), last=upto)
            wish = replace(wish, excerpt=alone)
        view = self.view(wish)
        branch = view.nearest(wish.branch)
        head = view.branch(branch).head
        wanted = Exporting(
            view=view,
            winners=self.winners if not wish.redaction.is_on else self._winners_of(view),
            branch=branch,
            upto=head if last is None else min(head, last),
            against=tuple(map(view.outgoing_branch, wish.against)),
            model=wish.model,
            progress=progress,
        )
        written = Tally()
        pieces = EXPORTS[wish.form](wanted)
        return Export(written.over(pieces) if wish.redaction.is_on else pieces, wanted.losses, wish.redaction, written)

    @property
    def sharing(self) -> Sharing:
        from app.adapters.files.share_file import write_share
        from app.application.sharing import Sharing

        return Sharing(self.clock, self.view, write_share)

    def _winners_of(self, view: OutgoingView) -> Winners:
        """Reads from a view alone; what is derived of it is kept in memory."""
        from app.adapters.store.cache import memory_cache

        labels = BranchLabels(view, self.clock, self.ids)
        return Winners(view, TimeMachine(view, memory_cache(version_with_extensions(FOLD_VERSION))), labels)

    def compared(
        self,
        session: str,
        branches: Sequence[str],
        redaction: Redaction,
        *,
        at: int | None = None,
        progress: Progress = no_progress,
    ) -> Comparison:
        """Branches (ids) held against each other as they may leave. Raises what ``Comparing.compare`` does."""
        if not redaction.is_on:
            return self.comparing.compare(session, branches, at=at, progress=progress)
        found = Redacted(self.store, self.clock, self.ids, _fresh_cache).sources(session, tuple(branches), redaction)
        differences = Differences(found.store, _fresh_cache(), found.time_machine)
        comparing = Comparing(found.store, found.time_machine, differences, found.notebook, found.labels)
        return comparing.compare(found.session, tuple(found.branches), at=at, progress=progress)

    def compared_as(
        self, form: str, comparison: Comparison, rows: Sequence[int], order: Sequence[int], progress: Progress
    ) -> Iterator[str]:
        """A comparison as ``html``, ``markdown`` or ``json``, piece by piece; raises Cancelled."""
        from app.adapters.files.exports import COMPARISONS

        return COMPARISONS[form](comparison, rows, order, progress)


def _fresh_cache() -> DerivedCache:
    from app.adapters.store.cache import memory_cache

    return memory_cache(version_with_extensions(FOLD_VERSION))


def program_version() -> str:
    """``Branchline 0.1.0``; without the number where it is not installed."""
    try:
        return f"Branchline {version('branchline')}"
    except PackageNotFoundError:
        return "Branchline"


def _more_formats(mappings: Path | None) -> tuple[SessionFormat, ...]:
    """Importers of others, then mappings; one that is no mapping is told like a plugin that cannot be used."""
    own = mappings_in(mappings, plugins.problems.append) if mappings is not None else ()
    return (*plugins.formats(), *own)


def _shipped_template() -> str:
    return resource_path("templates", "state.txt").read_text(encoding="utf-8")


@contextmanager
def open_core(
    location: str,
    *,
    create: bool,
    read_only: bool,
    progress: Progress = no_progress,
    why_read_only: str = "",
    mappings: Path | None = None,
) -> Iterator[Core]:
    """Open a store; closed at the end of the block. ``why_read_only`` is what a refused change is told.

    ``mappings`` is a folder of mappings that are asked for when something is imported.

    Raises StoreUnusable, Cancelled.
    """
    plugins.load_event_types()
    clock = SystemClock()
    ids = TimeOrderedIds()
    store = open_store(
        location,
        clock=clock,
        ids=ids,
        create=create,
        read_only=read_only,
        progress=progress,
        why_read_only=why_read_only,
    )
    try:
        cache = open_cache(store.location, version_with_extensions(FOLD_VERSION))
        index = LateSearchIndex(store.location)
        marks = FileRunMarks(store.location)
        try:
            time_machine = TimeMachine(store, cache)
            if not store.read_only:
                settle_abandoned(store, time_machine, marks, clock, ids)
            labels = BranchLabels(store, clock, ids)
            forking = Forking(store, time_machine, labels)
            searching = Searching(store, index, labels)
            author = os.environ.get("BRANCHLINE_AUTHOR", "").strip()
            branching = Branching(store, clock, ids, forking, labels, author)
            what_ifs = WhatIfs(
                store, cache, time_machine, clock=clock, ids=ids, forking=forking, branching=branching, labels=labels
            )
            checks = LateChecks()
            differences = Differences(store, cache, time_machine)
            notebook = Notebook(store, clock, ids)
            lab = Lab.over(store, time_machine, forking, branching, clock, ids, checks, checks)
            yield Core(
                store=store,
                cache=cache,
                clock=clock,
                ids=ids,
                marks=marks,
                time_machine=time_machine,
                library=Library(store, time_machine, labels),
                forking=forking,
                branching=branching,
                branch_labels=labels,
                shared_prefixes=SharedPrefixes(store),
                what_ifs=what_ifs,
                importing=Importing(store, KnownFormats(more=partial(_more_formats, mappings), store=store.location)),
                differences=differences,
                notebook=notebook,
                redacting=Redacting(store, labels, checks),
                searching=searching,
                stories=Stories(store, searching),
                imports=Imports(store),
                histories=Histories(store, cache, time_machine),
                finding=Finding(store, cache, time_machine, searching),
                turns=Turns(store, time_machine),
                keeping=Keeping(store, time_machine, clock, ids, forking, branching),
                templates=TemplateLibrary(store, clock, ids, _shipped_template),
                lab=lab,
                comparing=Comparing(store, time_machine, differences, notebook, labels, lab.jitter),
                winners=Winners(store, time_machine, labels),
                reporting=Reporting(
                    store,
                    time_machine,
                    notebook,
                    labels,
                    clock,
                    program_version(),
                    Redacted(store, clock, ids, _fresh_cache),
                ),
                author=author,
            )
        finally:
            marks.close()
            index.close()
            cache.close()
    finally:
        store.close()
