"""When two calls of a tool are the same call."""

from __future__ import annotations

import json
from typing import Any


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
