"""Where an entry of the transcript stands in the state."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.transcript import Entry


def entry_pointer(entry: Entry, posted: Sequence[int], refused: Sequence[int]) -> str:
    """The JSON pointer of an entry; empty for one that the state does not keep.

    ``posted``: positions of the posted messages; ``refused``: of the events that could not be applied; both rising.
    """
    if entry.kind == "shown":
        return "/recommendation/shown"
    if entry.kind != "message":
        return ""
    before = bisect_left(posted, entry.position)
    lost = sum(1 for position in refused[: bisect_left(refused, entry.position)] if _holds(posted, position))
    return f"/conversation/messages/{before - lost}"


def _holds(positions: Sequence[int], wanted: int) -> bool:
    place = bisect_left(positions, wanted)
    return place < len(positions) and positions[place] == wanted
