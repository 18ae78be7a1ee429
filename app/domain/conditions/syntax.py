"""Conditions as trees, and their printed form, which reads back as the same tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal


class Every(Enum):
    """The step ``[*]``: every element of a list."""

    ELEMENT = "*"


ALL: Final = Every.ELEMENT
Step = str | int | Every
Comparator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a number, true, false or null."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Path:
    """A place in the state; a negative number counts from the end of a list."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """``len(…)`` or ``lower(…)``."""

    function: str
    argument: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values held against each other."""

    comparator: Comparator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Sum:
    """``first`` and what is added (True) to it or taken from it (False)."""

    first: Expression
    rest: tuple[tuple[bool, Expression], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """True where the operand is not."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Joined:
    """Several conditions of which all (``and``) or one (``or``) must hold."""

    word: Literal["and", "or"]
    operands: tuple[Expression, ...]


Expression = Constant | Path | Call | Compare | Sum | Negative | Not | Joined

_NAME: Final = re.compile(r"[^\W\d]\w*\Z")
_TIGHT: Final[dict[type, int]] = {Not: 2, Compare: 3, Sum: 4, Negative: 5, Constant: 6, Path: 6, Call: 6}
"""How tightly a form binds; ``or`` and ``and`` are 0 and 1."""


def printed(expression: Expression) -> str:  # noqa: PLR0911 - a return for each form
    """The condition as text, with no more parentheses than needed."""
    match expression:
        case Constant(value):
            return _constant(value)
        case Path(steps):
            return "".join(_step(step, first=number == 0) for number, step in enumerate(steps))
        case Call(function, argument):
            return f"{function}({printed(argument)})"
        case Compare(comparator, left, right):
            return f"{_inside(left, 4)} {comparator} {_inside(right, 4)}"
        case Sum(first, rest):
            return _inside(first, 5) + "".join(f" {'+' if added else '-'} {_inside(one, 5)}" for added, one in rest)
        case Negative(operand):
            return f"-{_inside(operand, 5)}"
        case Not(operand):
            return f"not {_inside(operand, 2)}"
        case Joined(word, operands):
            return f" {word} ".join(_inside(one, 1 if word == "or" else 2) for one in operands)


def _inside(expression: Expression, least: int) -> str:
    tight = (expression.word == "and") if isinstance(expression, Joined) else _TIGHT[type(expression)]
    return printed(expression) if tight >= least else f"({printed(expression)})"


def _constant(value: str | float | bool | None) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case _:
            return repr(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _step(step: Step, *, first: bool) -> str:
    if step is ALL:
        return "[*]"
    if isinstance(step, str) and _NAME.match(step):
        return step if first else f".{step}"
    return f"[{_quoted(step) if isinstance(step, str) else step}]"
