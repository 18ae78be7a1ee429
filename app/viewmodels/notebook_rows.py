"""The notebook as rows and marks: what was noted, what was found, and where the person stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.notebook import RATING_WORDS
from app.viewmodels.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.branches import Branch, Segment
    from app.domain.notebook import NotebookEntry
    from app.viewmodels.breadcrumbs import Breadcrumb
    from app.viewmodels.marks import MarkKind

_TITLES: Final[Mapping[MarkKind, object]] = {
    "marker": QT_TRANSLATE_NOOP("Notebook", "Marker"),
    "note": QT_TRANSLATE_NOOP("Notebook", "Note"),
    "tag": QT_TRANSLATE_NOOP("Notebook", "Tag"),
    "rating": QT_TRANSLATE_NOOP("Notebook", "Rating"),
    "breadcrumb": QT_TRANSLATE_NOOP("Notebook", "Stopped here"),
    "derived": QT_TRANSLATE_NOOP("Notebook", "Found"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookRow:
    """One line of the notebook.

    Attributes:
        branch: id of the branch that owns the event pointed at.
        elsewhere: name of that branch where the branch in focus does not hold the event; else empty.
        entry: id of the entry; empty for breadcrumbs.
        text: as it was written, without its kind; see ``line``.
    """

    kind: MarkKind
    position: int
    branch: str
    text: str
    entry: str = ""
    elsewhere: str = ""
    rating: int | None = None
    changed_by: str = ""

    @property
    def is_own(self) -> bool:
        """Whether a person wrote it, so that it can be edited and removed."""
        return self.kind not in ("breadcrumb", "derived")

    @property
    def line(self) -> str:
        """What it says where only its text is shown."""
        if self.kind == "rating":
            return " – ".join(part for part in (rating_title(self.rating or 0), self.text) if part)
        if self.kind == "breadcrumb":
            return " · ".join(part for part in (kind_title("breadcrumb"), self.text) if part)
        return self.text or kind_title(self.kind)


def kind_title(kind: MarkKind) -> str:
    return QCoreApplication.translate("Notebook", str(_TITLES[kind]))


def rating_title(rating: int) -> str:
    """Such as ``4 good``."""
    words = {
        "bad": QCoreApplication.translate("Notebook", "bad"),
        "poor": QCoreApplication.translate("Notebook", "poor"),
        "fair": QCoreApplication.translate("Notebook", "fair"),
        "good": QCoreApplication.translate("Notebook", "good"),
        "very good": QCoreApplication.translate("Notebook", "very good"),
    }
    return f"{rating} {words[RATING_WORDS[rating - 1]]}" if 1 <= rating <= len(RATING_WORDS) else str(rating)


def rows_of(
    entries: Iterable[NotebookEntry],
    crumbs: Iterable[Breadcrumb],
    lineages: Mapping[str, Sequence[Segment]],
    branch: str,
    branches: Iterable[Branch],
) -> tuple[NotebookRow, ...]:
    """Rows by position, as seen from a branch. A stop where something was noted is no row of its own."""
    lineage, names = lineages.get(branch, ()), {one.id: one.name for one in branches}
    rows = [
        NotebookRow(
            kind=entry.kind,
            position=entry.position,
            branch=entry.branch,
            text=entry.text,
            entry=entry.id,
            elsewhere="" if entry.is_on(lineage) else names.get(entry.branch, entry.branch),
            rating=entry.rating,
            changed_by=entry.changed_by,
        )
        for entry in entries
    ]
    noted = {(row.branch, row.position) for row in rows if row.is_own}
    for crumb in crumbs:
        owner = owner_of(lineages.get(crumb.branch, ()), crumb.branch, crumb.position)
        is_here = crumb.branch == branch or owner_of(lineage, branch, crumb.position) == owner
        if is_here and (owner, crumb.position) not in noted:
            rows.append(NotebookRow(kind="breadcrumb", position=crumb.position, branch=crumb.branch, text=crumb.what))
    return tuple(sorted(rows, key=lambda row: row.position))


def owner_of(lineage: Iterable[Segment], branch: str, position: int) -> str:
    """The branch that owns a position of a branch; itself where its lineage does not say."""
    return next((part.owner for part in lineage if part.first <= position <= part.last), branch)


def marks_of(rows: Iterable[NotebookRow]) -> tuple[Mark, ...]:
    """What the timeline shows of the rows: those of events that the branch in focus holds."""
    return tuple(Mark(row.position, row.kind, row.line, row.changed_by) for row in rows if not row.elsewhere)


def as_markdown(title: str, rows: Iterable[NotebookRow]) -> str:
    """The notebook as text to be pasted elsewhere; breadcrumbs are left out, nobody wrote them."""
    lines = [f"# {' '.join(title.split())}", ""]
    for row in rows:
        if row.kind == "breadcrumb":
            continue
        where = QCoreApplication.translate("Notebook", "event {position}").format(position=f"{row.position:,}")
        if row.elsewhere:
            where += QCoreApplication.translate("Notebook", " on {branch}").format(branch=row.elsewhere)
        said = row.line if row.kind == "rating" else row.text
        text = said.replace("\n", "\n  ")
        lines.append(f"- **{where}** · {kind_title(row.kind)}{': ' if text else ''}{text}")
    return "\n".join(lines) + "\n"
