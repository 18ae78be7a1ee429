"""The paths of a state as a condition writes them: what can be completed while one is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from app.domain.conditions import Path, printed
from app.domain.fold.fields import field_path

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 2_000
_DEEPEST: Final = 6
_GROWING: Final = (
    "conversation.messages",
    "conversation.messages[-1].role",
    "conversation.messages[-1].text",
    "conversation.calls",
    "conversation.calls[-1].name",
    "conversation.calls[-1].error",
    "conversation.feedback",
    "generation.runs",
    "generation.runs[-1].status",
    "problems",
)
"""What a moment's state leaves out because it grows."""
_WORD: Final = re.compile(r"[\w.\[\]\"*-]*\Z")


def state_paths(state: Mapping[str, Any]) -> tuple[str, ...]:
    """Paths in order, shallow ones of each part first; of a list its first, last and every element."""
    found = dict.fromkeys(_GROWING)
    for steps, _ in zip(_walked(state, ()), range(MOST), strict=False):
        found[printed(Path(steps))] = None
    return tuple(sorted(found))


def _walked(value: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if field_path(steps) is not None:
        yield steps
    if len(steps) >= _DEEPEST:
        return
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _walked(one, (*steps, str(key)))
    elif isinstance(value, (list, tuple)) and value:
        yield from _walked(value[0], (*steps, 0))


def word_before(text: str, cursor: int) -> str:
    """The part of a path that stands before the cursor."""
    found = _WORD.search(text[:cursor])
    return found.group() if found else ""
