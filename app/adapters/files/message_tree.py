"""A tree of messages as lines: one is shown, each other leaf makes a branch that leaves where its own words begin.

Nothing here recurses, so that a thread of 100,000 messages is as good as one of ten.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.adapters.files.drafting import Mark, SessionWriter


class TreeNode(NamedTuple):
    """A message's id and that of the one before it; None for a first message."""

    id: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class TreeLine:
    """The messages of a leaf's line that stand on no earlier line.

    ``after`` is the last message that it shares with one; None where it shares none.
    """

    leaf: str
    after: str | None
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreePlan:
    """A tree as lines.

    Attributes:
        lines: the shown one first, then one for each other leaf, in the order of the source.
        depth: how many messages come before each one on its line.
        orphans: messages whose parent is not there; each begins a line of its own.
        cyclic: messages that follow from themselves and stand on no line.
        repeated: ids that occur more than once; the first was taken.
    """

    lines: tuple[TreeLine, ...]
    depth: Mapping[str, int]
    orphans: tuple[str, ...]
    cyclic: tuple[str, ...]
    repeated: tuple[str, ...]


def plan(nodes: Iterable[TreeNode], shown: str | None = None) -> TreePlan:
    """Lines of ``nodes``, given in the order in which the source ranks replies to the same message.

    ``shown`` is the last message of the shown line; None (or one that is not there): the first reply of the first.
    """
    parents: dict[str, str | None] = {}
    repeated = []
    for node in nodes:
        if node.id in parents:
            repeated.append(node.id)
        else:
            parents[node.id] = node.parent
    orphans = tuple(one for one, parent in parents.items() if parent is not None and parent not in parents)
    lost = set(orphans)
    children: dict[str | None, list[str]] = defaultdict(list)
    for one, parent in parents.items():
        children[None if one in lost else parent].append(one)
    depth, leaves = _walk(children)
    placed: set[str] = set()
    lines = []
    ends = [shown] if shown in depth else []
    for leaf in (*ends, *leaves):
        line = _line(leaf, parents, lost, placed)
        if line is not None:
            lines.append(line)
    return TreePlan(tuple(lines), depth, orphans, tuple(one for one in parents if one not in depth), tuple(repeated))


def write_tree(
    writer: SessionWriter, planned: TreePlan, write: Callable[[str, int], None], name: Callable[[TreeLine], str]
) -> None:
    """Write each line's messages with ``write(id, depth)``, the shown line on main, each other on its branch.

    ``name`` names the branch of a line; a name that is taken gets a number.
    """
    ends: dict[str, Mark] = {}
    start = writer.mark()
    for number, line in enumerate(planned.lines):
        if number:
            writer.fork(start if line.after is None else ends[line.after], key=line.leaf, name=name(line))
        for node in line.nodes:
            write(node, planned.depth[node])
            ends[node] = writer.mark()


def _walk(children: Mapping[str | None, Sequence[str]]) -> tuple[dict[str, int], list[str]]:
    """Depths of all that can be reached, and the leaves, first replies first."""
    depth: dict[str, int] = {}
    leaves = []
    waiting = [(one, 0) for one in reversed(children.get(None, ()))]
    while waiting:
        node, deep = waiting.pop()
        depth[node] = deep
        below = children.get(node, ())
        if not below:
            leaves.append(node)
        waiting.extend((one, deep + 1) for one in reversed(below))
    return depth, leaves


def _line(leaf: str, parents: Mapping[str, str | None], orphans: set[str], placed: set[str]) -> TreeLine | None:
    own: list[str] = []
    at: str | None = leaf
    while at is not None and at not in placed:
        own.append(at)
        at = None if at in orphans else parents[at]
    placed.update(own)
    return TreeLine(leaf, at, tuple(reversed(own))) if own else None
