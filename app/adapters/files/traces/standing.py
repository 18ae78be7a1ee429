"""How steps stand to one another: what is below a tool, and what is below nothing that speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.adapters.files.traces.steps import Step


def below_tools(steps: Sequence[Step]) -> set[str]:
    """Ids of steps with a tool above them."""
    by_id = {step.id: step for step in steps}
    known: dict[str, bool] = {}
    for step in steps:
        path, at, is_below = {step.id}, step, False
        while True:
            if at.id in known:
                is_below = known[at.id]
                break
            above = by_id.get(at.parent or "")
            if above is None or above.kind == "tool" or above.id in path:
                is_below = above is not None and above.kind == "tool"
                break
            path.add(above.id)
            at = above
        known |= dict.fromkeys(path, is_below)
    return {one for one, is_below in known.items() if is_below}


def outermost(steps: Sequence[Step]) -> list[Step]:
    """Steps with words that are below no other: where no call of a model has words, these tell what was said."""
    speaking = {step.id for step in steps if step.kind == "other" and step.has_words}
    return [step for step in steps if step.id in speaking and (step.parent not in speaking)]
