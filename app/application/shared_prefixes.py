"""Which branches of a session begin by saying what another branch says too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.ports import no_progress
from app.domain.branch_layout import Twig, twigs_on_owners
from app.domain.branch_merging import Merged, merge
from app.domain.event_content import ContentReader
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.application.ports import EventStore, Progress
    from app.domain.branches import Branch
    from app.domain.events import Event

STEP: Final = 8
"""Events read at a time: most branches say something of their own with their first."""


def twigs_of(branches: Sequence[Branch]) -> tuple[Twig, ...]:
    return tuple(
        Twig(one.id, one.parent, one.fork_position, one.head) for one in branches if one.kind not in SIDE_STREAMS
    )


class SharedPrefixes:
    """Compares the first own events of branches; what was read of the session in hand is kept. Any thread may call."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._session = ""
        self._events: dict[tuple[str, int], tuple[Event, ...]] = {}

    def merged(
        self, branches: Sequence[Branch], hidden: Collection[str] = (), progress: Progress = no_progress
    ) -> Merged:
        """The tree of the branches that are not hidden, with identical prefixes as one trunk. Raises Cancelled."""
        twigs = twigs_on_owners(twigs_of(branches), hidden)
        if branches and branches[0].session != self._session:
            self._session, self._events = branches[0].session, {}
        readers: dict[tuple[str, int], tuple[ContentReader, list[bytes]]] = {}

        def key(branch: str, position: int, since: int) -> object:
            if (branch, since) not in readers:
                progress(len(readers), None, "")
            reader, keys = readers.setdefault((branch, since), (ContentReader(), []))
            while len(keys) < position - since:
                keys.append(reader.key(self._event(branch, since + len(keys) + 1)))
            return keys[position - since - 1]

        return merge(twigs, key)

    def _event(self, branch: str, position: int) -> Event:
        """From a block that is read whole; one that has grown since is read again."""
        first = (position - 1) // STEP * STEP + 1
        block = self._events.get((branch, first), ())
        if len(block) <= position - first:
            block = self._events[branch, first] = self._store.read(branch, first, first + STEP - 1)
        return block[position - first]
