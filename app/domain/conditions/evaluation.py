"""Tell whether a condition holds of a state.

A path that leads nowhere gives null. A comparison with null is false, save ``== null``, which is then true, and
``!= null``, which tells whether there is something; so a condition never fails because something is not there yet.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, assert_never

from app.domain.conditions.syntax import Call, Compare, Constant, Joined, Negative, Not, Path, Sum
from app.domain.diff import same
from app.domain.pointers import kind_of

if TYPE_CHECKING:
    from app.domain.conditions.syntax import Comparator, Expression, Step

State = Mapping[str, Any]
Test = Callable[[State], bool]
Value = Callable[[State], Any]


def test_of(expression: Expression) -> Test:
    """The condition as a function of a state (its JSON form; lists may be any sequence)."""
    value = _value(expression)
    return lambda state: bool(value(state))


test_of.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def _value(expression: Expression) -> Value:  # noqa: PLR0911 - a return for each form
    match expression:
        case Constant(constant):
            return _always(constant)
        case Path(steps):
            return lambda state: resolved(state, steps)
        case Call(function, argument):
            apply, inner = FUNCTIONS[function], _value(argument)
            return lambda state: apply(inner(state))
        case Compare(comparator, left, right):
            if Constant(None) in (left, right):
                return _presence(comparator, _value(right if left == Constant(None) else left))
            return _comparison(comparator, _value(left), _value(right))
        case Sum(first, rest):
            return _sum(_value(first), tuple((added, _value(one)) for added, one in rest))
        case Negative(operand):
            negated = _value(operand)
            return lambda state: -number if (number := number_of(negated(state))) is not None else None
        case Not(operand):
            denied = _value(operand)
            return lambda state: not denied(state)
        case Joined(word, operands):
            tests, every = tuple(map(_value, operands)), all if word == "and" else any
            return lambda state: every(bool(test(state)) for test in tests)
        case _:
            assert_never(expression)


def _always(constant: Any) -> Value:
    def value(state: State) -> Any:
        return constant

    return value


def resolved(value: Any, steps: Sequence[Step]) -> Any:
    """What a path leads to; None where it leads nowhere."""
    for number, step in enumerate(steps):
        if type(step) is str:
            value = value.get(step) if kind_of(value) is Mapping else None
        elif kind_of(value) is not Sequence:
            return None
        elif isinstance(step, int):
            try:
                value = value[step]
            except IndexError:
                return None
        else:
            return _of_each(value, steps[number + 1 :])
    return value


def _of_each(values: Sequence[Any], steps: Sequence[Step]) -> list[Any]:
    if len(steps) == 1 and type(name := steps[0]) is str:  # by far the most frequent: one member of objects
        return [one.get(name) if type(one) is dict else resolved(one, steps) for one in values]
    return [resolved(one, steps) for one in values]


def is_list(value: Any) -> bool:
    return kind_of(value) is Sequence


def number_of(value: Any) -> int | float | None:
    """A number that is none of true and false."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _len(value: Any) -> int | None:
    return len(value) if isinstance(value, (Sequence, Mapping)) else None


def _lower(value: Any) -> str | None:
    return value.lower() if isinstance(value, str) else None


FUNCTIONS: Final[Mapping[str, Callable[[Any], Any]]] = {"len": _len, "lower": _lower}


def _sum(first: Value, rest: tuple[tuple[bool, Value], ...]) -> Value:
    def total(state: State) -> int | float | None:
        result = number_of(first(state))
        for added, value in rest:
            number = number_of(value(state))
            if result is None or number is None:
                return None
            result = result + number if added else result - number
        return result

    return total


def _presence(comparator: Comparator, value: Value) -> Value:
    """A comparison with the word null."""
    return lambda state: presence(comparator, value(state))


def presence(comparator: Comparator, value: Any) -> bool:
    """What comparing a value with the word null gives."""
    if comparator not in ("==", "!="):
        return False
    return (value is None) is (comparator == "==")


def _comparison(comparator: Comparator, left: Value, right: Value) -> Value:
    compare = COMPARISONS[comparator]
    return lambda state: compare(left(state), right(state))


def _plain(value: Any) -> Any:
    """Live views as what they are views of."""
    if type(value) is dict or isinstance(value, (list, tuple)):
        return value
    kind = kind_of(value)
    return dict(value) if kind is Mapping else list(value) if kind is Sequence else value


def _same(one: Any, other: Any) -> bool | None:
    """None where either is missing: neither ``==`` nor ``!=`` holds then."""
    if one is None or other is None:
        return None
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return same(_plain(one), _plain(other))


def _contains(one: Any, whole: Any) -> bool | None:
    """None where there is nothing to look in, or nothing to look for: neither ``in`` nor ``not in`` holds then."""
    if one is None or whole is None:
        return None
    if isinstance(whole, str):
        return one in whole if isinstance(one, str) else False
    if isinstance(whole, Mapping):
        return isinstance(one, str) and one in whole
    return any(_same(one, element) is True for element in whole) if is_list(whole) else False


def _in_order(order: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(one: Any, other: Any) -> bool:
        if isinstance(one, str) and isinstance(other, str):
            return order(one, other)
        left, right = number_of(one), number_of(other)
        return left is not None and right is not None and order(left, right)

    return compare


COMPARISONS: Final[Mapping[Comparator, Callable[[Any, Any], bool | None]]] = {
    "==": _same,
    "!=": lambda one, other: _same(one, other) is False,
    "in": lambda one, whole: _contains(one, whole) is True,
    "not in": lambda one, whole: _contains(one, whole) is False,
    "<": _in_order(operator.lt),
    "<=": _in_order(operator.le),
    ">": _in_order(operator.gt),
    ">=": _in_order(operator.ge),
}
"""What comparing two values gives, by the word or sign between them."""
