"""The hash chain of what leaves otherwise than it is stored: computed anew, with salts of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.adapters.files.large_numbers import as_floats
from app.adapters.store.canonical import canonical
from app.adapters.store.chain import SALT_BYTES, EventHeader, next_hash, payload_digest, session_hash
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.outgoing.view import OutgoingView
    from app.domain.branches import Branch
    from app.domain.events import Event


class Chain:
    """The hashes of one session as it leaves. Branches are asked for in the view's order, their events in theirs."""

    def __init__(self, view: OutgoingView) -> None:
        self._view = view
        self.header_hash = session_hash(view.header(view.session)).hex()
        self._at_forks: dict[tuple[str, int], str] = {}
        for branch in view.branches(view.session):
            if branch.fork_position and branch.kind not in SIDE_STREAMS:
                self._at_forks[self._owner(branch)] = ""

    def fork_hash(self, branch: Branch) -> str:
        """The hash that the branch's first event follows."""
        if not branch.fork_position:
            return self.header_hash
        return self._at_forks[self._owner(branch)]

    def events(self, branch: Branch) -> Iterator[tuple[Event, bytes, str, str]]:
        """(event, salt, hash before it, its hash) of the branch's own events."""
        keeps = self._view.keeps_hashes(branch.id)
        before = self.fork_hash(branch)
        salts = _Salts(self._view, branch) if keeps else None
        for event in self._view.iterate(branch.id, branch.fork_position + 1):
            salt = salts.at(event.position) if salts is not None else os.urandom(SALT_BYTES)
            own = event.hash if keeps else _hash(bytes.fromhex(before), event, salt)
            yield event, salt, before, own
            before = own
            if (branch.id, event.position) in self._at_forks:
                self._at_forks[branch.id, event.position] = own

    def _owner(self, branch: Branch) -> tuple[str, int]:
        at = branch.fork_position
        parts = self._view.lineage(branch.id)
        known = next((one.owner for one in parts if one.first <= at <= one.last), branch.parent or "")
        return known, at


class _Salts:
    """Those of one branch, some hundreds at a time."""

    _STEP = 512

    def __init__(self, view: OutgoingView, branch: Branch) -> None:
        self._view, self._branch = view, branch
        self._first = 1
        self._some: tuple[bytes, ...] = ()

    def at(self, position: int) -> bytes:
        if not self._first <= position < self._first + len(self._some):
            self._first = position
            self._some = tuple(self._view.salts(self._branch.id, position, position + self._STEP - 1))
        return self._some[position - self._first]


def _hash(before: bytes, event: Event, salt: bytes) -> str:
    header = EventHeader(
        event.actor, event.branch, event.causation_id, event.classification, event.correlation_id, event.id,
        event.position, str(event.recorded_at), event.session, event.source, event.subject,
        None if event.time is None else str(event.time), event.type, event.version,
    )  # fmt: skip
    return next_hash(before, header, payload_digest(salt, canonical(as_floats(event.data)))).hex()
