"""What is wrong with a condition, and where."""

from __future__ import annotations

from app.domain.errors import BadInput


class BadCondition(BadInput):
    """A text that is no condition; ``column`` is 1-based, the place to underline."""

    def __init__(self, column: int, sentence: str) -> None:
        super().__init__(f"column {column}: {sentence}")
        self.column = column
