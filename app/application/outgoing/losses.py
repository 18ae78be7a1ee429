"""What a format cannot hold of a session, found while it is written: counted, never a fixed text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.application.outgoing.view import OutgoingView


class Losses:
    """Fills while pieces of an export are taken; complete behind the last one."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def lose(self, what: str, count: int = 1) -> None:
        """``what`` is a plural: ``pictures``."""
        if count:
            self._counts[what] += count

    def lose_types(self, view: OutgoingView, branch: str, held: Collection[str], first: int, last: int) -> None:
        """Events of positions ``first`` to ``last`` whose type is not among ``held``, by type."""
        columns = view.columns(branch, first, last)
        for number, count in Counter(columns.types).items():
            name = columns.type_names[number]
            if name not in held:
                self.lose(f"{name} events", count)

    def lose_others(self, view: OutgoingView, written: Collection[str]) -> None:
        """Branches and side streams beside those written (ids) and what these rest on."""
        bases = {part.owner for branch in written for part in view.lineage(branch)}
        others = [one for one in view.branches(view.session) if one.id not in written and one.id not in bases]
        for one in (*others, *view.unchosen):
            if one.kind in SIDE_STREAMS:
                self.lose(f"events of the {one.kind} stream (notes, markers, findings)", one.own_events)
            else:
                self.lose("other branches")
                self.lose("events of other branches", one.own_events)

    def to_json(self) -> list[dict[str, Any]]:
        """Most frequent first."""
        return [{"what": what, "count": count} for what, count in self._counts.most_common()]

    def sentences(self) -> list[str]:
        return [f"{one['what']}: {one['count']:,}" for one in self.to_json()]
