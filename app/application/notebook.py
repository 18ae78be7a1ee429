"""The analyst's record: markers, notes, tags and ratings, each change a new event in the analyst stream."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.application.branch_labels import LOCAL_SOURCE
from app.application.side_records import SideRecords
from app.domain.branches import lineage
from app.domain.errors import BadInput, NotFound, OutOfRange
from app.domain.events import SIDE_STREAMS, NewEvent
from app.domain.notebook import (
    RATINGS,
    REMOVED,
    TYPE_OF_KIND,
    NotebookEntry,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import Clock, EventStore, Ids
    from app.domain.branches import Branch, Segment
    from app.domain.notebook import EntryKind


class Notebook:
    """Reads and writes the record of a session; the customer's own events are never touched.

    A place is (branch id, position); an entry is kept with the branch that owns the event there, so that it shows
    on every branch that inherits it. Methods that write return the entry as it is then.
    """

    def __init__(self, store: EventStore, clock: Clock, ids: Ids) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._records = SideRecords(store)

    def entries(self, session: str, branch: str | None = None) -> tuple[NotebookEntry, ...]:
        """All entries by position, what detectors found among them; with ``branch`` those whose event it holds."""
        found = self._records.entries(session)
        if branch is None:
            return found
        parts = self._store.lineage(branch)
        return tuple(entry for entry in found if entry.is_on(parts))

    def lineages(self, session: str) -> dict[str, tuple[Segment, ...]]:
        """The lineage of every branch of a session, by id: which branches hold an entry."""
        branches = {one.id: one for one in self._store.branches(session)}
        return {one.id: lineage(one, branches) for one in branches.values() if one.kind not in SIDE_STREAMS}

    def tags(self, session: str) -> tuple[str, ...]:
        """Every tag of the session once, by name: to complete what is typed."""
        found = {entry.text for entry in self.entries(session) if entry.kind == "tag"}
        return tuple(sorted(found, key=str.casefold))

    # --- what is written

    def set_marker(self, branch: str, position: int, label: str | None = None) -> NotebookEntry:
        """Mark a place; one that is there already stays, and takes the label if one is given."""
        label = None if label is None else " ".join(label.split())
        there = self._at(branch, position, "marker")
        if there and label in (None, there[0].text):
            return there[0]
        return self._set(branch, position, "marker", label or "", entry=there[0].id if there else None)

    def write_note(self, branch: str, position: int, text: str) -> NotebookEntry:
        """Raises BadInput for a note without words."""
        return self._set(branch, position, "note", _words(text, "note"))

    def add_tag(self, branch: str, position: int, tag: str) -> NotebookEntry:
        """The same tag at the same place again is the one that is there. Raises BadInput for an empty one."""
        cleaned = " ".join(_words(tag, "tag").split())
        for there in self._at(branch, position, "tag"):
            if there.text == cleaned:
                return there
        return self._set(branch, position, "tag", cleaned)

    def rate(self, branch: str, position: int, rating: int, why: str = "") -> NotebookEntry:
        """1 (bad) to 5 (very good); a place has one rating, another one replaces it. Raises BadInput."""
        if rating not in RATINGS:
            raise BadInput(f"a rating is 1 (bad) to 5 (very good), not {rating}")
        there = self._at(branch, position, "rating")
        if there and (there[0].rating, there[0].text) == (rating, why.strip()):
            return there[0]
        return self._set(branch, position, "rating", why.strip(), entry=there[0].id if there else None, rating=rating)

    def edit(self, session: str, entry: str, text: str) -> NotebookEntry:
        """Give an entry another text. Raises NotFound; BadInput for a note or tag without words."""
        before = self._own(session, entry)
        if before.kind in ("note", "tag"):
            text = _words(text, before.kind)
        text = text.strip() if before.kind in ("note", "rating") else " ".join(text.split())
        if text == before.text:
            return before
        self._append(session, TYPE_OF_KIND[before.kind], _data(before, text))
        return self._own(session, entry)

    def remove(self, session: str, entry: str) -> NotebookEntry:
        """Take an entry off; its events stay. Raises NotFound. Returns it, ``changed_by`` naming the removal."""
        before = self._own(session, entry)
        removal = self._append(session, REMOVED, _removal(before))
        return replace(before, changed_by=removal)

    def undo(self, session: str, change: str | None = None) -> NotebookEntry | None:
        """Undo one change (a side stream's event id), else the newest that can be; by one more event.

        Returns the entry as it is then, None when it is no longer there. Raises BadInput when nothing can be undone.
        """
        record = self._records.record(session)
        change = record.last_undoable() if change is None else change
        touched = record.before(change) if change is not None else None
        if touched is None:
            raise BadInput("there is nothing to undo in this notebook")
        named, before = touched
        if before is not None:
            self._append(session, TYPE_OF_KIND[before.kind], {**_data(before, before.text), "undoes": change})
            return self._own(session, named)
        if (now := record.entries.get(named)) is not None:
            self._append(session, REMOVED, {**_removal(now), "undoes": change})
        return None

    def _set(
        self,
        branch: str,
        position: int,
        kind: EntryKind,
        text: str,
        *,
        entry: str | None = None,
        rating: int | None = None,
    ) -> NotebookEntry:
        origin = self._branch(branch)
        owner, target = self._pointer(origin, position)
        data: dict[str, Any] = {
            "entry": entry or self._ids.new(), "branch": owner, "position": position, "event": target, "text": text,
        }  # fmt: skip
        if rating is not None:
            data["rating"] = rating
        self._append(origin.session, TYPE_OF_KIND[kind], data)
        return self._own(origin.session, data["entry"])

    # --- where

    def _branch(self, branch: str) -> Branch:
        found = self._store.branch(branch)
        if found.kind in SIDE_STREAMS:
            raise BadInput(f"{found.name} is a side stream; notes belong to the events of a branch")
        return found

    def _pointer(self, branch: Branch, position: int) -> tuple[str, str | None]:
        """(owning branch, event id) of a position; the start of every branch belongs to main."""
        if not 0 <= position <= branch.head:
            raise OutOfRange(
                f"there is no position {position}: {branch.name} has {branch.head} events, positions 0 to {branch.head}"
            )
        if position == 0:
            return next(one.id for one in self._store.branches(branch.session) if one.parent is None), None
        (event,) = self._store.events_at(branch.id, [position])
        return event.branch, event.id

    def _at(self, branch: str, position: int, kind: EntryKind) -> Sequence[NotebookEntry]:
        origin = self._branch(branch)
        owner, _ = self._pointer(origin, position)
        return self._records.record(origin.session).at(owner, position, kind)

    def _own(self, session: str, entry: str) -> NotebookEntry:
        found = self._records.record(session).entries.get(entry)
        if found is None:
            raise NotFound(f"the notebook of this session has no entry {entry!r}")
        return found

    def _append(self, session: str, event_type: str, data: dict[str, Any]) -> str:
        event = NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type=event_type,
            data=data,
            actor="analyst",
            subject=self._store.header(session).subject,
            time=self._clock.now(),
        )
        self._store.append(self._records.analyst_stream(session), [event], expected=None)
        return event.id


def _words(text: str, what: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise BadInput(f"a {what} needs at least one word")
    return cleaned


def _data(entry: NotebookEntry, text: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "entry": entry.id, "branch": entry.branch, "position": entry.position, "event": entry.event, "text": text,
    }  # fmt: skip
    return data if entry.rating is None else {**data, "rating": entry.rating}


def _removal(entry: NotebookEntry) -> dict[str, Any]:
    return {"entry": entry.id, "branch": entry.branch, "position": entry.position, "event": entry.event}
