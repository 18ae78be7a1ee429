"""Views of what goes on changing while a slice rolls on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class LiveMapping(Mapping[str, Any]):
    """An object of the state's JSON form that is worked out when it is looked at; keep ``dict(…)`` of it."""


class ByItem(LiveMapping):
    """Values by item, in order of the items."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getitem__(self, item: str) -> Any:
        return self._values[item]

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._values))
