"""Which places of the state a condition looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from app.domain.conditions.syntax import Call, Compare, Constant, Joined, Negative, Not, Path, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.conditions.syntax import Expression, Step


@dataclass(frozen=True, slots=True)
class Use:
    """A place that is looked at; ``counted``: only how many members it has matters."""

    steps: tuple[Step, ...]
    counted: bool = False


def uses(expression: Expression) -> Iterator[Use]:
    """Every path of the condition, in the order of its text."""
    match expression:
        case Constant():
            return
        case Path(steps):
            yield Use(steps)
        case Call("len", Path(steps)):
            yield Use(steps, counted=True)
        case Call(_, inner) | Negative(inner) | Not(inner):
            yield from uses(inner)
        case Compare(_, left, right):
            yield from uses(left)
            yield from uses(right)
        case Sum(first, rest):
            yield from uses(first)
            for _, one in rest:
                yield from uses(one)
        case Joined(_, operands):
            for one in operands:
                yield from uses(one)
        case _:
            assert_never(expression)
