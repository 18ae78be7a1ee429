"""Numbers beyond 2^53: canonical JSON writes such a float without a point, and readers take it for an integer.

Canonical JSON holds no such integer, so each of them was a float.
"""

from __future__ import annotations

import re
from typing import Any, Final

_MANY_DIGITS: Final = re.compile(rb"[0-9]{16}").search
_EXACT: Final = 2**53


def has_many_digits(raw: bytes) -> bool:
    """Whether there may be such a number: most payloads have none."""
    return _MANY_DIGITS(raw) is not None


def as_floats(value: Any) -> Any:
    """The value with floats for floats."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -_EXACT < value < _EXACT else float(value)
    if isinstance(value, list):
        return [as_floats(one) for one in value]
    if isinstance(value, dict):
        return {name: as_floats(one) for name, one in value.items()}
    return value
