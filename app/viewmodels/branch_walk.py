"""Walk the tree of branches by keys: siblings, the parent, the child visited last."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.viewmodels.branch_tree import BranchTree

Step = Literal["previous", "next", "parent", "child"]

REMEMBERED: Final = 500
"""Branches of which it is known where one went last; of more the oldest is forgotten."""


class BranchWalk:
    """Remembers which child of each branch was visited last, and which branch of all that go on from it."""

    def __init__(self, text: str = "") -> None:
        """``text``: what ``to_json`` gave; what cannot be read is forgotten silently."""
        self._child, self._through = _stored(text)

    def visited(self, tree: BranchTree, branch: str) -> None:
        path = [tree.rows[number].branch.id for number in tree.path(branch)]
        for above, below in pairwise(path):
            _remember(self._child, above, below)
        for passed in path:
            _remember(self._through, passed, branch)

    def target(self, tree: BranchTree, current: str, step: Step) -> str | None:
        """The id of the branch a step leads to, as they stand in the tree; None where there is none."""
        number = tree.row_of(current)
        if number < 0:
            return None
        above = tree.rows[number].place.parent
        if step == "parent":
            return tree.rows[above].branch.id if above >= 0 else None
        beside = tree.children(number if step == "child" else above)
        if step == "child":
            known = self._child.get(current)
            return known if known in _ids(tree, beside) else next(iter(_ids(tree, beside)), None)
        place = beside.index(number) + (1 if step == "next" else -1)
        return tree.rows[beside[place]].branch.id if 0 <= place < len(beside) else None

    def onwards(self, tree: BranchTree, branch: str, after: int) -> str:
        """The branch visited last of those whose line has the event after position ``after`` from ``branch``."""
        last = self._through.get(branch, branch)
        path = tree.path(last)
        here = tree.row_of(branch)
        if here not in path:
            return branch
        next_on_path = path[path.index(here) + 1 :]
        return branch if next_on_path and tree.rows[next_on_path[0]].place.twig.fork <= after else last

    def to_json(self) -> str:
        return json.dumps({"child": self._child, "through": self._through})


def _ids(tree: BranchTree, rows: Sequence[int]) -> list[str]:
    return [tree.rows[number].branch.id for number in rows]


def _remember(known: dict[str, str], key: str, value: str) -> None:
    known.pop(key, None)
    known[key] = value
    while len(known) > REMEMBERED:
        known.pop(next(iter(known)))


def _stored(text: str) -> tuple[dict[str, str], dict[str, str]]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}, {}
    return (_texts(found.get("child")), _texts(found.get("through"))) if isinstance(found, dict) else ({}, {})


def _texts(stored: Any) -> dict[str, str]:
    if not isinstance(stored, dict):
        return {}
    return {key: value for key, value in stored.items() if isinstance(value, str)}
