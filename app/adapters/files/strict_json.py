"""JSON that every reader reads alike (I-JSON, RFC 7493): what readers disagree about is refused in words.

Refused: NaN and infinities, a key that occurs twice in one object, half of a surrogate pair, text after the value,
nesting beyond ``DEEPEST``.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from app.domain.errors import BadInput

DEEPEST: Final = 200
"""Objects and lists within one another; real exports have less than 30."""

_HALF: Final = re.compile(
    rb"(?<!\\)(?:\\\\)*\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[dD][c-fC-F][0-9a-fA-F]{2})"
)
_PAIR: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def decode(raw: bytes, deepest: int = DEEPEST) -> Any:
    """The value of UTF-8 bytes. Raises BadInput."""
    if (b"\\ud" in raw or b"\\uD" in raw) and _HALF.search(_PAIR.sub(rb"\1", raw)):
        raise BadInput("the text holds half of a character (a lone surrogate)")
    try:
        value = _decoder.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput("the text is not UTF-8") from None
    except json.JSONDecodeError as error:
        if error.pos >= len(raw.rstrip()) or error.msg.startswith("Unterminated string"):
            raise BadInput("the JSON breaks off before its end") from None
        raise BadInput(f"the JSON is malformed: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise BadInput("the JSON is nested too deeply") from None
    _refuse_depth(value, deepest)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadInput(f"the key {twice[:60]!r} occurs twice in one object")
    return found


def _constant(name: str) -> Any:
    raise BadInput(f"{name} is no JSON number")


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise BadInput(f"the number {text[:40]} is out of range")
    return number


def _int(text: str) -> int:
    if len(text) > 400:
        raise BadInput("a number has more than 400 digits")
    return int(text)


def _refuse_depth(value: Any, deepest: int) -> None:
    level = [value]
    for _ in range(deepest + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise BadInput(f"the JSON is nested more than {deepest} levels deep")


_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
)
