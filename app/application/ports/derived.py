"""The cache of derived data: checkpoints, the index of growing lists and that of what touched which field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence

    from app.domain.branches import Segment
    from app.domain.fold.bounded import Checkpoint


class ItemRow(NamedTuple):
    """One line of a growing list in the index: item ``ord`` of ``list`` was born or revised at ``position``."""

    list: str
    ord: int
    position: int
    key: str


@dataclass(frozen=True, slots=True)
class IndexBatch:
    """What the projector learned from events ``first`` to ``last`` of one owner.

    ``checkpoints`` are (position, checkpoint); ``touched`` has, for every (field, member)
    that events touched (``fold.touches``), their positions, rising.
    """

    first: int
    last: int
    checkpoints: Sequence[tuple[int, Checkpoint]]
    rows: Sequence[ItemRow]
    touched: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)


class DerivedCache(Protocol):
    """Checkpoints and indexes; disposable, keyed by the fold's version. Any thread may call.

    ``owner`` is the branch that physically owns the positions, so branches share what their parents have.
    A cache that is damaged, missing or of another fold version is simply empty.
    """

    def indexed_to(self, owner: str) -> int:
        """Last position of this owner that the index covers; 0 when none."""
        ...

    def put(self, owner: str, batch: IndexBatch, anchor: str) -> None:
        """Add a batch; ``anchor`` is the hash of the event at ``batch.last`` (guards against another history)."""
        ...

    def anchor(self, owner: str) -> str | None:
        """The hash given with the last batch."""
        ...

    def checkpoint(self, owner: str, at_most: int) -> tuple[int, Checkpoint] | None:
        """The newest checkpoint of this owner at or before a position."""
        ...

    def rows(self, parts: Sequence[Segment], list_name: str, first: int, last: int) -> Sequence[ItemRow]:
        """Rows of one list on the given parts of a line with ord from ``first`` to ``last``, by (ord, position)."""
        ...

    def births(self, parts: Sequence[Segment], list_name: str) -> array[int]:
        """Positions where the items of a list were born on the given parts of a line; index 0 = ord 1."""
        ...

    def columns(self, owner: str) -> tuple[int, bytes] | None:
        """What was last kept with ``put_columns``: (last position, content)."""
        ...

    def put_columns(self, owner: str, last: int, content: bytes) -> None:
        """Keep the packed columns of an owner's own events up to ``last``, in place of what was kept."""
        ...

    def find(self, owner: str, list_name: str, key: str, at_most: int) -> ItemRow | None:
        """The newest birth of an item with this key at or before a position: its row with the lowest position."""
        ...

    def touched(self, owner: str, field: str, member: str | None, first: int, last: int) -> array[int]:
        """Positions ``first`` to ``last`` that touched a member of a field (None: any member); 'q', rising."""
        ...

    def forget(self) -> None:
        """Empty the cache."""
        ...

    def close(self) -> None: ...
