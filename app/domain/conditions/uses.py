"""Which places of the state a condition looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from app.domain.conditions.syntax import Call, Compare, Constant, Joined, Negative, Not, Path, Sum
from app.domain.fold.fields import FIELDS, field_path

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
        case Compare("in" | "not in", Constant(str() as member), Path(steps)) if _has_names(steps):
            yield Use((*steps, member))
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


def _has_names(steps: tuple[Step, ...]) -> bool:
    """Whether this is a field whose members have names, each of which can be looked at alone."""
    path = field_path(steps)
    return path == steps and FIELDS[path].named
