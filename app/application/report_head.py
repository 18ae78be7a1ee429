"""The head of a report: what it is about, who made it, and why it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.events import to_rfc3339
from app.domain.report.parts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.ports import Clock, EventStore, Progress
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
            return Integrity(None, (Fact("Verified", "not for this report"), *hashes))
        found = self._record.verify(progress)
        bad = [one for one in found.problems if one.session in (None, wish.session)]
        if not bad:
            said = "yes: the hash chain was computed again when the report was made, and agrees with the record"
            return Integrity(True, (Fact("Verified", said), *hashes))
        where = "; ".join(
            one.reason if one.position is None else f"event {one.position:,}: {one.reason}" for one in bad[:3]
        )
        said = f"no: {len(bad):,} problems were found ({where})"
        return Integrity(False, (Fact("Verified", said), *hashes))

    def _hash(self, part: Part) -> str:
        return self._record.hash_at(self._sources.branches[part.branch.id], part.last)


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
