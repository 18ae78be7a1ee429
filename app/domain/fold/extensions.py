"""Event types of others and their folds: each keeps one value in the state, under ``extensions`` and its name.

A fold of others is held to the rules of ours from outside: it gets a copy of its value, may give back JSON only, and
where it fails the event changes nothing and is listed in ``problems``.
"""

from __future__ import annotations

import json
import re
import zlib
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.fold.payload import Inapplicable
from app.domain.vocabulary import add_event_types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.fold.facts import Fact
    from app.domain.vocabulary import EventType

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What an extension brings.

    Attributes:
        name: small letters, digits and hyphens; where its value stands in the state.
        version: goes up whenever the fold gives another value for the same events; derived data is then rebuilt.
        event_types: names of its own, outside of the areas of this program.
        start: the value before the first event, JSON.
        fold: ``(value, event) -> value``, pure: no clock, no randomness, no I/O. The event has ``type``, ``data``,
            ``position``, ``time``. Raises ``Inapplicable`` (or anything) for an event that changes nothing.
    """

    name: str
    version: int
    event_types: tuple[EventType, ...]
    start: Any
    fold: Callable[[Any, Fact], Any]


_by_type: Final[dict[str, Extension]] = {}


def register(extension: Extension) -> None:
    """Know an extension from now on, before any store is opened. Raises BadInput; nothing is known then."""
    if not isinstance(extension, Extension):
        raise BadInput("it is no Extension")
    if not _NAME.match(extension.name) or any(one.name == extension.name for one in _by_type.values()):
        raise BadInput(f"{extension.name!r} is no name for an extension, or is taken")
    if not extension.event_types:
        raise BadInput(f"{extension.name} brings no event types")
    _require_json(extension, extension.start)
    add_event_types(extension.event_types)
    _by_type.update({one.name: extension for one in extension.event_types})


def extension_of(event_type: str) -> Extension | None:
    return _by_type.get(event_type)


def known() -> tuple[Extension, ...]:
    return tuple({one.name: one for one in _by_type.values()}.values())


def version_with_extensions(version: int) -> int:
    """The version of derived data: the folds' own, and which extensions of which version take part."""
    if not _by_type:
        return version
    told = ",".join(sorted(f"{one.name}@{one.version}" for one in known()))
    return version + 1_000 * (1 + zlib.crc32(told.encode()))


def apply(state: dict[str, Any], event: Fact) -> None:
    """Fold one event of an extension's into its value. Raises Inapplicable."""
    extension = _by_type[event.type]
    value = deepcopy(state.get(extension.name, extension.start))
    try:
        folded = extension.fold(value, event)
        _require_json(extension, folded)
    except Inapplicable:
        raise
    except Exception as error:
        raise Inapplicable(f"the extension {extension.name} failed: {type(error).__name__}: {error}"[:300]) from error
    state[extension.name] = folded


def to_json(state: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all extensions that are known, those that no event touched too."""
    return {one.name: deepcopy(state.get(one.name, one.start)) for one in known()}


def _require_json(extension: Extension, value: Any) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(f"the value of {extension.name} is no JSON: {error}") from error
