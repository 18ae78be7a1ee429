"""Find when a condition on the state becomes true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from app.application.ports import no_progress
from app.application.slicing import REPORT_EVERY, Slicer
from app.domain.conditions import parse, test_of, uses, verdict_of
from app.domain.conditions.last_text import last_text_needles
from app.domain.errors import BadInput, OutOfRange
from app.domain.search_text import certain_piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.application.ports import DerivedCache, EventStore, Progress
    from app.application.slicing import Slice
    from app.application.time_machine import TimeMachine
    from app.domain.conditions import Expression


class TextIndex(Protocol):
    """Knows which events hold a text, once it covers them."""

    def holding(
        self, branch: str, piece: str, types: tuple[str, ...], last: int, progress: Progress
    ) -> Sequence[int] | None:
        """Positions up to ``last`` of events of these types with a text that holds the folded piece; None: unknown."""
        ...


class Finding:
    """Looks for the positions where a condition becomes true; any thread may call."""

    def __init__(
        self, store: EventStore, cache: DerivedCache, time_machine: TimeMachine, texts: TextIndex | None = None
    ) -> None:
        self._store, self._texts = store, texts
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
        texts = self._holding(branch, condition, last, progress)
        rolled = self._slicer.slice(branch, uses(condition), max(first, 1), last, progress, texts)
        stretches = _Stretches(rolled, condition, last, progress)
        found: list[int] = []
        for position in _rising(stretches.truths(max(first - 1, 0)), first):
            found.append(position)
            if limit is not None and len(found) >= limit:
                break
        return tuple(found)

    def _holding(self, branch: str, condition: Expression, last: int, progress: Progress) -> Sequence[int] | None:
        """Messages and edits that may hold what is asked of the last message; None where no index can tell."""
        needles = last_text_needles(condition)
        pieces = [certain_piece(needle) for needle in needles or ()]
        if self._texts is None or not pieces:
            return None
        found: set[int] = set()
        for piece in pieces:
            positions = self._texts.holding(branch, piece, _SAYING, last, progress) if piece else None
            if positions is None:
                return None
            found.update(positions)
        return sorted(found)


_SAYING: Final = ("conversation.message-posted", "conversation.message-edited")


def require_range(first: int, last: int, head: int) -> None:
    """Raise OutOfRange or BadInput unless 0 <= first <= last <= head."""
    for position in (first, last):
        if not 0 <= position <= head:
            raise OutOfRange(f"there is no position {position}: the branch has {head} events, positions 0 to {head}")
    if first > last:
        raise BadInput(f"position {first}, where to begin, is after position {last}, where to end")


def _rising(truths: Iterator[tuple[int, bool]], first: int) -> Iterator[int]:
    held = False
    for position, holds in truths:
        if holds and not held and position >= first:
            yield position
        held = holds


class _Stretches:
    """Follows a condition from event to event, and through the stretches between them where it may change too."""

    def __init__(self, rolled: Slice, condition: Expression, last: int, progress: Progress) -> None:
        self._rolled, self._last, self._progress = rolled, last, progress
        self._test, self._verdict = test_of(condition), verdict_of(condition)
        if not rolled.varies:
            self._look = self._at_once
        else:
            self._look = self._by_halves if rolled.has_bounds else self._everywhere

    def truths(self, start: int) -> Iterator[tuple[int, bool]]:
        """(position, whether the condition holds from there on), rising, from ``start`` to the end."""
        at = start
        for position, fact, taking in self._rolled.steps(self._progress, "searching"):
            if position > at:
                yield from self._look(at, position - 1)
                at = position
            self._rolled.apply(fact, taking)
        yield from self._look(at, self._last)

    def _at_once(self, first: int, last: int) -> Iterable[tuple[int, bool]]:  # noqa: ARG002 - one shape of three
        """Where nothing changes without an event."""
        return ((first, self._test(self._rolled.state(first))),)

    def _by_halves(self, first: int, last: int) -> Iterator[tuple[int, bool]]:
        """Where the bounds of what varies are known: stretches that they decide are not looked into."""
        pending = [(first, last)]
        while pending:
            start, end = pending.pop()
            if start == end:
                yield start, self._test(self._rolled.state(start))
            elif (holds := self._verdict(self._rolled.between(start, end))) is not None:
                yield start, holds
            else:
                middle = (start + end) // 2
                pending += [(middle + 1, end), (start, middle)]

    def _everywhere(self, first: int, last: int) -> Iterator[tuple[int, bool]]:
        for position in range(first, last + 1):
            if position % REPORT_EVERY == 0:
                self._progress(position, self._last, "searching")
            yield position, self._test(self._rolled.state(position))
