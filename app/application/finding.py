"""Find when a condition on the state becomes true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.application.ports import no_progress
from app.application.slicing import REPORT_EVERY, Slicer
from app.domain.conditions import parse, test_of, uses
from app.domain.errors import BadInput, OutOfRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import DerivedCache, EventStore, Progress
    from app.application.slicing import Slice
    from app.application.time_machine import TimeMachine
    from app.domain.conditions import Test


class Finding:
    """Looks for the positions where a condition becomes true; any thread may call."""

    def __init__(self, store: EventStore, cache: DerivedCache, time_machine: TimeMachine) -> None:
        self._store = store
        self._slicer = Slicer(store, cache, time_machine)

    def find(
        self,
        branch: str,
        expression: str,
        *,
        first: int = 0,
        last: int | None = None,
        limit: int | None = None,
        progress: Progress = no_progress,
    ) -> tuple[int, ...]:
        """Positions from ``first`` to ``last`` where the condition holds and did not just before, rising.

        A condition that holds before the first event becomes true at position 0. What decays is looked at at every
        position, so a condition on an interest may become true where no event touched it. At most ``limit``
        positions; the search ends with the last of them. Raises BadCondition, BadInput, OutOfRange, Cancelled.
        """
        condition = parse(expression)
        head = self._store.branch(branch).head
        last = head if last is None else last
        require_range(first, last, head)
        asked = uses(condition)
        rolled = self._slicer.slice(branch, asked, max(first, 1), last, progress)
        found: list[int] = []
        for position in _rising(rolled, test_of(condition), first, last, progress):
            found.append(position)
            if limit is not None and len(found) >= limit:
                break
        return tuple(found)


def require_range(first: int, last: int, head: int) -> None:
    """Raise OutOfRange or BadInput unless 0 <= first <= last <= head."""
    for position in (first, last):
        if not 0 <= position <= head:
            raise OutOfRange(f"there is no position {position}: the branch has {head} events, positions 0 to {head}")
    if first > last:
        raise BadInput(f"position {first}, where to begin, is after position {last}, where to end")


def _rising(rolled: Slice, test: Test, first: int, last: int, progress: Progress) -> Iterator[int]:
    truths = _truths_everywhere if rolled.decays else _truths
    held = False
    for position, holds in truths(rolled, test, first, last, progress):
        if holds and not held and position >= first:
            yield position
        held = holds


def _truths(rolled: Slice, test: Test, first: int, last: int, progress: Progress) -> Iterator[tuple[int, bool]]:
    """(position, whether the condition holds) where that may have changed, and just before ``first``."""
    asked = first == 0
    if asked:
        yield 0, test(rolled.state(0))
    for position, fact, taking in rolled.steps(progress, "searching"):
        if not asked and position >= first:
            yield first - 1, test(rolled.state(first - 1))
            asked = True
        rolled.apply(fact, taking, position)
        if asked:
            yield position, test(rolled.state(position))


def _truths_everywhere(
    rolled: Slice, test: Test, first: int, last: int, progress: Progress
) -> Iterator[tuple[int, bool]]:
    """The same of a condition that may change with the position alone: every position is looked at."""
    at = max(first - 1, 0)
    for position, fact, taking in rolled.steps(progress, "searching"):
        for between in range(at, position):
            if between % REPORT_EVERY == 0:
                progress(between, last, "searching")
            yield between, test(rolled.state(between))
        rolled.apply(fact, taking, position)
        at = max(at, position)
    for after in range(at, last + 1):
        if after % REPORT_EVERY == 0:
            progress(after, last, "searching")
        yield after, test(rolled.state(after))
