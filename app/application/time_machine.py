"""Any state of any branch: the nearest checkpoint, the few events after it, and the index of growing lists."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from app.application.checkpoints import CheckpointReader
from app.application.indexing import Indexer
from app.application.lines import Lines
from app.application.moment import Moment
from app.application.ports import no_progress
from app.domain import branches
from app.domain.diff import diff
from app.domain.errors import OutOfRange
from app.domain.fold import entries as entry_form
from app.domain.fold.bounded import Bounded
from app.domain.fold.state_json import bounded_json, state_json
from app.domain.fold.versions import CURRENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import DerivedCache, EventColumns, EventStore, ItemRow, Progress
    from app.domain.branches import Segment
    from app.domain.events import Event
    from app.domain.fold.versions import Fold
    from app.domain.transcript import Entry

REMEMBERED: Final = 16
"""Bounded states kept in memory: a drag to and fro is then tail work only."""


class TimeMachine:
    """Rebuilds states; never changes the log. Any thread may call; work on one machine is done one at a time."""

    def __init__(self, store: EventStore, cache: DerivedCache, fold: Fold = CURRENT) -> None:
        self._store, self._cache, self._fold = store, cache, fold
        self._checkpoints = CheckpointReader(cache)
        self._indexer = Indexer(store, cache, self._checkpoints, fold)
        self._lines = Lines(store, cache)
        self._lock = RLock()
        self._recent: OrderedDict[tuple[str, int], Bounded] = OrderedDict()
        self._formed: tuple[Bounded, dict[str, Any]] | None = None

    def prepare(self, branch: str, progress: Progress = no_progress) -> None:
        """Bring checkpoints and index of a branch up to its head; quick when nothing was added."""
        with self._lock:
            self._indexer.catch_up(branch, progress)

    def bounded(self, branch: str, position: int) -> Bounded:
        """The bounded state after ``position`` events; treat it as immutable. Raises OutOfRange."""
        with self._lock:
            segments = self._segments(branch, position)
            if not segments:
                return Bounded()
            return self._seek(branch, segments, position)

    def _segments(self, branch: str, position: int) -> tuple[Segment, ...]:
        head = self._store.branch(branch).head
        if not 0 <= position <= head:
            raise OutOfRange(f"there is no position {position}: the branch has {head} events, positions 0 to {head}")
        return branches.clip(self._store.lineage(branch), 1, position)

    def _seek(self, branch: str, segments: tuple[Segment, ...], position: int) -> Bounded:
        owner = segments[-1].owner
        if (known := self._remembered(owner, position)) is not None:
            return known
        state = self._before(segments, position).copy()
        for event in self._store.iterate(branch, state.position + 1, position):
            self._fold.advance(state, event)
        self._remember(owner, position, state)
        return state

    def _remembered(self, owner: str, position: int) -> Bounded | None:
        known = self._recent.get((owner, position))
        if known is not None:
            self._recent.move_to_end((owner, position))
        return known

    def _remember(self, owner: str, position: int, state: Bounded) -> None:
        self._recent[owner, position] = state
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)

    def _before(self, segments: tuple[Segment, ...], position: int) -> Bounded:
        """The nearest state at or before ``position``: the one just before it, else a checkpoint, else the start."""
        previous = self._recent.get((segments[-1].owner, position - 1))
        if previous is not None:
            return previous
        for segment in reversed(segments):
            if (found := self._checkpoints.nearest(segment)) is not None:
                return found
        return Bounded()

    def moment(self, branch: str, position: int) -> Moment:
        """All that the window shows of a position. Raises OutOfRange."""
        with self._lock:
            self._indexer.catch_up(branch, no_progress)
            head = self._store.branch(branch).head
            if position == 0:
                return Moment(branch, 0, head, None, bounded_json(self.bounded(branch, 0)), (), 0, ())
            before = self.bounded(branch, position - 1)
            (event,) = self._store.read(branch, position, position)
            now = before.copy()
            touched = self._fold.advance(now, event, self._indexer.finder(branch, position - 1))
            self._remember(self._segments(branch, position)[-1].owner, position, now)
            was = self._form(before)
            state = bounded_json(now, (before, was))
            self._formed = (now, state)
            changes = diff(was, state)
            problems = [entry_form.problem_json(event, change.key) for change in touched if change.list == "problems"]
            changed = [change.ord for change in touched if change.list == "transcript"]
            return Moment(
                branch=branch,
                position=position,
                head=head,
                event=event,
                state={**state, "problems": problems},
                changes=changes,
                transcript_length=now.conversation.entries,
                changed_entries=tuple(one for ord_ in changed for one in self.entries(branch, ord_, 1, position)),
                before=was,
                context_tokens=now.conversation.tokens,
                shown=self._event(branch, now.recommendation.shown_at, event),
            )

    def _event(self, branch: str, position: int, at_hand: Event) -> Event | None:
        """The event at a position, which the one at hand may be; None at 0."""
        if not position:
            return None
        return at_hand if position == at_hand.position else self._store.events_at(branch, [position])[0]

    def _form(self, state: Bounded) -> dict[str, Any]:
        """A state's JSON; with one step forwards it is known from the last moment."""
        known, form = self._formed or (None, {})
        return form if known is state else bounded_json(state)

    def columns(self, branch: str) -> EventColumns:
        """The whole branch as plain columns."""
        return self._lines.columns(branch)

    def births(self, branch: str) -> array[int]:
        """Position of the birth of each transcript entry of the whole branch, by ord (index 0 = ord 1)."""
        with self._lock:
            self._indexer.catch_up(branch, no_progress)
            return self._cache.births(self._store.lineage(branch), "transcript")

    def problems(self, branch: str) -> array[int]:
        """Positions of the branch's events that could not be applied, rising."""
        with self._lock:
            self._indexer.catch_up(branch, no_progress)
            rows = self._rows(self._store.lineage(branch), "problems", 1, 2**62)
            return array("q", sorted(row.position for row in rows))

    def entries(self, branch: str, first: int, count: int, at: int) -> tuple[Entry, ...]:
        """Transcript entries ``first`` to ``first + count - 1`` (1-based ords, cut to what there is).

        As they were at position ``at``; those born later are given as they were when born.
        """
        with self._lock:
            self._indexer.catch_up(branch, no_progress)
            rows = self._rows(self._store.lineage(branch), "transcript", first, first + count - 1)
            return self._built(branch, rows, at)

    def runs(self, branch: str, count: int, at: int) -> tuple[tuple[Event, ...], ...]:
        """The newest ``count`` runs of a model up to position ``at``: the events of each, its request first."""
        with self._lock:
            self._indexer.catch_up(branch, no_progress)
            last = self.bounded(branch, at).generation.runs
            rows = self._rows(self._segments(branch, at), "runs", max(1, last - count + 1), last)
            return tuple(tuple(events) for _, (_, events) in sorted(self._touched(branch, rows, at).items()))

    def _rows(self, segments: Sequence[Segment], name: str, first: int, last: int) -> Sequence[ItemRow]:
        return self._cache.rows(segments, name, first, last)

    def _touched(self, branch: str, rows: Sequence[ItemRow], at: int) -> dict[int, tuple[str, list[Event]]]:
        """For each item its key and the events that touched it up to ``at`` (its birth in any case)."""
        items: dict[int, tuple[str, list[int]]] = {}
        for row in sorted(rows, key=lambda row: (row.ord, row.position)):
            _, positions = items.setdefault(row.ord, (row.key, []))
            if not positions or row.position <= at:
                positions.append(row.position)
        wanted = sorted({position for _, positions in items.values() for position in positions})
        events = dict(zip(wanted, self._store.events_at(branch, wanted), strict=True))
        return {number: (key, [events[one] for one in positions]) for number, (key, positions) in items.items()}

    def _built(self, branch: str, rows: Sequence[ItemRow], at: int) -> tuple[Entry, ...]:
        return tuple(
            entry_form.entry(number, key, events)
            for number, (key, events) in sorted(self._touched(branch, rows, at).items())
        )

    def state(self, branch: str, position: int) -> dict[str, Any]:
        """The state of design section 3 without its head. Raises OutOfRange."""
        with self._lock:
            now = self.bounded(branch, position)
            self._indexer.catch_up(branch, no_progress)
            segments = self._segments(branch, position)

            def listed(name: str) -> dict[int, tuple[str, list[Event]]]:
                return self._touched(branch, self._rows(segments, name, 1, 2**62), position)

            return state_json(
                now,
                transcript=self._built(branch, self._rows(segments, "transcript", 1, 2**62), position),
                feedback=(events[0] for _, events in listed("feedback").values()),
                runs=(events for _, events in listed("runs").values()),
                problems=((events[0], key) for key, events in listed("problems").values()),
            )
