"""When two calls of a tool are the same call, and where the results of calls come from that a model made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES: Final = {"recorded": "taken from the record", "typed": "typed by a person", "stub": "a stub, made up"}
"""What ``source`` of a result says, in words: nothing is ever executed."""


def answered_by(called: Mapping[str, Any], answered: Mapping[str, Any]) -> str:
    """The ``source`` of a result, from the data of both events; empty for calls that production made.

    A producer's own ``source`` may mean anything.
    """
    source = answered.get("source")
    return source if isinstance(called.get("generated_by"), dict) and source in SOURCES else ""


def call_key(name: str, arguments: Any) -> str:
    """Equal for the same name and arguments, in whatever order they were written; 2.0 is 2."""
    return json.dumps([name, _plain(arguments)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
