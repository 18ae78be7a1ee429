"""The lines of Branchline's own JSONL, version 2: each is a CloudEvent 1.0.

The first is the manifest; a session's line follows, then each branch with its events, then the session's attachments.
``type`` is ``app.branchline.`` with the stored name and ``.v`` with its version; names that are not Branchline's stay
as they are, with their version in ``typeversion``. ``source``, ``id``, ``subject`` and ``time`` are the event's own.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files.large_numbers import as_floats, has_many_digits
from app.adapters.files.native_lines import BranchLine, EventLine, EventOutline, HeaderLine, SessionLine
from app.domain.errors import BadInput
from app.domain.events import to_rfc3339
from app.domain.vocabulary import EVENT_TYPES

if TYPE_CHECKING:
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.sessions import SessionHeader

VERSION: Final = 2
PREFIX: Final = "app.branchline."
MANIFEST: Final = f"{PREFIX}manifest.v2"
_SESSION: Final = f"{PREFIX}session.v1"
_BRANCH: Final = f"{PREFIX}branch.v1"
_ATTACHMENT: Final = f"{PREFIX}attachment.v1"
_OTHERS: Final = frozenset({MANIFEST, _SESSION, _BRANCH, _ATTACHMENT})
_CLASSES: Final = {"public": "public", "internal": "internal", "personal": "confidential", "secret": "restricted"}
"""The words of CloudEvents' extension ``dataclassification`` for ours."""
_OWN_CLASSES: Final = {theirs: ours for ours, theirs in _CLASSES.items()}
_DIGITS: Final = 10
"""``sequence`` is text that sorts like the positions it stands for."""

_encode: Final = msgspec.json.Encoder().encode


class CloudLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line; ``data`` is stepped over."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str | None = None
    time: str | None = None
    datacontenttype: str | None = None
    session: str = ""
    branch: str = ""
    sequence: str = ""
    actor: str = ""
    dataclassification: str = ""
    recordedtime: str = ""
    causationid: str | None = None
    correlationid: str | None = None
    prevhash: str = ""
    hash: str = ""
    salt: str = ""
    typeversion: int | None = None
    timemicroseconds: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"null")
    data_base64: str | None = None


class Attachment(msgspec.Struct, frozen=True):
    """What lies beside events, by the hash of its content."""

    address: str
    content: bytes
    media_type: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the first line says of all that follow.

    ``body_bytes`` and ``body_sha256`` are of these lines, each ended by one line feed.
    """

    branchline: int
    sessions: int
    branches: int
    events: int
    attachments: int
    body_bytes: int
    body_sha256: str
    hashes: str
    excerpt: dict[str, Any] | None = None
    redaction: Any = None
    share: dict[str, Any] | None = None


_cloud: Final = msgspec.json.Decoder(CloudLine)
_manifest: Final = msgspec.json.Decoder(Manifest)
_session: Final = msgspec.json.Decoder(SessionLine)
_branch: Final = msgspec.json.Decoder(BranchLine)
_object: Final = msgspec.json.Decoder(dict[str, Any])


# --- writing


def line(value: dict[str, Any]) -> bytes:
    return _encode({"specversion": "1.0", **{name: one for name, one in value.items() if one is not None}}) + b"\n"


def manifest_line(manifest: Manifest, store: str) -> bytes:
    return line({"id": manifest.body_sha256, "source": f"urn:uuid:{store}", "type": MANIFEST, "data": manifest})


def session_line(header: SessionHeader, header_hash: str, store: str) -> bytes:
    data = {
        "id": header.id,
        "title": header.title,
        "source": header.source,
        "external_id": header.external_id,
        "subject": header.subject,
        "created_at": moment_text(header.created_at),
        "hash": header_hash,
    }
    return line({"id": f"session:{header.id}", "source": f"urn:uuid:{store}", "type": _SESSION, "data": data})


def branch_line(branch: Branch, fork_hash: str, store: str) -> bytes:
    data = {
        "id": branch.id,
        "name": branch.name,
        "kind": branch.kind,
        "parent": branch.parent,
        "fork_position": branch.fork_position,
        "fork_hash": fork_hash,
        "created_at": moment_text(branch.created_at),
        "head": branch.head,
    }
    return line({"id": f"branch:{branch.id}", "source": f"urn:uuid:{store}", "type": _BRANCH, "data": data})


def event_line(event: Event, salt: bytes, before: str, own: str) -> bytes:
    """``before`` and ``own`` are the hashes of the event before it and its own, hexadecimal."""
    kind, version = _type_of(event)
    time, counted = moment_text(event.time), None
    if time is not None and time.endswith("us"):
        time, counted = None, time  # further away than RFC 3339 can say
    return line({
        "id": event.id, "source": event.source, "type": kind, "subject": event.subject,
        "time": time, "session": event.session, "branch": event.branch,
        "sequence": str(event.position).zfill(_DIGITS), "actor": event.actor,
        "dataclassification": _CLASSES[event.classification], "recordedtime": moment_text(event.recorded_at),
        "causationid": event.causation_id, "correlationid": event.correlation_id, "prevhash": before, "hash": own,
        "salt": salt.hex(), "typeversion": version, "timemicroseconds": counted, "data": event.data,
    })  # fmt: skip


def attachment_line(address: str, content: bytes, media_type: str, store: str) -> bytes:
    return line({
        "id": f"attachment:{address}", "source": f"urn:uuid:{store}", "type": _ATTACHMENT,
        "datacontenttype": media_type, "data_base64": base64.b64encode(content).decode(),
    })  # fmt: skip


def _type_of(event: Event) -> tuple[str, int | None]:
    if event.type in EVENT_TYPES or event.type.startswith(PREFIX):
        return f"{PREFIX}{event.type}.v{event.version}", None
    return event.type, event.version


def moment_text(moment: int | None) -> str | None:
    """RFC 3339; a time that it cannot say is counted from 1970 in microseconds."""
    try:
        return to_rfc3339(moment)
    except OverflowError:
        return f"{moment}us"


# --- reading


def parse(raw: bytes) -> Manifest | HeaderLine | BranchLine | EventOutline | Attachment:
    """One line, an event's payload stepped over; raises any of ``JSON_ERRORS``."""
    if not raw.isascii():
        raw.decode()  # what is stepped over is not looked at
    cloud = _decoded(raw)
    if cloud.type not in _OTHERS:
        return EventOutline(**_fields(cloud), data=cloud.data)
    if cloud.type == _BRANCH:
        return _branch.decode(cloud.data)
    if cloud.type == _SESSION:
        return HeaderLine(VERSION, _session.decode(cloud.data))
    return _attachment(cloud) if cloud.type == _ATTACHMENT else _manifest.decode(cloud.data)


def parse_event(raw: bytes) -> EventLine | None:
    """An event's line with its payload; None for any other line."""
    cloud = _decoded(raw)
    if cloud.type in _OTHERS:
        return None
    data = _object.decode(cloud.data)
    return EventLine(**_fields(cloud), data=as_floats(data) if has_many_digits(bytes(cloud.data)) else data)


def _decoded(raw: bytes) -> CloudLine:
    cloud = _cloud.decode(raw)
    if cloud.specversion != "1.0":
        raise BadInput(f"the line is a CloudEvent of version {cloud.specversion[:20]}; 1.0 is read")
    return cloud


def _fields(cloud: CloudLine) -> dict[str, Any]:
    name, version = cloud.type, cloud.typeversion
    if name.startswith(PREFIX):
        name, _, number = name.removeprefix(PREFIX).rpartition(".v")
        version = int(number) if number.isascii() and number.isdecimal() and len(number) <= _DIGITS else None
    if version is None or not cloud.sequence.isdecimal() or not cloud.sequence.isascii():
        raise BadInput(f"event {cloud.id} does not tell its version and position")
    if cloud.dataclassification not in _OWN_CLASSES:
        raise BadInput(f"event {cloud.id} has the unknown classification {cloud.dataclassification[:40]!r}")
    return {
        "id": cloud.id, "source": cloud.source, "type": name, "version": version, "session": cloud.session,
        "branch_id": cloud.branch, "position": int(cloud.sequence[:20]), "recorded_at": cloud.recordedtime,
        "actor": cloud.actor, "classification": _OWN_CLASSES[cloud.dataclassification], "hash": cloud.hash,
        "salt": cloud.salt, "subject": cloud.subject, "time": cloud.time or cloud.timemicroseconds,
        "causation_id": cloud.causationid, "correlation_id": cloud.correlationid,
    }  # fmt: skip


def _attachment(cloud: CloudLine) -> Attachment:
    try:
        content = base64.b64decode(cloud.data_base64 or "", validate=True)
    except ValueError:
        raise BadInput(f"attachment {cloud.id[:90]} is not written in base64") from None
    return Attachment(cloud.id.removeprefix("attachment:"), content, cloud.datacontenttype or "")
