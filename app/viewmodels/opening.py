"""What is read, off the main thread, when a session or branch is put in focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.branch_labels import default_branch
from app.domain.errors import NotFound
from app.viewmodels.branches_model import BRANCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.branch_labels import BranchLabel
    from app.domain.branches import Branch
    from app.domain.sessions import SessionSummary
    from app.viewmodels.services import Services
    from app.viewmodels.timeline_data import TimelineData


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with one of its branches."""

    session: SessionSummary
    branches: tuple[Branch, ...]
    labels: Mapping[str, BranchLabel]
    taken_names: frozenset[str]
    branch: Branch
    timeline: TimelineData


def read_session(services: Services, known: tuple[SessionSummary, ...], session: str, branch: str | None) -> Opened:
    """The session of an id with its branch of an id or name (else its default path). Raises NotFound."""
    from app.viewmodels.timeline_data import TimelineData  # noqa: PLC0415 -- NumPy loads after the first paint

    summary = _summary(known, session) or _summary(services.library.sessions(), session)
    if summary is None:
        raise NotFound(f"there is no session {session!r} in the store")
    book = services.branches.labels
    branches, labels, taken = book.branches(session), book.labels(session), book.taken_names(session)
    chosen = _chosen(branches, labels, branch)
    timeline = TimelineData.of(services.time_machine.columns(chosen.id))
    return Opened(summary, branches, labels, taken, chosen, timeline)


def _summary(sessions: tuple[SessionSummary, ...], session: str) -> SessionSummary | None:
    return next((one for one in sessions if one.header.id == session), None)


def _chosen(branches: tuple[Branch, ...], labels: Mapping[str, BranchLabel], named: str | None) -> Branch:
    shown = [one for one in branches if one.kind == BRANCH]
    if named is None:
        return default_branch(shown, labels)
    for one in shown:
        if named in {one.id, one.name}:
            return one
    raise NotFound(f"the session has no branch {named!r}; it has {', '.join(one.name for one in shown)}")
