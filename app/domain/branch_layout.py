"""Where each branch stands in the drawn tree: one row and one lane each, and no line crosses another.

Rows go down the page, a branch below the one it leaves. Branches leave in the order of their positions, as long as that
takes few lanes; else the one that needs most of them comes last. A lane ends where its last branch leaves, so then only
lanes with smaller trees beside them are drawn next to each other: another one for every doubling of the branches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

COMFORTABLE_LANES: Final = 6
"""Up to here a branch stands one lane right of its parent; a longer chain goes on at the left again."""

IN_ORDER_LANES: Final = 4
"""Lanes that branches may take side by side before they are drawn in another order than that of their positions."""


@dataclass(frozen=True, slots=True)
class Twig:
    """What the drawing has to know of a branch: events 1 to ``fork`` are its parent's, its own end at ``head``."""

    id: str
    parent: str | None
    fork: int
    head: int


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A branch's place in the drawing.

    Attributes:
        parent: row of the branch it leaves, -1 for a root.
        last: row of the last branch that leaves it, where its lane ends; its own row when none does.
        through: rows of the branches whose lanes go through this row and on, from the root inwards.
    """

    twig: Twig
    row: int
    lane: int
    depth: int
    parent: int
    last: int
    through: tuple[int, ...]


def twigs_on_owners(twigs: Iterable[Twig], hidden: Collection[str] = ()) -> tuple[Twig, ...]:
    """The branches that are not hidden, each leaving the branch that holds the event it leaves after.

    A branch made at an inherited position leaves the ancestor that owns it; one made from a hidden branch leaves
    where that did. Twigs come in the order they were made, parents first.
    """
    known: dict[str, Twig] = {}
    shown = []
    for twig in twigs:
        parent = known.get(twig.parent) if twig.parent is not None else None
        fork = twig.fork
        while parent is not None and parent.parent is not None and (parent.id in hidden or fork <= parent.fork):
            fork = min(fork, parent.fork)
            parent = known[parent.parent]
        known[twig.id] = Twig(twig.id, parent.id if parent is not None else None, fork, twig.head)
        if twig.id not in hidden or parent is None:
            shown.append(known[twig.id])
    return tuple(shown)


def layout(twigs: Sequence[Twig], comfortable: int = COMFORTABLE_LANES) -> tuple[LaneRow, ...]:
    """The rows from top to bottom. Twigs come parents first; what has no parent among them is a root."""
    leaving = _leaving(twigs)
    rows: list[LaneRow] = []
    open_rows: list[int] = []
    waiting = [(twig, -1, True) for twig in reversed(leaving[None])]
    while waiting:
        twig, parent, is_last = waiting.pop()
        if is_last and parent >= 0:
            open_rows.pop()
        row = _placed(twig, rows, parent, open_rows, comfortable if is_last else 0)
        rows.append(row)
        children = leaving.get(twig.id, [])
        if children:
            open_rows.append(row.row)
        last = len(children) - 1
        waiting += ((children[number], row.row, number == last) for number in range(last, -1, -1))
    return _ended(rows)


def _placed(twig: Twig, rows: Sequence[LaneRow], parent: int, open_rows: Sequence[int], comfortable: int) -> LaneRow:
    """``comfortable`` 0: more leave the parent later, so its lane is still needed and the branch stands right of it."""
    here = len(rows)
    if parent < 0:
        return LaneRow(twig, here, 0, 0, -1, here, ())
    lane = rows[parent].lane + 1
    if comfortable and lane >= comfortable:
        left = rows[open_rows[-1]].lane + 1 if open_rows else 0
        lane = left if left != rows[parent].lane else lane
    return LaneRow(twig, here, lane, rows[parent].depth + 1, parent, here, tuple(open_rows))


def _ended(rows: Sequence[LaneRow]) -> tuple[LaneRow, ...]:
    """The same with the rows known where lanes end."""
    last = [row.row for row in rows]
    for row in rows:
        if row.parent >= 0:
            last[row.parent] = row.row
    return tuple(
        LaneRow(row.twig, row.row, row.lane, row.depth, row.parent, end, row.through)
        for row, end in zip(rows, last, strict=True)
    )


def _leaving(twigs: Sequence[Twig]) -> dict[str | None, list[Twig]]:
    """By parent, the branches that leave it in the order they are drawn."""
    leaving: dict[str | None, list[Twig]] = {None: []}
    ids = {twig.id for twig in twigs}
    for twig in twigs:
        leaving.setdefault(twig.parent if twig.parent in ids else None, []).append(twig)
    needs: dict[str, int] = {}
    for twig in reversed(twigs):
        children = leaving.get(twig.id, [])
        children.sort(key=lambda one: one.fork)  # stable: those that leave together stay in the order they were made
        if _need(children, needs) > IN_ORDER_LANES:
            widest = max(range(len(children)), key=lambda number: (needs[children[number].id], number))
            children.append(children.pop(widest))
        needs[twig.id] = _need(children, needs)
    return leaving


def _need(children: Sequence[Twig], needs: Mapping[str, int]) -> int:
    """How many lanes side by side a branch needs when these leave it in this order: the last reuses its parent's."""
    if not children:
        return 1
    beside = max((needs[one.id] for one in children[:-1]), default=0)
    return max(2, beside + 1, needs[children[-1].id])
