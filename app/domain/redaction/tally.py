"""How often pseudonyms stand in what is written: what was read to write it may have been read more than once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WRITTEN: Final = re.compile(r"\\?\[([A-Z][A-Z0-9-]{0,40}-[0-9]{1,6})\\?\]")
"""A pseudonym, also with the signs that Markdown puts before brackets."""


class Tally:
    """Counts in texts as they are written; none of them may end within a pseudonym."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, pseudonym: str) -> int:
        """How often ``[EMAIL-1]`` was written."""
        return self._counts[pseudonym[1:-1]]

    def add(self, text: str) -> None:
        if "[" in text:
            self._counts.update(_WRITTEN.findall(text))

    def add_value(self, value: Any) -> None:
        """All texts of a value, however it is built: of its lists, mappings and frozen records."""
        if isinstance(value, str):
            self.add(value)
        elif isinstance(value, Mapping):
            self.add_value([*value, *value.values()])
        elif isinstance(value, (list, tuple)):
            for one in value:
                self.add_value(one)
        elif is_dataclass(value):
            for field in fields(value):
                self.add_value(getattr(value, field.name))

    def over(self, pieces: Iterable[str]) -> Iterator[str]:
        """The pieces as they are, counted while they are taken."""
        for piece in pieces:
            self.add(piece)
            yield piece
