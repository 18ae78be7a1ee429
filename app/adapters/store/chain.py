"""The hash chain: each event's hash covers the one before it in its line, its envelope and its payload's digest.

hash(0)   = BLAKE2b-256(canonical session header)
digest(n) = BLAKE2b-256(salt || canonical payload)
hash(n)   = BLAKE2b-256(hash(n - 1) || canonical event header || digest(n))

Times stand in headers as decimal text, for an RFC 8785 number cannot hold every microsecond.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from app.domain.sessions import SessionHeader

HASH_BYTES: Final = 32
SALT_BYTES: Final = 16


class EventHeader(msgspec.Struct):
    """All of an event that never changes but its payload; the fields stand in the order of their names."""

    actor: str
    branch: str
    causation_id: str | None
    classification: str
    correlation_id: str | None
    id: str
    position: int
    recorded_at: str
    session: str
    source: str
    subject: str | None
    time: str | None
    type: str
    version: int


_encode: Final = msgspec.json.Encoder().encode


def hash_of_bytes(*parts: bytes) -> bytes:
    return blake2b(b"".join(parts), digest_size=HASH_BYTES).digest()


def payload_digest(salt: bytes, payload: bytes) -> bytes:
    return blake2b(salt + payload, digest_size=HASH_BYTES).digest()


def next_hash(previous: bytes, header: EventHeader, digest: bytes) -> bytes:
    return blake2b(previous + _encode(header) + digest, digest_size=HASH_BYTES).digest()


def session_hash(header: SessionHeader) -> bytes:
    """The hash at position 0 of every stream of the session."""
    return row_digest(
        {
            "created_at": None if header.created_at is None else str(header.created_at),
            "external_id": header.external_id,
            "id": header.id,
            "source": header.source,
            "subject": header.subject,
            "title": header.title,
        }
    )


def row_digest(fields: dict[str, str | int | None]) -> bytes:
    """The digest that a row outside the chain carries, so that ``verify`` sees a change of it."""
    return hash_of_bytes(msgspec.json.encode(fields, order="sorted"))
