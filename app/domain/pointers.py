"""JSON pointers (RFC 6901): text to steps, and the value they lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from app.domain.errors import BadInput


class Absent(Enum):
    """What stands where a pointer leads to nothing; unlike None it is no JSON value."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT
_INDEX: Final = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
_STRAY_TILDE: Final = re.compile(r"~(?![01])")


def steps_of(pointer: str) -> tuple[str, ...]:
    """The steps of a pointer. Raises BadInput."""
    if pointer and not pointer.startswith("/"):
        raise BadInput(f"a JSON pointer begins with /, such as /conversation/status; {pointer!r} does not")
    if _STRAY_TILDE.search(pointer):
        raise BadInput(f"in a JSON pointer ~ is written ~0 (and / in a name ~1); {pointer!r} holds a bare ~")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def at(value: Any, steps: Sequence[str]) -> Any:
    """The value that the steps lead to; ``ABSENT`` where they lead nowhere."""
    for step in steps:
        kind = kind_of(value)
        if kind is Mapping:
            value = value.get(step, ABSENT)
        elif kind is Sequence and _INDEX.match(step):
            try:
                value = value[int(step)]
            except IndexError:
                return ABSENT
        else:
            return ABSENT
    return value


_KINDS: Final[dict[type, object]] = {}


def kind_of(value: Any) -> object:
    """``Mapping`` for objects, ``Sequence`` for lists, None for all else.

    Types are few and asking whether they are abstract ones is slow, so that every type is asked once.
    """
    kind = type(value)
    if kind in _KINDS:
        return _KINDS[kind]
    known: object = Mapping if issubclass(kind, Mapping) else None
    if issubclass(kind, Sequence) and not issubclass(kind, (str, bytes)):
        known = Sequence
    _KINDS[kind] = known
    return known


def index_of(step: object) -> int | None:
    """The place in a list that a step (a word of a pointer, or a number) names; None for names and from the end."""
    if isinstance(step, str):
        return int(step) if _INDEX.match(step) else None
    return step if isinstance(step, int) and step >= 0 else None
