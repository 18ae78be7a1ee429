"""JSON as a person reads it: bounded in size whatever the value, with its true size told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

PRETTY_CHARACTERS: Final = 8_000
PRETTY_LINES: Final = 200
_NODES_MEASURED: Final = 50_000
_PARSED_CHARACTERS: Final = 200_000
_STRING_CHARACTERS: Final = 4_000

_ENCODER: Final = json.JSONEncoder(indent=2, ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Pretty:
    """Indented JSON, cut to what can be shown at once.

    Attributes:
        size: characters of the value without indentation.
        is_exact: False when the value is so large that counting stopped; ``size`` is then a lower bound.
    """

    text: str
    is_whole: bool
    size: int
    is_exact: bool


def pretty(value: Any, characters: int = PRETTY_CHARACTERS, lines: int = PRETTY_LINES) -> Pretty:
    """The first lines of a JSON value; a text that is itself JSON (as tools return it) is shown as such."""
    value = unfolded(value)
    size, is_exact = measured(value)
    if isinstance(value, str):
        kept = "\n".join(value[:characters].split("\n")[:lines])
        return Pretty(kept, len(kept) == len(value), size, is_exact)
    pieces: list[str] = []
    used = line_count = 0
    for piece in _ENCODER.iterencode(_shortened(value)):
        pieces.append(piece)
        used += len(piece)
        line_count += piece.count("\n")
        if used >= characters or line_count >= lines:
            return Pretty("".join(pieces)[:characters].rstrip(), False, size, is_exact)
    text = "".join(pieces)
    return Pretty(text, is_exact and size <= characters, size, is_exact)


def unfolded(value: Any) -> Any:
    """The JSON value a text holds, when it holds one and is not huge; anything else as it is."""
    if not isinstance(value, str) or len(value) > _PARSED_CHARACTERS or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def measured(value: Any) -> tuple[int, bool]:
    """(characters of the compact JSON, whether all of it was counted); never walks more than a bounded part."""
    total, nodes = 0, 0
    waiting = [value]
    while waiting:
        nodes += 1
        if nodes > _NODES_MEASURED:
            return total, False
        one = waiting.pop()
        if isinstance(one, Mapping):
            total += 2 + sum(len(str(key)) + 4 for key in one)
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            total += 2 + len(one)
            waiting.extend(one)
        elif isinstance(one, str):
            total += len(one) + 2
        else:
            total += len(str(one))
    return total, True


def short(value: Any, characters: int = 60) -> str:
    """One line for a value: scalars as they are, containers by what they hold."""
    if isinstance(value, Mapping):
        return _short_list((f"{key}: {short(one, 24)}" for key, one in _some(value.items())), "{}", characters)
    if isinstance(value, (list, tuple)):
        return _short_list((short(one, 24) for one in _some(value)), "[]", characters)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    line = " ".join(text[: 4 * characters].split())
    return line if len(line) <= characters else line[: characters - 1] + "…"


def arguments_line(arguments: Any, characters: int = 160) -> str:
    """The arguments of a call in one line, as a person would write them."""
    arguments = unfolded(arguments)
    if not isinstance(arguments, Mapping):
        return "" if arguments is None else short(arguments, characters)
    line = ", ".join(f"{key} = {short(one, 40)}" for key, one in _some(arguments.items()))
    return line if len(line) <= characters else line[: characters - 1] + "…"


def _some(items: Any) -> list[Any]:
    return [one for _, one in zip(range(8), items, strict=False)]


def _short_list(parts: Any, brackets: str, characters: int) -> str:
    line = brackets[0] + ", ".join(parts) + brackets[1]
    return line if len(line) <= characters else line[: characters - 2] + "…" + brackets[1]


def _shortened(value: Any, depth: int = 0) -> Any:
    """The value with endless texts cut and endless depth ended, so that writing it stays cheap."""
    if isinstance(value, str):
        return value if len(value) <= _STRING_CHARACTERS else f"{value[:_STRING_CHARACTERS]}… ({len(value):,})"
    if isinstance(value, Mapping):
        if depth >= 40:
            return "{…}"
        return {str(key): _shortened(one, depth + 1) for key, one in _head(value.items())}
    if isinstance(value, (list, tuple)):
        return "[…]" if depth >= 40 else [_shortened(one, depth + 1) for one in _head(value)]
    return value


def _head(items: Any) -> list[Any]:
    return [one for _, one in zip(range(PRETTY_LINES + 1), items, strict=False)]
