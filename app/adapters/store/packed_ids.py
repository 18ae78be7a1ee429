"""Identifiers as rows hold them: a UUID in its usual form takes 16 bytes instead of 36, any other text stays readable.

No two texts pack to the same bytes. Sixteen bytes are a UUID; a text of that length, and the empty one, gets a NUL
behind it, which no identifier ends with. So nothing packs to no bytes at all: rows on their way in take that for none.
"""

from __future__ import annotations

from binascii import unhexlify
from typing import Final

from app.adapters.store.failures import Unreadable

_UUID_BYTES: Final = 16
_UUID_LENGTH: Final = 36
_MARKED: Final = (0, _UUID_BYTES)


def pack(text: str) -> bytes:
    if len(text) == _UUID_LENGTH and text[8:24:5] == "----" and text.lower() == text:  # else it stays text
        try:
            packed = unhexlify(text.replace("-", ""))
        except ValueError:
            packed = b""
        if len(packed) == _UUID_BYTES:
            return packed
    raw = text.encode()
    return raw + b"\0" if len(raw) in _MARKED else raw


def unpack(packed: bytes) -> str:
    """The text that was packed. Raises ``Unreadable`` for bytes that no text packs to."""
    if len(packed) == _UUID_BYTES:
        return _as_uuid(packed)
    try:
        text = packed.decode()
    except (UnicodeDecodeError, AttributeError) as error:
        raise Unreadable("an identifier is no text") from error
    return text[:-1] if len(packed) - 1 in _MARKED and text.endswith("\0") else text


def readable(packed: object) -> str | None:
    """The text, for a sentence about damage; None when even the identifier is damaged."""
    try:
        return unpack(packed) if isinstance(packed, bytes) else None
    except Unreadable:
        return None


def unpack_optional(packed: bytes | None) -> str | None:
    return None if packed is None else unpack(packed)


def _as_uuid(packed: bytes) -> str:
    digits = packed.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
