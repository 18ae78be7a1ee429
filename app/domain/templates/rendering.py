"""Fill a template in; what is filled in is never read as template again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, assert_never

from app.domain.templates.errors import BadTemplate
from app.domain.templates.parser import parse
from app.domain.templates.syntax import Choice, Loop, Text, Value

if TYPE_CHECKING:
    from app.domain.templates.syntax import Node, Path

LONGEST: Final = 1_000_000
MOST_ROUNDS: Final = 100_000
_DIGITS: Final = 3


def rendered(template: str, facts: Mapping[str, Any]) -> str:
    """The text of a template with the facts in it; what a fact does not have is empty. Raises BadTemplate."""
    return _Rendering().text(parse(template, facts), facts)


class _Rendering:
    """Counts what it writes, so that loops in loops come to an end."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = self._rounds = 0

    def text(self, nodes: tuple[Node, ...], facts: Mapping[str, Any]) -> str:
        self._write_all(nodes, dict(facts))
        return "".join(self._pieces)

    def _write_all(self, nodes: tuple[Node, ...], facts: dict[str, Any]) -> None:
        for node in nodes:
            match node:
                case Text(text):
                    self._write(text, None)
                case Value(path):
                    self._write(_words(_found(path, facts)), path)
                case Loop(name, over, body):
                    self._loop(name, over, body, facts)
                case Choice(path, negated, body, otherwise):
                    holds = bool(_found(path, facts)) != negated
                    self._write_all(body if holds else otherwise, facts)
                case _:
                    assert_never(node)

    def _loop(self, name: str, over: Path, body: tuple[Node, ...], facts: dict[str, Any]) -> None:
        found = _found(over, facts)
        if isinstance(found, Mapping):
            found = [{"name": key, "value": value} for key, value in found.items()]
        if found is None:
            return
        if isinstance(found, str) or not isinstance(found, Sequence):
            raise BadTemplate(over.line, over.column, f"{over.name} is no list here, so a loop cannot go over it")
        for one in found:
            self._rounds += 1
            if self._rounds > MOST_ROUNDS:
                raise BadTemplate(over.line, over.column, f"the loops go round more than {MOST_ROUNDS:,} times")
            self._write_all(body, {**facts, name: one})

    def _write(self, text: str, path: Path | None) -> None:
        self._length += len(text)
        if self._length > LONGEST:
            line, column = (path.line, path.column) if path is not None else (1, 1)
            raise BadTemplate(line, column, f"the text grows beyond {LONGEST:,} characters")
        self._pieces.append(text)


def _found(path: Path, facts: Mapping[str, Any]) -> Any:
    """What a path leads to; None where it leads nowhere."""
    value = facts.get(path.name)
    for step in path.steps:
        if isinstance(value, Mapping):
            value = value.get(str(step))
        elif isinstance(step, int) and isinstance(value, Sequence) and not isinstance(value, str):
            value = value[step] if step < len(value) else None
        else:
            return None
    return value


def _words(value: Any) -> str:  # noqa: PLR0911 -- one for each kind of JSON value
    """A value as a person would write it: a list with commas, a number with at most three decimals."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case float():
            return f"{round(value, _DIGITS):g}" if abs(value) < 1e6 else str(value)
        case Mapping():
            return json.dumps(value, ensure_ascii=False, default=str)
        case Sequence() if all(not isinstance(one, (Mapping, list, tuple)) for one in value):
            return ", ".join(map(_words, value))
        case _:
            return json.dumps(value, ensure_ascii=False, default=str)
