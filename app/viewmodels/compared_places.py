"""Where a comparison may begin: the ends of the branch, where it forked, and what was noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.viewmodels.notebook_rows import kind_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch
    from app.viewmodels.notebook_rows import NotebookRow

_TEXT: Final = 48


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """A position of a branch, ready to be compared with.

    Attributes:
        branch, name: id and name.
        title: what it is called in a list.
    """

    branch: str
    name: str
    position: int
    title: str


def compared_places(
    branch: Branch, branches: Sequence[Branch], notes: Sequence[NotebookRow]
) -> tuple[tuple[ComparedPlace, ...], tuple[ComparedPlace, ...]]:
    """The places that every branch has, and those that a person noted on any branch, by position."""
    usual = [ComparedPlace(branch.id, branch.name, 0, _tr("Before the first event"))]
    if branch.parent is not None:
        title = _tr("Where this branch forked, event {position}").format(position=f"{branch.fork_position:,}")
        usual.append(ComparedPlace(branch.id, branch.name, branch.fork_position, title))
    usual += [
        ComparedPlace(one.id, one.name, one.head, _tr("End of {branch}").format(branch=one.name)) for one in branches
    ]
    names = {one.id: one.name for one in branches}
    noted = [
        _noted(row, branch, names.get(row.branch, row.branch))
        for row in sorted(notes, key=lambda row: row.position)
        if row.kind != "breadcrumb"
    ]
    return tuple(usual), tuple(noted)


def _noted(row: NotebookRow, branch: Branch, owner: str) -> ComparedPlace:
    text = " ".join(row.line.split())[:_TEXT]
    words = text if text == kind_title(row.kind) else f"{kind_title(row.kind)}: {text}"
    title = _tr("event {position} · {words}").format(position=f"{row.position:,}", words=words)
    if row.elsewhere:
        return ComparedPlace(row.branch, owner, row.position, f"{title} ({row.elsewhere})")
    return ComparedPlace(branch.id, branch.name, row.position, title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
