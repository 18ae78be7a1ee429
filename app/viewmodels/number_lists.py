"""Lists of numbers as people type them: ``0.2, 0.8``, ``1-4``."""

from __future__ import annotations

import re
from typing import Final

from app.domain.errors import BadInput

MOST: Final = 300
_SPLIT: Final = re.compile(r"[,;\s]+")
_RANGE: Final = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


def decimals(text: str) -> tuple[float, ...]:
    """``0.2, 0.8``; empty for an empty text. Raises BadInput, which names what is no number."""
    found = []
    for part in filter(None, _SPLIT.split(text.strip())):
        try:
            value = float(part)
        except ValueError:
            raise BadInput(f"{part!r} is no number; write for example 0.2, 0.8") from None
        if not 0 <= value <= 100:  # also refuses NaN
            raise BadInput(f"{part} is out of range; temperatures lie between 0 and 2 as a rule")
        found.append(value)
    return tuple(dict.fromkeys(found))


def whole_numbers(text: str) -> tuple[int, ...]:
    """``1, 2, 5-8``; empty for an empty text. Raises BadInput, which names what is no whole number."""
    found: list[int] = []
    for part in filter(None, _SPLIT.split(_RANGE.sub(r"\1-\2", text.strip()))):
        if (span := _RANGE.fullmatch(part)) is not None:
            first, last = int(span[1]), int(span[2])
            if last - first >= MOST or last < first:
                raise BadInput(f"{part} is no range of at most {MOST} numbers")
            found += range(first, last + 1)
            continue
        if not part.isdecimal():
            raise BadInput(f"{part!r} is no whole number; write for example 1, 2, 5-8")
        found.append(int(part))
    return tuple(dict.fromkeys(found))
