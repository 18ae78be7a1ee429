"""Read values out of a payload, or say in words why the event cannot be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 2**53
"""Numbers beyond this are not exact in JSON (RFC 8785 refuses them as integers); NaN is no number either."""

# Payloads are decoded JSON, whose types have no subclasses.
_TEXTS: Final = frozenset({str})
_OBJECTS: Final = frozenset({dict})


class Inapplicable(Exception):
    """The event changes nothing; ``str()`` of this says why and goes to the state's ``problems``."""


def text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise Inapplicable(f"{key} is missing or no text")
    return value


def identifier(data: Mapping[str, Any], key: str) -> str:
    """An id: text that is not empty, or a whole number (then as text)."""
    value = data.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise Inapplicable(f"{key} is missing or no id")
    return value


def mapping(data: Mapping[str, Any], key: str, default: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    value = data.get(key, default)
    if not isinstance(value, dict):
        raise Inapplicable(f"{key} is missing or no object")
    return value


def texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts; a missing one is empty."""
    value = data.get(key, [])
    if not isinstance(value, list) or not _TEXTS.issuperset(map(type, value)):
        raise Inapplicable(f"{key} is no list of texts")
    return tuple(value)


def objects(data: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """A list of objects; a missing one is empty."""
    value = data.get(key, [])
    if not isinstance(value, list) or not _OBJECTS.issuperset(map(type, value)):
        raise Inapplicable(f"{key} is no list of objects")
    return tuple(value)


def number(data: Mapping[str, Any], key: str, default: float | None = None) -> int | float:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -LARGEST <= value <= LARGEST:
        raise Inapplicable(f"{key} is missing or no number")
    return value
