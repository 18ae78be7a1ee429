"""Which rows of a service's results are the same item, and what it is called.

Rows have no ids. An item's id is its service and name; a row of the same name that differs in a value which was not
asked for (another departure, another price) is another item and its id says by what it differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME: Final = re.compile(r"(?:.*[_-])?name|title")
_NOT_ITS_NAME: Final = ("station", "account", "theater")
_FALLBACKS: Final = ("airlines", "address")
_NO_TRAIT: Final = re.compile(r".*(phone|address).*")


@dataclass(frozen=True, slots=True)
class Known:
    """An item of a service. ``traits`` are the values that belong to it and not to the question it answered."""

    item: str
    name: str
    category: str
    tags: tuple[str, ...]
    traits: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        return {"item": self.item, "name": self.name, "categories": [self.category], "tags": list(self.tags)}

    def agrees_with(self, row: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
        """Whether a row may be this item: no trait that both have differs, unless it was asked for."""
        return all(str(row[slot]) == value for slot, value in self.traits.items() if slot in row and slot not in asked)


class ServiceItems:
    """The items of one service, as one dialogue came to know them."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._category = re.sub(r"_\d+$", "", service)
        self._by_name: dict[str, list[Known]] = {}
        self._naming: tuple[str, ...] = ()

    def known(self, row: Mapping[str, Any], asked: Mapping[str, Any], naming: tuple[str, ...]) -> Known:
        """The item that a row is; ``naming`` slots name it when none of its slots is a name."""
        self._naming = naming or self._naming
        name = self._name(row, asked)
        same_name = self._by_name.setdefault(name, [])
        for known in same_name:
            if known.agrees_with(row, asked):
                return known
        traits = {slot: str(value) for slot, value in sorted(row.items()) if slot not in asked}
        item = f"{self._service}/{name}"
        if same_name:
            first = same_name[0].traits
            item += f" ({', '.join(value for slot, value in traits.items() if first.get(slot, value) != value)})"
        taken = {known.item for known in same_name}
        unique, count = item, 1
        while unique in taken:
            count += 1
            unique = f"{item} #{count}"
        known = Known(unique, unique.removeprefix(f"{self._service}/"), self._category, _tags(row), traits)
        same_name.append(known)
        return known

    def _name(self, row: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
        named = [slot for slot in sorted(row) if _NAME.fullmatch(slot) and not any(no in slot for no in _NOT_ITS_NAME)]
        slots = named[:1] or [slot for slot in _FALLBACKS if slot in row][:1]
        slots = slots or [slot for slot in self._naming if slot in row]
        slots = slots or [slot for slot in sorted(row) if slot not in asked]
        return ", ".join(str(row[slot]) for slot in slots) or self._service


def _tags(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{slot}={str(value).lower()}" for slot, value in sorted(row.items()) if not _NO_TRAIT.fullmatch(slot))
