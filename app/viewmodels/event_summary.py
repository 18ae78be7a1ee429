"""An event in one line: what was said, called, shown or done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.domain.marks import content
from app.viewmodels.json_text import arguments_line, short

if TYPE_CHECKING:
    from app.domain.events import Event

_CHARACTERS: Final = 160
_TEXTS: Final = ("text", "partial_text", "query", "note", "reason", "error", "name", "title", "item")
_ITEMS: Final = 3


def event_summary(event: Event) -> str:
    """At most a line of plain text; empty when the payload says nothing that fits one."""
    data = content(event.data)
    kind = event.type.rsplit(".", 1)[-1]
    if kind == "tool-called":
        line = f"{data.get('name', '')}({arguments_line(data.get('arguments', {}))})"
    elif kind == "tool-returned":
        line = short(data.get("result", data), _CHARACTERS)
    elif isinstance(items := data.get("items"), Sequence) and not isinstance(items, str):
        line = ", ".join(_item(one) for one in items[:_ITEMS]) + (" …" if len(items) > _ITEMS else "")
    elif isinstance(slots := data.get("set"), Mapping) and slots:
        line = arguments_line(slots)
    else:
        line = _counted(data) or arguments_line({key: value for key, value in data.items() if key != "turn"})
    line = " ".join(line[: _CHARACTERS * 4].split())
    return line if len(line) <= _CHARACTERS else f"{line[: _CHARACTERS - 1]}…"


def _counted(data: Mapping[str, Any]) -> str:
    """The text, with how many where it speaks of goods: ``12 × LUNCH BOX``."""
    text, count = _text(data), data.get("quantity")
    return f"{count:,} × {text}" if text and type(count) is int else text


def _item(item: Any) -> str:
    if isinstance(item, Mapping):
        return short(item.get("name") or item.get("title") or item.get("item") or item, 40).strip('"')
    return short(item, 40)


def _text(data: Mapping[str, Any]) -> str:
    """The first of the usual fields that holds a text; an item is told by its name where it has one."""
    for key in _TEXTS:
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return value
    return ""
