"""Keeps checkpoints and the index of growing lists up with the log; all of it can be thrown away and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.checkpoints import CHECKPOINT_EVERY, CheckpointWriter
from app.application.ports import IndexBatch, ItemRow
from app.domain.branches import clip
from app.domain.fold.bounded import Bounded
from app.domain.fold.touches import touches
from app.domain.fold.versions import CURRENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.checkpoints import CheckpointReader
    from app.application.ports import DerivedCache, EventStore, Progress
    from app.domain.branches import Segment
    from app.domain.fold.lists import Find, ListName
    from app.domain.fold.touches import Touch
    from app.domain.fold.versions import Fold

BATCH: Final = 2_048


class Indexer:
    """Folds what was added to a branch since the last time, owner by owner along its lineage."""

    def __init__(
        self, store: EventStore, cache: DerivedCache, checkpoints: CheckpointReader, fold: Fold = CURRENT
    ) -> None:
        self._store, self._cache, self._checkpoints, self._fold = store, cache, checkpoints, fold
        self._checked: set[str] = set()
        self._inherited: set[str] = set()
        """Branches of which all that they inherit is indexed: it never grows, so it is looked at once."""

    def catch_up(self, branch: str, progress: Progress) -> None:
        """Index everything of the branch; stopping half-way (``Cancelled``) keeps what was done."""
        head = self._store.branch(branch).head
        segments = self._store.lineage(branch)
        if branch in self._inherited and segments and self._is_indexed(segments[-1]):
            return
        for segment in segments:
            self._check_anchor(segment)
            done = max(self._cache.indexed_to(segment.owner), segment.first - 1)
            if done < segment.last:
                self._index(branch, segment, done, head, progress)
        self._inherited.add(branch)

    def _is_indexed(self, segment: Segment) -> bool:
        return self._cache.indexed_to(segment.owner) >= segment.last

    def _check_anchor(self, segment: Segment) -> None:
        """A cache that belongs to another history (a store put in this one's place) is worth nothing."""
        if segment.owner in self._checked:
            return
        self._checked.add(segment.owner)
        indexed, anchor = self._cache.indexed_to(segment.owner), self._cache.anchor(segment.owner)
        if anchor is None or indexed == 0:
            return
        head = self._store.branch(segment.owner).head
        if indexed > head or self._store.hash_at(segment.owner, indexed) != anchor:
            self._cache.forget()
            self._checkpoints.forget()
            self._inherited.clear()

    def _index(self, branch: str, segment: Segment, done: int, head: int, progress: Progress) -> None:
        state = self._state_at(branch, done)
        writer = CheckpointWriter(state)
        while done < segment.last:
            last = min(done + BATCH, segment.last)
            rows: list[ItemRow] = []
            births: dict[tuple[str, str], int] = {}
            finder = self.finder(branch, done, births)
            checkpoints = []
            touched: dict[Touch, list[int]] = {}
            fact = None
            for fact in self._store.facts_at(branch, range(done + 1, last + 1)):
                changes = self._fold.advance(state, fact, finder)
                for touch in touches(fact, changes, state):
                    touched.setdefault(touch, []).append(fact.position)
                for change in changes:
                    rows.append(ItemRow(*change))
                    if births.get((change.list, change.key), 0) < change.ord:
                        births[change.list, change.key] = change.ord
                if fact.position % CHECKPOINT_EVERY == 0:
                    checkpoints.append((fact.position, writer.checkpoint()))
            if fact is None:
                return
            anchor = self._store.hash_at(branch, last)
            self._cache.put(segment.owner, IndexBatch(done + 1, last, checkpoints, rows, touched), anchor)
            done = last
            progress(done, head, "indexing")

    def _state_at(self, branch: str, position: int) -> Bounded:
        """The bounded state where indexing goes on, from the newest checkpoint before it."""
        state = Bounded()
        for part in reversed(clip(self._store.lineage(branch), 1, position)):
            if (found := self._checkpoints.nearest(part)) is not None:
                state = found.copy()
                break
        for event in self._store.iterate(branch, state.position + 1, position):
            self._fold.advance(state, event)
        return state

    def finder(self, branch: str, upto: int, births: Mapping[tuple[str, str], int] | None = None) -> Find:
        """Looks items up among those born at or before ``upto``, and in ``births`` of a batch under way."""
        pending = births if births is not None else {}

        def find(list_name: ListName, key: str) -> int | None:
            if (found := pending.get((list_name, key))) is not None:
                return found
            for part in reversed(self._store.lineage(branch)):
                if part.first > upto:
                    continue
                row = self._cache.find(part.owner, list_name, key, min(part.last, upto))
                if row is not None:
                    return row.ord
            return None

        return find
