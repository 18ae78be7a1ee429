"""Cut a template into text and tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from app.domain.templates.errors import BadTemplate

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["text", "value", "block"]

_OPENING: Final = re.compile(r"\{\{|\{%|\{#")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BLANK_AFTER: Final = re.compile(r"[ \t]*(?:\r?\n|\Z)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text, or what stands inside a tag; ``at`` is where that begins in the template."""

    kind: Kind
    text: str
    at: int


def place(template: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in the template."""
    return template.count("\n", 0, at) + 1, at - template.rfind("\n", 0, at)


def tokens(template: str) -> Iterator[Token]:
    """Text and tags in order; a line that holds nothing but one block or comment leaves no empty line behind.

    Raises BadTemplate for a tag that is not closed.
    """
    at = 0
    while (opening := _OPENING.search(template, at)) is not None:
        sign, start = opening.group(), opening.end()
        end = template.find(_CLOSING[sign], start)
        if end < 0:
            line, column = place(template, opening.start())
            raise BadTemplate(line, column, f"{sign} is not closed; it ends with {_CLOSING[sign]}")
        text, rest = template[at : opening.start()], end + len(_CLOSING[sign])
        if sign != "{{":
            text, rest = _without_own_line(template, at, opening.start(), rest)
        if text:
            yield Token("text", text, at)
        if sign != "{#":
            yield Token("value" if sign == "{{" else "block", template[start:end], start)
        at = rest
    if at < len(template):
        yield Token("text", template[at:], at)


def _without_own_line(template: str, at: int, start: int, end: int) -> tuple[str, int]:
    """The text before a block, and where it goes on after it, without the line that the block has for itself."""
    text = template[at:start]
    line_start = template.rfind("\n", 0, start) + 1
    after = _BLANK_AFTER.match(template, end)
    if after is None or template[line_start:start].strip(" \t") or line_start < at:
        return text, end
    return template[at:line_start], after.end()
