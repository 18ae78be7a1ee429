"""Bounded states out of the cache: whole ones now and then, and between them what differs from the last whole one."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from app.domain.fold.bounded import Bounded, Checkpoint
from app.domain.fold.noting import Noting

if TYPE_CHECKING:
    from app.application.ports import DerivedCache
    from app.domain.branches import Segment

CHECKPOINT_EVERY: Final = 64
"""Positions between checkpoints: so many events at most are folded for a seek."""
WHOLE_EVERY: Final = 512
"""Positions between whole checkpoints. A whole one of a session with a thousand items takes 25 KB, a difference 3."""
_KEPT: Final = 8


class CheckpointWriter:
    """Makes the checkpoints of a state that is folded on, and decides which are whole.

    What differs from the last whole one is noted while it is changed: comparing thousands of items would take longer.
    """

    def __init__(self, state: Bounded) -> None:
        known = state.recommendation
        self._state, self._base = state, Bounded()
        self._has_base = False
        known.items = self._items = Noting(known.items)
        known.evidence = self._evidence = Noting(known.evidence)

    def checkpoint(self) -> Checkpoint:
        """The checkpoint of the state as it is now."""
        state = self._state
        if not self._has_base or state.position - self._base.position >= WHOLE_EVERY:
            self._base, self._has_base = state.copy(), True
            self._items.noted, self._evidence.noted = {}, {}
            return Checkpoint.of(self._base)
        return Checkpoint.of(state, self._base, (self._items.noted, self._evidence.noted))


class CheckpointReader:
    """The newest states that the cache has."""

    def __init__(self, cache: DerivedCache) -> None:
        self._cache = cache
        self._bases: OrderedDict[tuple[str, int], Bounded] = OrderedDict()

    def nearest(self, segment: Segment) -> Bounded | None:
        """The newest checkpoint within a part of a line. Treat it as immutable; None where there is none."""
        found = self._cache.checkpoint(segment.owner, segment.last)
        if found is None or found[0] < segment.first:
            return None
        position, checkpoint = found
        return self._known(segment.owner, position) or self._whole_state(segment.owner, checkpoint)

    def forget(self) -> None:
        self._bases.clear()

    def _whole_state(self, owner: str, checkpoint: Checkpoint) -> Bounded | None:
        if checkpoint.base is None:
            return self._keep(owner, checkpoint.state)
        base = self._known(owner, checkpoint.base)
        if base is None:
            found = self._cache.checkpoint(owner, checkpoint.base)
            if found is None or found[0] != checkpoint.base or found[1].base is not None:
                return None
            base = self._keep(owner, found[1].state)
        return checkpoint.whole(base)

    def _known(self, owner: str, position: int) -> Bounded | None:
        known = self._bases.get((owner, position))
        if known is not None:
            self._bases.move_to_end((owner, position))
        return known

    def _keep(self, owner: str, state: Bounded) -> Bounded:
        self._bases[owner, state.position] = state
        if len(self._bases) > _KEPT:
            self._bases.popitem(last=False)
        return state
