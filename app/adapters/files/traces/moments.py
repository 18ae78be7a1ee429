"""Times as trace stores write them: RFC 3339, or a count since 1970 in some unit; all become microseconds."""

from __future__ import annotations

from typing import Any, Final

from app.domain.events import from_rfc3339

_MICRO: Final = 1_000_000
_UNITS: Final = ((10**11, _MICRO), (10**14, 1_000), (10**17, 1))
"""Counts below the first number are in the unit with the second: seconds, milliseconds, microseconds; else nano."""
_LATEST: Final = 253_402_300_799 * _MICRO
"""The end of the year 9999."""


def moment(value: Any) -> int | None:
    """Microseconds since 1970; None for what is no time."""
    if isinstance(value, str):
        return _written(value.strip())
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        return None
    for limit, factor in _UNITS:
        if value < limit:
            return round(value * factor)
    return _within(int(value) // 1_000)


def _written(text: str) -> int | None:
    if text.isdecimal() and text.isascii() and 9 <= len(text) <= 20:
        return moment(int(text))
    try:
        return _within(from_rfc3339(_whole_microseconds(text)))
    except (ValueError, OverflowError):
        return None


def _whole_microseconds(text: str) -> str:
    """The fraction cut to six digits: Go writes nine, .NET seven."""
    begin, dot, rest = text.partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    return f"{begin}.{digits[:6].ljust(6, '0')}{rest[len(digits) :]}" if dot and digits else text


def _within(microseconds: int) -> int | None:
    return microseconds if abs(microseconds) <= _LATEST else None
