"""Identical prefixes as one trunk: a branch whose first own events say the same as another's leaves that one later."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.domain.branch_layout import Twig

LONGEST: Final = 256
"""Own events of a branch beyond which nothing is looked for."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The first ``count`` own events of a branch say the same as those of ``branch``."""

    branch: str
    count: int


@dataclass(frozen=True, slots=True)
class Merged:
    """The tree as it is drawn, and which of its branches repeat another's events, by id."""

    twigs: tuple[Twig, ...]
    repeated: Mapping[str, Repeated]


def merge(twigs: Sequence[Twig], key: Callable[[str, int, int], object]) -> Merged:
    """Move branches to where they begin to say something else.

    ``twigs`` are on the owners of their events, parents first. ``key(branch, position, since)`` stands for the content
    of an event of a branch's line, where lines are read from after position ``since``; positions are asked for in
    order, and only as far as contents are the same.
    """
    placed: dict[str, Twig] = {}
    leaving: dict[tuple[str, int], list[Twig]] = defaultdict(list)
    repeated = {}
    for twig in twigs:
        drawn = _on_placed(twig, placed)
        if drawn.parent is not None:
            on, position = _followed(drawn, placed[drawn.parent], leaving, key)
            if position > drawn.fork:
                repeated[twig.id] = Repeated(on, position - twig.fork)
                drawn = replace(drawn, parent=on, fork=position)
            leaving[on, position].append(drawn)
        placed[twig.id] = drawn
    return Merged(tuple(placed.values()), repeated)


def _on_placed(twig: Twig, placed: Mapping[str, Twig]) -> Twig:
    """Where the parent was moved, its first events belong to another branch now, and so does what leaves there."""
    above = placed.get(twig.parent) if twig.parent is not None else None
    while above is not None and above.parent is not None and twig.fork <= above.fork:
        above = placed[above.parent]
    return replace(twig, parent=above.id if above is not None else None)


def _followed(
    twig: Twig,
    parent: Twig,
    leaving: Mapping[tuple[str, int], Sequence[Twig]],
    key: Callable[[str, int, int], object],
) -> tuple[str, int]:
    """(branch, position) up to which a branch says what was said before it."""
    on, position = parent, twig.fork
    while position < min(twig.head, twig.fork + LONGEST):
        beyond = [one for one in (on, *leaving.get((on.id, position), ())) if one.head > position]
        said = key(twig.id, position + 1, twig.fork) if beyond else None
        same = next((one for one in beyond if key(one.id, position + 1, twig.fork) == said), None)
        if same is None:
            break
        on, position = same, position + 1
    return on.id, position
