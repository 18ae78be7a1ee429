"""Looking a session through for what should not leave, and a person's decisions on each thing found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.application.redaction_review import Review, ReviewText
from app.domain.branches import clip
from app.domain.events import SIDE_STREAMS
from app.domain.redaction.detection import Detection
from app.domain.redaction.findings import Place
from app.domain.redaction.profile import STANDARD
from app.domain.redaction.redaction import Pseudonymising
from app.domain.redaction.values import TextScan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.branch_labels import BranchLabels
    from app.application.ports import EventStore, Progress
    from app.domain.branches import Segment
    from app.domain.events import Event
    from app.domain.redaction.detection import PatternSpans
    from app.domain.redaction.findings import Finding
    from app.domain.redaction.profile import RedactionProfile

TELL_EVERY: Final = 200
"""Events between two words about progress."""

ENVELOPE: Final = ("id", "source", "type", "subject", "causation_id", "correlation_id")
"""The texts of an event beside its data; each is looked through under its own name as ``metadata``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewScope:
    """What is to leave.

    Attributes:
        session: id.
        branches: ids; events that several share are looked through once.
        first, last: positions, inclusive; None is the end of each branch.
        side_streams: kinds (``analyst``, ``derived``) that go along, whole.
        texts: others that go along, each with what it is: ("file name", …), ("title", …).
    """

    session: str
    branches: tuple[str, ...]
    first: int = 1
    last: int | None = None
    side_streams: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


def event_place(event: Event) -> Place:
    """Where the data of an event stands; a ``note`` is what people wrote beside the events."""
    what = "note" if event.type.startswith("analyst.") else "event"
    return Place(what, event.branch, event.position, classification=event.classification)


def metadata_place(event: Event, field: str) -> Place:
    """Where a text of its envelope stands, such as ``subject``."""
    return Place("metadata", event.branch, event.position, f"/{field}")


class Redacting:
    """Looks sessions through. Any thread may call; a review belongs to one thread at a time."""

    def __init__(self, store: EventStore, labels: BranchLabels, patterns: PatternSpans) -> None:
        self._store, self._labels, self._patterns = store, labels, patterns

    def all_of(self, session: str, *, texts: Sequence[tuple[str, str]] = ()) -> ReviewScope:
        """Every branch and side stream of a session."""
        made = [one.id for one in self._store.branches(session) if one.kind not in SIDE_STREAMS]
        return ReviewScope(session=session, branches=tuple(made), side_streams=SIDE_STREAMS, texts=tuple(texts))

    def without_review(self, profile: RedactionProfile) -> Pseudonymising:
        """All that is found is taken out, nobody asked: for the command line. Raises BadInput."""
        return Pseudonymising(profile, self._patterns)

    def scan(self, profile: RedactionProfile) -> TextScan:
        """The detectors of a profile, for texts that are only shown. Raises BadInput."""
        return TextScan(Detection(profile, self._patterns))

    def review(
        self,
        scope: ReviewScope,
        profile: RedactionProfile = STANDARD,
        progress: Progress = no_progress,
        before: Review | None = None,
    ) -> Review:
        """Find everything; decisions of a review ``before`` stay. Raises BadInput, NotFound, Cancelled."""
        scan = self.scan(profile)
        texts: list[ReviewText] = []
        for place, value in self._everything(scope, progress):
            found: list[Finding] = []

            def note(text: str, findings: tuple[Finding, ...], found: list[Finding] = found) -> str:
                found.extend(findings)
                return text

            scan.value(value, place, note)
            if found:
                texts.append(ReviewText(place, value, tuple(found)))
        return Review(profile, self._patterns, tuple(texts), before)

    def _everything(self, scope: ReviewScope, progress: Progress) -> Iterator[tuple[Place, Any]]:
        header = self._store.header(scope.session)
        yield Place("title"), header.title
        for field in ("source", "external_id", "subject"):
            yield Place("metadata", pointer=f"/{field}"), getattr(header, field)
        for what, text in scope.texts:
            yield Place(what), text
        for branch in self._labels.branches(scope.session):
            if branch.id in scope.branches:
                yield Place("branch name", branch.id), branch.name
        parts = self._parts(scope)
        total, done = sum(part.last - part.first + 1 for part in parts), 0
        for part in parts:
            for event in self._store.iterate(part.owner, part.first, part.last):
                if done % TELL_EVERY == 0:
                    progress(done, total, "looking for what should not leave")
                done += 1
                yield from _texts_of(event)
        progress(done, total, "looking for what should not leave")

    def _parts(self, scope: ReviewScope) -> list[Segment]:
        """What is to be read, nothing twice."""
        farthest: dict[tuple[str, int], Segment] = {}
        for branch in scope.branches:
            head = self._store.branch(branch).head
            last = head if scope.last is None else min(scope.last, head)
            for part in clip(self._store.lineage(branch), scope.first, last):
                known = farthest.get((part.owner, part.first))
                if known is None or known.last < part.last:
                    farthest[part.owner, part.first] = part
        for stream in self._store.branches(scope.session):
            if stream.kind in scope.side_streams and stream.head:
                farthest[stream.id, 1] = replace(self._store.lineage(stream.id)[0], first=1, last=stream.head)
        return list(farthest.values())


def _texts_of(event: Event) -> Iterator[tuple[Place, Any]]:
    for field in ENVELOPE:
        if (text := getattr(event, field)) is not None:
            yield metadata_place(event, field), text
    yield event_place(event), event.data
