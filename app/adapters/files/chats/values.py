"""Values of exports, read without trusting their types: ids, texts, times, and what is left over."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files.json_records import JSON_ERRORS
from app.domain.events import from_rfc3339

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_UNITS: Final = ((1e14, 1_000_000), (1e11, 1_000))
"""(least, divisor) of microseconds and milliseconds: seconds reach 1e11 in the year 5138, milliseconds did in 1973."""
_LATEST_S: Final = 253_402_300_800  # the year 10000
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})

_json: Final = msgspec.json.Decoder()


def identifier(value: Any) -> str | None:
    """An id as text; None for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None


def text(value: Any) -> str:
    """The value when it is text, else the empty text."""
    return value if isinstance(value, str) else ""


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def moment(value: Any) -> int | None:
    """Microseconds since 1970 UTC of a time in RFC 3339, seconds, milliseconds or microseconds; None when it is none.

    Zero is what programs write who have no time.
    """
    if isinstance(value, str):
        try:
            return from_rfc3339(value.strip())
        except (ValueError, OverflowError):
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value <= 0:
        return None
    divisor = next((divisor for least, divisor in _UNITS if value >= least), 1)
    seconds = value / divisor
    return round(seconds * 1_000_000) if seconds < _LATEST_S else None


def beside(record: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """The fields of a record that are not ``taken`` and say something, as they are."""
    return {key: value for key, value in record.items() if key not in taken and value not in _EMPTY}


def parsed(value: Any) -> Any:
    """The object or list that text holds as JSON, else the value itself, so that ``007`` stays what it was."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        return _json.decode(value)
    except JSON_ERRORS:
        return value
