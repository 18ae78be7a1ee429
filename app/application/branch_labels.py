"""Names, stars, colours, archive and reasons of branches, each change a new event in the analyst stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.application.side_streams import side_stream
from app.domain import branch_labels as rules
from app.domain.branch_labels import PLAIN, BranchLabel, default_branch, holder_of, labels_after, named
from app.domain.errors import BadInput
from app.domain.events import ANALYST, SIDE_STREAMS, NewEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.application.ports import Clock, EventStore, Ids
    from app.domain.branches import Branch
    from app.domain.events import Event

LOCAL_SOURCE = "urn:branchline:local"
"""The ``source`` of events that this program itself brings about."""

LONGEST_NAME: Final = 200
"""Characters."""


class BranchLabels:
    """Reads and writes what people made of branches; their events and the store's own names are never touched.

    Methods that write return the id of the change, to be undone by; None when there was nothing to change.
    They raise NotFound, and BadInput for side streams. Any thread may call.
    """

    def __init__(self, store: EventStore, clock: Clock, ids: Ids) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._read: dict[str, tuple[int, rules.Labels]] = {}

    def labels(self, session: str) -> Mapping[str, BranchLabel]:
        """What was said of branches, by id; branches of which nothing was said are left out."""
        return self._labels(session, side_stream(self._store, session, ANALYST))

    def branches(self, session: str) -> tuple[Branch, ...]:
        """As the store's, main first and side streams last, under the names they have now."""
        made = self._store.branches(session)
        labels = self.labels(session)
        return tuple(named(one, labels) for one in made)

    def taken_names(self, session: str) -> frozenset[str]:
        """Every name that a branch or side stream has, or was made with."""
        made = self._store.branches(session)
        labels = self.labels(session)
        return frozenset(name for one in made for name in (one.name, named(one, labels).name))

    def named(self, branch: Branch) -> Branch:
        """A branch of the store under the name it has now."""
        return named(branch, self.labels(branch.session))

    def default(self, session: str) -> Branch:
        """The starred branch, else main."""
        shown = [one for one in self.branches(session) if one.kind not in SIDE_STREAMS]
        return default_branch(shown, self.labels(session))

    def require_free(self, session: str, name: str, but: str | None = None) -> str:
        """The name with its spaces tidied. Raises BadInput when it is empty or another branch's than ``but``."""
        cleaned = " ".join(name.split())
        if not cleaned:
            raise BadInput("a branch needs a name")
        if len(cleaned) > LONGEST_NAME:
            raise BadInput(f"the name of a branch has at most {LONGEST_NAME} characters, not {len(cleaned):,}")
        labels = self.labels(session)
        holder = self._holder(session, cleaned, labels, but)
        if holder is None:
            return cleaned
        now = named(holder, labels).name
        if now == cleaned:
            raise BadInput(f"the session has a branch named {cleaned} already")
        raise BadInput(f"the name {cleaned} belongs to {now}, which was made with it")

    def _holder(self, session: str, name: str, labels: Mapping[str, BranchLabel], but: str | None) -> Branch | None:
        """Whose name it is, see ``holder_of``; the one with the name is looked up, not looked for among all."""
        renamed = (one for one, label in labels.items() if label.name == name)
        candidates = [self._store.branch(one) for one in renamed if one != but]
        made = self._store.made_as(session, name)
        candidates += [made] if made is not None and made.id != but else []
        found = holder_of(name, candidates, labels)
        return next((one for one in candidates if one.id == found), None)

    # --- what is written

    def rename(self, branch: str, name: str) -> str | None:
        """Raises BadInput for a name that is empty or another branch's."""
        origin = self._branch(branch)
        cleaned = self.require_free(origin.session, name, but=branch)
        if cleaned == self.named(origin).name:
            return None
        return self._write(origin.session, [(rules.RENAMED, {"branch": branch, "name": cleaned})])

    def star(self, branch: str, *, starred: bool = True) -> str | None:
        """Make a branch the session's default path, or take the star off."""
        origin = self._branch(branch)
        if self._label(origin).starred == starred:
            return None
        return self._write(origin.session, [(rules.STARRED, {"branch": branch, "starred": starred})])

    def colour(self, branch: str, colour: str | None) -> str | None:
        """None leaves the colour to the window. Raises BadInput for one that there is not."""
        origin = self._branch(branch)
        if colour is not None and colour not in rules.COLOURS:
            raise BadInput(f"there is no colour {colour!r}; there are {', '.join(rules.COLOURS)}")
        if self._label(origin).colour == colour:
            return None
        return self._write(origin.session, [(rules.COLOURED, {"branch": branch, "colour": colour})])

    def archive(self, branches: Sequence[str], *, archived: bool = True) -> str | None:
        """Fold branches of one session away, or bring them back; all in one change. Raises BadInput for main."""
        changes = []
        session = ""
        for branch in branches:
            origin = self._branch(branch)
            if archived and origin.parent is None:
                raise BadInput(f"{self.named(origin).name} is the trunk of the session and cannot be archived")
            session = session or origin.session
            if origin.session != session:
                raise BadInput("branches of two sessions cannot be archived together")
            if self._label(origin).archived != archived:
                changes.append((rules.ARCHIVED, {"branch": branch, "archived": archived}))
        return self._write(session, changes) if changes else None

    def describe(self, branch: str, hypothesis: str, expected: str) -> str | None:
        """Say why a branch was made, and what is expected of it; empty texts take that back."""
        origin, now = self._branch(branch), {"hypothesis": hypothesis.strip(), "expected": expected.strip()}
        label = self._label(origin)
        if now == {"hypothesis": label.hypothesis, "expected": label.expected}:
            return None
        return self._write(origin.session, [(rules.DESCRIBED, {"branch": branch, **now})])

    def undo(self, session: str, change: str | None = None) -> str:
        """Undo one change, else the newest that can be, by more events; returns its id. Raises BadInput."""
        made = self._store.branches(session)
        events = self._events(session)
        change = change or rules.last_undoable(events)
        undone = [one for one in events if (one.correlation_id or one.id) == change and one.type in rules.CHANGES]
        if change is None or not undone:
            raise BadInput("there is nothing to undo about the branches of this session")
        before = labels_after(events[: events.index(undone[0])])
        back = [_back(one, before, {branch.id: branch.name for branch in made}) for one in undone]
        for kind, data in back:
            if kind == rules.RENAMED:
                self.require_free(session, data["name"], but=data["branch"])
        self._write(session, [(kind, {**data, "undoes": change}) for kind, data in back])
        return change

    # --- the side stream

    def _branch(self, branch: str) -> Branch:
        found = self._store.branch(branch)
        if found.kind in SIDE_STREAMS:
            raise BadInput(f"{found.name} is a side stream; only branches have names, stars and colours")
        return found

    def _label(self, branch: Branch) -> BranchLabel:
        return self.labels(branch.session).get(branch.id, PLAIN)

    def _labels(self, session: str, stream: Branch) -> rules.Labels:
        """Folds only what was appended since it was asked for last."""
        head, labels = self._read.get(session, (0, {}))
        if stream.head > head:
            labels = labels_after(self._store.read(stream.id, head + 1, stream.head), labels)
            self._read[session] = (stream.head, labels)
        return labels

    def _events(self, session: str) -> tuple[Event, ...]:
        stream = side_stream(self._store, session, ANALYST)
        return self._store.read(stream.id, 1, stream.head) if stream.head else ()

    def _write(self, session: str, changes: Iterable[tuple[str, dict[str, Any]]]) -> str:
        """Append events in one commit; their correlation id is the change's."""
        change = self._ids.new()
        stream = side_stream(self._store, session, ANALYST)
        subject = self._store.header(session).subject
        events = [
            NewEvent(
                id=self._ids.new(), source=LOCAL_SOURCE, type=kind, data=data, actor="analyst", subject=subject,
                time=self._clock.now(), correlation_id=change,
            )
            for kind, data in changes
        ]  # fmt: skip
        self._store.append(stream.id, events, expected=None)
        return change


def _back(event: Event, before: Mapping[str, BranchLabel], made_with: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The (type, payload) that brings back what an event changed."""
    branch = str(event.data.get("branch"))
    label = before.get(branch, PLAIN)
    if event.type == rules.STARRED:
        held = next((one for one, of in before.items() if of.starred), None)
        return event.type, {"branch": held or branch, "starred": held is not None}
    values: dict[str, dict[str, Any]] = {
        rules.RENAMED: {"name": label.name or made_with.get(branch, branch)},
        rules.COLOURED: {"colour": label.colour},
        rules.ARCHIVED: {"archived": label.archived},
        rules.DESCRIBED: {"hypothesis": label.hypothesis, "expected": label.expected},
    }
    return event.type, {"branch": branch, **values[event.type]}
