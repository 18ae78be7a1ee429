"""What is known of numbers that go on changing: the bounds between which they stay for a while."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Unsettled(Enum):
    """The word ``UNSETTLED``."""

    UNSETTLED = "unsettled"


UNSETTLED: Final = Unsettled.UNSETTLED
"""A value that may be one thing here and another there, or be missing here and there."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number that is always there and never below ``low`` or above ``high``."""

    low: int | float
    high: int | float


@dataclass(frozen=True, slots=True)
class Counted:
    """A list of which nothing but its length is looked at, and of that the bounds."""

    low: int
    high: int
