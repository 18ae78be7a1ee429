"""Attachments, kept once under the hash of their content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, insert, select

from app.adapters.store.chain import hash_of_bytes, row_digest
from app.adapters.store.codec import PLAIN, ZSTD, PayloadReader, plain_compressor
from app.adapters.store.failures import Unreadable
from app.adapters.store.tables import blob_table
from app.domain.errors import NotFound, StoreUnusable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PREFIX: Final = "blake2b-256:"
_BLOB = select(blob_table.c.media_type, blob_table.c.encoding, blob_table.c.content).where(
    blob_table.c.hash == bindparam("hash")
)


def put_blob(connection: Connection, content: bytes, media_type: str) -> str:
    """Keep an attachment inside the caller's transaction; the first media type given stays."""
    key = hash_of_bytes(content)
    if connection.execute(_BLOB, {"hash": key}).first() is None:
        packed = plain_compressor().compress(content)
        encoding, stored = (ZSTD, packed) if len(packed) < len(content) else (PLAIN, content)
        row = {"hash": key, "media_type": media_type, "digest": blob_digest(key, media_type)}
        connection.execute(insert(blob_table), {**row, "encoding": encoding, "content": stored})
    return _PREFIX + key.hex()


def get_blob(connection: Connection, payloads: PayloadReader, address: str) -> tuple[bytes, str]:
    """(content, media type), held against the address."""
    try:
        key = bytes.fromhex(address.removeprefix(_PREFIX))
    except ValueError:
        key = b""
    row = connection.execute(_BLOB, {"hash": key}).first()
    if row is None or row.content is None:
        raise NotFound(f"there is no attachment {address}")
    try:
        content = payloads.payload(connection, row.encoding, row.content)
    except Unreadable:
        content = b""
    if hash_of_bytes(content) != key:
        raise StoreUnusable(f"attachment {address} is damaged: run `branchline verify` to see what else is")
    return content, row.media_type


def blob_digest(key: bytes, media_type: str) -> bytes:
    return row_digest({"hash": key.hex(), "media_type": media_type})
