"""The names of the axes; apart from the axes themselves, which load NumPy."""

from __future__ import annotations

from typing import Final, Literal

AxisKind = Literal["event", "clock", "compressed"]
AXIS_KINDS: Final[tuple[AxisKind, ...]] = ("event", "clock", "compressed")
