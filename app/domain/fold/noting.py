"""Dictionaries that know what was changed in them, so that nobody has to compare them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

V = TypeVar("V")


class Noting(dict[str, V]):
    """A dictionary that notes which keys were given another value or taken out."""

    def __init__(self, values: Mapping[str, V]) -> None:
        super().__init__(values)
        self.noted: dict[str, None] = {}
        """The keys, in the order in which they were first changed."""

    def __setitem__(self, key: str, value: V) -> None:
        self.noted[key] = None
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        self.noted[key] = None
        super().__delitem__(key)

    def update(self, values: Mapping[str, V]) -> None:  # type: ignore[override]  # as folds call it
        self.noted.update(dict.fromkeys(values))
        super().update(values)

    def taken(self) -> set[str]:
        """What was noted since the last time."""
        noted, self.noted = self.noted, {}
        return set(noted)
