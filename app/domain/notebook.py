"""What people noted beside the events, folded from a session's analyst stream: set, changed, removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.branches import Segment
    from app.domain.events import Event

EntryKind = Literal["marker", "note", "tag", "rating", "derived"]

REMOVED: Final = "analyst.entry-removed"
KIND_OF_TYPE: Final[Mapping[str, EntryKind]] = {
    "analyst.marker-set": "marker",
    "analyst.note-written": "note",
    "analyst.tag-added": "tag",
    "analyst.rating-given": "rating",
}
TYPE_OF_KIND: Final = {kind: name for name, kind in KIND_OF_TYPE.items()}
RATINGS: Final = (1, 2, 3, 4, 5)
RATING_WORDS: Final = ("bad", "poor", "fair", "good", "very good")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookEntry:
    """One entry as it is after the last event that touched it.

    Attributes:
        branch: id of the branch that owns the event pointed at.
        position: of that event; 0 is before the first.
        event: its id; None at position 0.
        text: label, note, tag or remark; what was found, for ``derived``.
        rating: 1 (bad) to 5 (very good), for ratings only.
        time: when it was first set, microseconds since 1970 UTC.
        changed_by: id of the side stream's event that made it what it is.
    """

    id: str
    kind: EntryKind
    branch: str
    position: int
    event: str | None
    text: str = ""
    rating: int | None = None
    time: int | None = None
    edited: bool = False
    changed_by: str = ""

    def is_on(self, lineage: Sequence[Segment]) -> bool:
        """Whether a branch of the session, given by its lineage, holds the event pointed at."""
        return self.position == 0 or any(
            part.owner == self.branch and part.first <= self.position <= part.last for part in lineage
        )

    def to_json(self, branch_names: Mapping[str, str]) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "branch": branch_names.get(self.branch, self.branch),
            "branch_id": self.branch,
            "position": self.position,
            "event": self.event,
            "text": self.text,
            "rating": self.rating,
            "time": to_rfc3339(self.time),
            "edited": self.edited,
        }


class Record:
    """An analyst stream folded so far: its entries, and what undoing needs. What is not understood changes nothing."""

    def __init__(self) -> None:
        self.taken = 0
        """Events folded."""
        self.entries: dict[str, NotebookEntry] = {}
        """By id, as they are now."""
        self._first_times: dict[str, int | None] = {}
        self._places: dict[tuple[str, int, EntryKind], dict[str, None]] = {}
        self._before: dict[str, tuple[str, NotebookEntry | None]] = {}
        self._changes: list[str] = []
        self._undone: set[str] = set()

    def take(self, event: Event) -> None:
        """Fold one more event."""
        named = entry_named(event)
        self._before.setdefault(event.id, (named, self.entries.get(named)))
        self.taken += 1
        if "undoes" in event.data:
            self._undone.add(str(event.data["undoes"]))
        elif event.type in KIND_OF_TYPE or event.type == REMOVED:
            self._changes.append(event.id)
        if event.type == REMOVED:
            self._put(str(event.data.get("entry")), None)
        elif (entry := _entry_of(event)) is not None:
            is_known = entry.id in self._first_times
            time = self._first_times.setdefault(entry.id, entry.time)
            self._put(entry.id, replace(entry, time=time, edited=True) if is_known else entry)

    def _put(self, entry_id: str, entry: NotebookEntry | None) -> None:
        if (old := self.entries.get(entry_id)) is not None:
            self._places[old.branch, old.position, old.kind].pop(entry_id)
        if entry is None:
            self.entries.pop(entry_id, None)
        else:
            self.entries[entry_id] = entry
            self._places.setdefault((entry.branch, entry.position, entry.kind), {})[entry_id] = None

    def at(self, branch: str, position: int, kind: EntryKind) -> tuple[NotebookEntry, ...]:
        """The entries of a kind at a place, oldest first."""
        found = [self.entries[one] for one in self._places.get((branch, position, kind), ())]
        return tuple(sorted(found, key=lambda entry: entry.time or 0))

    def before(self, change: str) -> tuple[str, NotebookEntry | None] | None:
        """The id of the entry that an event touched, and the entry just before; None for an unknown event."""
        return self._before.get(change)

    def last_undoable(self) -> str | None:
        """Id of the newest change that neither undoes another nor was undone."""
        while self._changes and self._changes[-1] in self._undone:
            self._changes.pop()
        return self._changes[-1] if self._changes else None


def entry_named(event: Event) -> str:
    """The id of the entry that an event of the stream is about; its own where it names none."""
    return str(event.data.get("entry") or event.id)


def _entry_of(event: Event) -> NotebookEntry | None:
    """What an event sets; one without an entry id (another program's, say) is an entry by its own id."""
    kind = KIND_OF_TYPE.get(event.type)
    place = _place(event.data)
    if kind is None or place is None:
        return None
    rating = event.data.get("rating")
    if kind == "rating" and rating not in RATINGS:
        return None
    branch, position, target = place
    return NotebookEntry(
        id=entry_named(event),
        kind=kind,
        branch=branch,
        position=position,
        event=target,
        text=str(event.data.get("text") or ""),
        rating=rating if kind == "rating" else None,
        time=event.time if event.time is not None else event.recorded_at,
        changed_by=event.id,
    )


def derived_entries(events: Iterable[Event]) -> tuple[NotebookEntry, ...]:
    """What detectors found, from a session's derived stream; events that point nowhere are left out."""
    found = []
    for event in events:
        if (place := _place(event.data)) is None:
            continue
        branch, position, target = place
        words = event.type.partition(".")[2].replace("-", " ") or event.type
        said = event.data.get("text")
        found.append(
            NotebookEntry(
                id=event.id,
                kind="derived",
                branch=branch,
                position=position,
                event=target,
                text=f"{words}: {said}" if said else words,
                time=event.time,
                changed_by=event.id,
            )
        )
    return tuple(found)


def _place(data: Mapping[str, Any]) -> tuple[str, int, str | None] | None:
    branch, position, target = data.get("branch"), data.get("position"), data.get("event")
    if not isinstance(branch, str) or not isinstance(position, int) or isinstance(position, bool) or position < 0:
        return None
    return branch, position, target if isinstance(target, str) else None
