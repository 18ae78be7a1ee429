"""How often is repeated, and how sure a comparison has to be."""

from __future__ import annotations

from typing import Final

FEWEST: Final = 10
"""Repetitions below which a floor says little."""
ALPHA: Final = 0.02
"""The level of the test. What is promised is that at most 5 of 100 comparisons of a thing with itself are called
different. A test at level 0.05 would break that in two hundreds of five, by chance alone; at 0.02 in one of 65."""
