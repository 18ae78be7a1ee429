"""A library of named texts: save versions, find one by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.branching import LOCAL_SOURCE
from app.application.ports import SessionDraft
from app.domain.errors import BadInput, NotFound, WrongPosition
from app.domain.events import MAIN, NewEvent
from app.domain.instructions import cleaned_name, split_reference, versions_in
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from app.application.ports import Clock, EventStore, Ids
    from app.domain.branches import Branch
    from app.domain.instructions import InstructionsVersion, Shelf

_ATTEMPTS: Final = 5


class TextLibrary:
    """Named texts with versions, kept as events of one reserved session. Any thread may call.

    A session of its own, because they belong to no customer's: there they are append-only, in a hash chain,
    verified, backed up and exported like everything else, and lists of sessions leave it out.
    """

    def __init__(self, store: EventStore, clock: Clock, ids: Ids, shelf: Shelf) -> None:
        self._store, self._clock, self._ids, self._shelf = store, clock, ids, shelf

    def all(self) -> dict[str, tuple[InstructionsVersion, ...]]:
        """The versions of every name, oldest first; names in alphabetical order."""
        found = self._versions()
        return {name: found[name] for name in sorted(found, key=str.casefold)}

    def version(self, reference: str) -> InstructionsVersion:
        """``NAME@2``, or ``NAME`` for the newest. Raises NotFound, BadInput."""
        name, number = split_reference(reference, self._shelf)
        known = self._versions().get(name)
        if known is None:
            names = ", ".join(list(self.all())[:5]) or "none yet"
            raise NotFound(f"{self._shelf.none} named {name!r}; there are {names}")
        if number is None:
            return known[-1]
        if number > len(known):
            raise NotFound(f"{name} has {len(known)} versions; there is no version {number}")
        return known[number - 1]

    def save(self, name: str, text: str, note: str = "") -> InstructionsVersion:
        """Save a new version; a text that is the newest version already stays that one.

        Raises BadInput for a name that could not be named again and for a text without words.
        """
        name = cleaned_name(name, self._shelf)
        if not text.strip():
            raise BadInput(f"{self._shelf.needs} at least one word")
        for attempt in range(_ATTEMPTS):
            branch = self._branch_made()
            known = self._versions().get(name, ())
            if known and known[-1].text == text:
                return known[-1]
            try:
                self._append(branch, {"name": name, "version": len(known) + 1, "text": text, "note": note.strip()})
            except WrongPosition:  # somebody else saved in between: look again
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            break
        return self._versions()[name][-1]

    def _append(self, branch: Branch, data: dict[str, object]) -> None:
        event = NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type=self._shelf.saved,
            data=data,
            actor="analyst",
            time=self._clock.now(),
        )
        self._store.append(branch.id, [event], expected=branch.head)

    def _versions(self) -> dict[str, tuple[InstructionsVersion, ...]]:
        branch = self._branch()
        return versions_in(self._store.iterate(branch.id), self._shelf.saved) if branch is not None else {}

    def _branch(self) -> Branch | None:
        """Where the library is kept; None while nothing was saved."""
        try:
            return next(one for one in self._store.branches(self._shelf.session) if one.name == MAIN)
        except NotFound:
            return None

    def _branch_made(self) -> Branch:
        if (found := self._branch()) is not None:
            return found
        header = SessionHeader(id=self._shelf.session, title=self._shelf.title, source=self._shelf.source)
        self._store.store_session(SessionDraft(header=header, events=()))
        return next(one for one in self._store.branches(self._shelf.session) if one.name == MAIN)
