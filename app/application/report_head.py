"""The head of a report: what it is about, who made it, and why it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.events import to_rfc3339
from app.domain.report.parts import VERIFIED, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.ports import Clock, EventStore, Progress, StoreProblem, Verified
    from app.application.report_branches import Part
    from app.application.report_sources import ReportSources
    from app.application.report_wish import ReportWish


@dataclass(frozen=True, slots=True)
class Integrity:
    """Whether the record is as it was stored; ``is_sound`` None: nobody looked."""

    is_sound: bool | None
    facts: tuple[Fact, ...]


class Head:
    """Reads the facts that stand above the conversation; ``record`` is the store itself, whose hashes hold."""

    def __init__(self, sources: ReportSources, record: EventStore, clock: Clock, version: str) -> None:
        self._sources, self._record, self._clock, self._version = sources, record, clock, version

    def facts(self, wish: ReportWish, parts: Sequence[Part]) -> tuple[Fact, ...]:
        return tuple(Fact(name, value) for name, value in self._facts(wish, parts) if value)

    def _facts(self, wish: ReportWish, parts: Sequence[Part]) -> Iterator[tuple[str, str | None]]:
        header = self._sources.store.header(self._sources.session)
        yield "Reported", readable_time(self._clock.now() // 1_000_000 * 1_000_000)
        yield "By", wish.redaction.text(wish.author, "note")
        yield "With", self._version
        yield "Branches" if len(parts) > 1 else "Branch", "; ".join(map(range_text, parts))
        yield "Customer", header.subject
        yield "Happened", self._when(parts[0])
        yield "Source", header.source
        yield "Id in the source", header.external_id
        yield "Session", header.id

    def _when(self, part: Part) -> str:
        """From the first to the last known time of what is told first."""
        ends = [self._sources.store.read(part.branch.id, at, at) for at in (max(1, part.first), part.last) if at > 0]
        times = [event.time for events in ends for event in events if event.time is not None]
        if not times:
            return ""
        first, last = readable_time(min(times)), readable_time(max(times))
        return first if first == last else f"{first} to {last}"

    def integrity(self, wish: ReportWish, parts: Sequence[Part], progress: Progress) -> Integrity:
        """The hash at the end of each branch's range, and what a check of the chain said. Raises Cancelled."""
        hashes = [
            Fact(f"Hash at event {part.last:,} of {part.branch.name}", f"BLAKE2b-256 {self._hash(part)}")
            for part in parts
        ]
        if not wish.verify:
            return Integrity(None, (Fact(VERIFIED, "no: the record was not checked for this report"), *hashes))
        found = self._record.verify(progress)
        told = tuple(one for one in found.problems if self._is_told(one, wish, parts))
        return Integrity(not told, (Fact(VERIFIED, self._verdict(found, told, wish, parts)), *hashes))

    def _is_told(self, problem: StoreProblem, wish: ReportWish, parts: Sequence[Part]) -> bool:
        """Whether a problem lies in what the report rests on: the chosen branches from their beginning on."""
        if problem.session != wish.session or problem.branch is None:
            return problem.session in (None, wish.session)
        return any(
            problem.branch == one.owner and (problem.position is None or problem.position <= min(one.last, part.last))
            for part in parts
            for one in self._record.lineage(self._sources.branches[part.branch.id])
        )

    @staticmethod
    def _verdict(found: Verified, told: Sequence[StoreProblem], wish: ReportWish, parts: Sequence[Part]) -> str:
        """What was checked, what came of it for what is told, and what of the rest of the store."""
        checked = "; ".join(f"{part.branch.name} up to event {part.last:,}" for part in parts)
        said = f"all {found.events:,} events of the store were checked when the report was made"
        others = len(found.problems) - len(told)
        rest = f"; {_problems(others)} elsewhere in the store, in nothing that is told here" if others else ""
        if not told:
            return f"yes: {said}. The hash chain of what this report tells ({checked}) agrees with the record{rest}"
        where = "; ".join(
            one.reason if one.position is None else f"event {one.position:,}: {one.reason}" for one in told[:3]
        )
        where = wish.redaction.text(where, "metadata")
        return f"no: {said}, and {_problems(len(told))} in what this report tells ({checked}): {where}{rest}"

    def _hash(self, part: Part) -> str:
        return self._record.hash_at(self._sources.branches[part.branch.id], part.last)


def _problems(count: int) -> str:
    return "1 problem was found" if count == 1 else f"{count:,} problems were found"


def range_text(part: Part) -> str:
    """``main, events 3 to 12 of 42``."""
    name = part.branch.name
    if part.first > part.last:
        return f"{name} (no events of its own in the range)"
    if part.first <= 1 and part.last == part.branch.head:
        return f"{name}, all {part.last:,} events"
    if part.first == part.last:
        return f"{name}, event {part.first:,} of {part.branch.head:,}"
    return f"{name}, events {part.first:,} to {part.last:,} of {part.branch.head:,}"


def readable_time(microseconds: int | None) -> str:
    """``2024-03-01 14:03:22.5 UTC``, to the millisecond; empty where nobody knows."""
    known = None if microseconds is None else microseconds // 1_000 * 1_000
    return (to_rfc3339(known) or "").replace("T", " ").replace("Z", " UTC")
