"""What the window asks of the use cases about branches themselves, as protocols."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from app.application.provenance import Provenance
    from app.domain.branch_labels import BranchLabel
    from app.domain.branch_merging import Merged
    from app.domain.branches import Branch


class BranchLabels(Protocol):
    """Names, stars, colours, archive and reasons; writing returns the id of the change, None when it was so already."""

    def branches(self, session: str, /) -> tuple[Branch, ...]:
        """Main first, side streams last, under the names they have now."""
        ...

    def labels(self, session: str, /) -> Mapping[str, BranchLabel]: ...

    def taken_names(self, session: str, /) -> frozenset[str]:
        """Every name that a branch has, or was made with."""
        ...

    def rename(self, branch: str, name: str, /) -> str | None: ...

    def star(self, branch: str, *, starred: bool = True) -> str | None: ...

    def colour(self, branch: str, colour: str | None, /) -> str | None: ...

    def archive(self, branches: Sequence[str], /, *, archived: bool = True) -> str | None: ...

    def describe(self, branch: str, hypothesis: str, expected: str, /) -> str | None: ...

    def undo(self, session: str, change: str, /) -> str: ...


class SharedPrefixes(Protocol):
    """Finds branches that begin with what another says; never on the UI thread."""

    def merged(self, branches: Sequence[Branch], hidden: Collection[str] = (), /) -> Merged: ...


class Provenances(Protocol):
    """Tells where a branch comes from; never on the UI thread either."""

    def of(self, branch: str, /) -> Provenance: ...


@dataclass(frozen=True, slots=True)
class BranchServices:
    """All of it in one value."""

    labels: BranchLabels
    prefixes: SharedPrefixes
    provenances: Provenances
