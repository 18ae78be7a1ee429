"""The lines of Branchline's own JSONL, version 1: a session's header, its branches, then its events.

``{"branchline": 1, "session": {…}}``, ``{"branch": {…}}``, and an event's envelope with its ``salt`` in hexadecimal.
Several sessions may follow one another. With header, envelopes and salts anyone can compute every hash again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec

from app.domain.errors import BadInput
from app.domain.events import MAIN, NewEvent, from_rfc3339
from app.domain.sessions import SessionHeader

VERSION: Final = 1
SALT_BYTES: Final = 16


class SessionLine(msgspec.Struct, frozen=True):
    """The session of a header line."""

    id: str
    title: str
    source: str
    created_at: str
    external_id: str | None = None
    subject: str | None = None

    def header(self) -> SessionHeader:
        return SessionHeader(
            id=self.id,
            title=self.title,
            source=self.source,
            external_id=self.external_id,
            subject=self.subject,
            created_at=_moment(self.created_at),
        )


class BranchLine(msgspec.Struct, frozen=True):
    """A branch or side stream; ``head`` tells whether all its events are in the file."""

    id: str
    name: str
    kind: str
    parent: str | None
    fork_position: int
    fork_hash: str
    created_at: str
    head: int

    @property
    def stream(self) -> str:
        """What a draft calls it: the streams that every session has go by their names."""
        if self.parent is not None:
            return self.id
        return MAIN if self.kind == "branch" else self.kind

    @property
    def created(self) -> int:
        return _moment(self.created_at)


class HeaderLine(msgspec.Struct, frozen=True):
    """The first line of a session."""

    branchline: int
    session: SessionLine


class _Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """All of an event's line but its payload."""

    id: str
    source: str
    type: str
    version: int
    session: str
    branch_id: str
    position: int
    recorded_at: str
    actor: str
    classification: str
    hash: str
    salt: str
    subject: str | None = None
    time: str | None = None
    causation_id: str | None = None
    correlation_id: str | None = None

    @property
    def salt_bytes(self) -> bytes:
        """Raises BadInput."""
        try:
            salt = bytes.fromhex(self.salt)
        except ValueError:
            salt = b""
        if len(salt) != SALT_BYTES:
            raise BadInput(f"the salt of event {self.id} is not {SALT_BYTES} bytes in hexadecimal")
        return salt


class EventOutline(_Envelope, frozen=True, kw_only=True):
    """An event's line whose payload was stepped over: enough to see whether it fits into its session."""

    data: msgspec.Raw

    def check(self) -> None:
        """Raises BadInput where ``EventLine.event`` would."""
        if not bytes(self.data).startswith(b"{"):
            raise BadInput(f"the data of event {self.id} is no object")
        self.salt_bytes  # noqa: B018 - raises when it is none
        _recorded(self.recorded_at)
        if self.time is not None:
            _moment(self.time)


class EventLine(_Envelope, frozen=True, kw_only=True):
    """An event's envelope, salt and payload."""

    data: dict[str, Any]

    def event(self) -> NewEvent:
        """The event as it is handed to a store. Raises BadInput."""
        return NewEvent(
            id=self.id,
            source=self.source,
            type=self.type,
            data=self.data,
            actor=self.actor,
            version=self.version,
            subject=self.subject,
            time=None if self.time is None else _moment(self.time),
            causation_id=self.causation_id,
            correlation_id=self.correlation_id,
            classification=self.classification,
            recorded_at=_recorded(self.recorded_at),
            salt=self.salt_bytes,
        )


class _Kind(msgspec.Struct, frozen=True):
    branchline: int | None = None
    branch: str | dict[str, Any] | None = None


class _InnerBranch(msgspec.Struct, frozen=True):
    branch: BranchLine


_kind: Final = msgspec.json.Decoder(_Kind)
_header: Final = msgspec.json.Decoder(HeaderLine)
_branch: Final = msgspec.json.Decoder(_InnerBranch)
_outline: Final = msgspec.json.Decoder(EventOutline)
_event: Final = msgspec.json.Decoder(EventLine)


def parse(line: bytes) -> HeaderLine | BranchLine | EventOutline:
    """One line of a native file; raises any of ``JSON_ERRORS``."""
    if not line.isascii():
        line.decode()  # what is stepped over is not looked at
    if line.startswith(b'{"id":') and b'"branchline"' not in line and b'"branch":{' not in line:
        return _outline.decode(line)  # what by far the most lines are, and as they are written
    kind = _kind.decode(line)
    if kind.branchline is not None:
        if kind.branchline != VERSION:
            raise BadInput(f"the session was exported in version {kind.branchline}; this program reads {VERSION}")
        return _header.decode(line)
    if isinstance(kind.branch, dict):
        return _branch.decode(line).branch
    return _outline.decode(line)


def parse_event(line: bytes) -> EventLine:
    return _event.decode(line)


def _moment(text: str) -> int:
    if text.endswith("us") and text.isascii() and text[:-2].removeprefix("-").isdecimal() and len(text) < 24:
        return int(text[:-2])
    try:
        return from_rfc3339(text)
    except (ValueError, OverflowError):
        raise BadInput(f"{text[:40]!r} is no time") from None


@lru_cache(maxsize=64)
def _recorded(text: str) -> int:
    """Events that were stored together were recorded at the same moment."""
    return _moment(text)
