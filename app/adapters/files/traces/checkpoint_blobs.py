"""Blobs of LangGraph's checkpoints as plain values. Nothing in them is ever run or made: objects become their fields.

LangGraph writes msgpack in which objects of Python are extensions: module, name, arguments and the method that would
make them. Only the arguments are taken.
"""

from __future__ import annotations

import base64
import math
from typing import Any, Final

import msgspec

from app.adapters.files import strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain
from app.domain.errors import BadInput

_DEEPEST: Final = 48
_ARGUMENTS: Final = frozenset({0, 1, 2, 3, 4, 5})
"""One argument, a list, a mapping, the argument of a method, the fields of a pydantic model (old and new)."""
CLASS: Final = "__class__"
"""Under this name stands what an object was, where its fields are a mapping."""


def decoded(kind: str | None, blob: bytes) -> Any:
    """Raises BadInput for what cannot be read, or must not be."""
    match kind:
        case "msgpack":
            return _Unpacking().value(blob, 0)
        case "json":
            return strict_json.decode(blob)
        case "null" | "empty" | None:
            return None
        case "bytes" | "bytearray":
            return base64.b64encode(blob).decode("ascii")
        case "pickle":
            raise BadInput("it is a pickle, and reading that would run whatever it says")
        case _:
            raise BadInput(f"it is written as {kind[:40]!r}, which is not known")


class _Unpacking:
    """One blob; counts how deep extensions lie within one another."""

    def value(self, blob: bytes, deep: int) -> Any:
        if deep > _DEEPEST:
            raise BadInput(f"its objects are nested more than {_DEEPEST} levels deep")

        def extension(code: int, data: memoryview) -> Any:
            return self._object(code, bytes(data), deep + 1)

        try:
            found = msgspec.msgpack.decode(blob, ext_hook=extension)
        except JSON_ERRORS as error:
            raise BadInput(explain(error)) from None
        except (ValueError, TypeError, OverflowError) as error:
            raise BadInput(f"the msgpack is damaged: {error}") from None
        return plain(found) if deep == 0 else found

    def _object(self, code: int, data: bytes, deep: int) -> Any:
        if code not in _ARGUMENTS:
            return {CLASS: f"extension {code}", "data": base64.b64encode(data).decode("ascii")}
        parts = self.value(data, deep)
        if not isinstance(parts, list) or len(parts) < 3:
            raise BadInput("an object in it does not tell its class and its fields")
        if isinstance(parts[2], dict):
            return {CLASS: f"{parts[0]}.{parts[1]}", **parts[2]}
        return parts[2]


def plain(value: Any, deep: int = 0) -> Any:
    """The value with nothing that JSON cannot hold: names of members as text, bytes in base64, NaN as text."""
    if deep > strict_json.DEEPEST:
        raise BadInput(f"it is nested more than {strict_json.DEEPEST} levels deep")
    if isinstance(value, dict):
        return {str(key): plain(one, deep + 1) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one, deep + 1) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode("ascii")
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
