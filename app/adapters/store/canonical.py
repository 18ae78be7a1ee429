"""The one byte form of a JSON value (RFC 8785), which is what is stored and hashed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import rfc8785

from app.domain.errors import BadInput

_encode: Final = msgspec.json.Encoder(order="sorted").encode
_encode_tagged: Final = msgspec.msgpack.Encoder().encode

# Where msgspec's sorted form may differ from RFC 8785: whole floats and exponents (1.0 is 1), integers that a
# double cannot hold, and characters outside the basic plane in a key (RFC 8785 sorts by UTF-16 units).
# In a string value the pattern may match without need; the slow way then gives the same bytes.
_doubtful: Final = re.compile(
    rb"""[:\[,]-?(?:\d{16}|\d+\.0[,\]}]|\d+(?:\.\d+)?[eE])|[\xf0-\xf7](?:[^"\\]|\\.)*":""", re.DOTALL
).search
# What exponents and large integers have somewhere, in a text with digits made one character and the letter e another.
_SHAPE: Final = bytes.maketrans(b"0123456789eE-", b"9999999999ee-").translate(
    bytes(byte if chr(byte) in "9e-" else 32 for byte in range(256))
)
_MANY_DIGITS: Final = b"9" * 16
# MessagePack marks every float, and every integer of 64 bits, by one byte: a payload without these has no such number,
# which is by far the quickest to see.
_FLOAT, _LONG, _NEGATIVE_LONG = b"\xcb", b"\xcf", b"\xd3"


def canonical(value: Mapping[str, Any]) -> bytes:
    """RFC 8785 bytes of a JSON object. Raises ``BadInput`` when it is none, or holds what JSON cannot."""
    try:
        encoded = _encode(value)
        tagged = _encode_tagged(value)
        has_floats = _FLOAT in tagged
        if has_floats and b"null" in encoded and not _is_finite(value):  # msgspec writes NaN and infinity as null
            raise BadInput("a payload holds a number that JSON does not have (NaN or infinity)")
        has_numbers = has_floats or _LONG in tagged or _NEGATIVE_LONG in tagged
        if ((has_numbers and _has_odd_number(encoded)) or _has_high_character(encoded)) and _doubtful(encoded):
            encoded = rfc8785.dumps(msgspec.json.decode(encoded))
    except RecursionError as error:
        raise BadInput("a payload is nested too deeply") from error
    except rfc8785.CanonicalizationError as error:
        raise BadInput(f"a payload cannot be written as canonical JSON: {error}") from error
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError) as error:
        raise BadInput(f"a payload cannot be written as JSON: {error}") from error
    if encoded[:1] != b"{":
        raise BadInput("a payload must be a JSON object")
    return encoded


def _has_odd_number(encoded: bytes) -> bool:
    if b".0," in encoded or b".0}" in encoded or b".0]" in encoded:
        return True
    shape = encoded.translate(_SHAPE)
    return b"9e9" in shape or b"9e-" in shape or _MANY_DIGITS in shape


def _has_high_character(encoded: bytes) -> bool:
    """Whether a character lies outside the basic plane: its first byte tells it."""
    if encoded.isascii():
        return False
    return b"\xf0" in encoded or b"\xf1" in encoded or b"\xf2" in encoded or b"\xf3" in encoded or b"\xf4" in encoded


def _is_finite(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(map(_is_finite, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(_is_finite, value))
    return True
