"""Walk the tree of branches by keys: siblings, the parent, the child visited last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch

Step = Literal["previous", "next", "parent", "child"]


class BranchWalk:
    """Remembers which child of each branch was visited last."""

    def __init__(self) -> None:
        self._visited_child: dict[str, str] = {}

    def visited(self, branch: Branch) -> None:
        if branch.parent:
            self._visited_child[branch.parent] = branch.id

    def target(self, branches: Sequence[Branch], current: str, step: Step) -> str | None:
        """The id of the branch a step leads to; None where there is none."""
        here = next((one for one in branches if one.id == current), None)
        if here is None:
            return None
        if step == "parent":
            return here.parent
        if step == "child":
            return self._child(branches, current)
        siblings = [one.id for one in branches if one.parent == here.parent]
        place = siblings.index(current) + (1 if step == "next" else -1)
        return siblings[place] if 0 <= place < len(siblings) else None

    def _child(self, branches: Sequence[Branch], current: str) -> str | None:
        children = [one.id for one in branches if one.parent == current]
        known = self._visited_child.get(current)
        return known if known in children else next(iter(children), None)
