"""Tell whether a condition holds all over a stretch of which some numbers are known by their bounds only.

Where ``evaluation`` finds a value in the state, here a ``Range``, a ``Counted`` or ``UNSETTLED`` may stand instead. The
verdict is what evaluation would say at every position of the stretch; None where it may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, assert_never

from app.domain.conditions.evaluation import COMPARISONS, FUNCTIONS, number_of, presence, resolved
from app.domain.conditions.syntax import Call, Compare, Constant, Joined, Negative, Not, Path, Sum
from app.domain.pointers import kind_of
from app.domain.ranges import UNSETTLED, Counted, Range

if TYPE_CHECKING:
    from app.domain.conditions.syntax import Comparator, Expression

State = Mapping[str, Any]
Value = Callable[[State], Any]
Verdict = Callable[[State], bool | None]


def verdict_of(expression: Expression) -> Verdict:
    """The condition as a function of such a state."""
    value = _value(expression)
    return lambda state: _truth(value(state))


def _truth(value: Any) -> bool | None:
    if value is UNSETTLED:
        return None
    if type(value) is Range:
        return True if value.low > 0 or value.high < 0 else None
    return bool(value)


def _told(truth: bool | None) -> Any:
    return UNSETTLED if truth is None else truth


def _value(expression: Expression) -> Value:  # noqa: PLR0911 - a return for each form
    match expression:
        case Constant(constant):
            return _always(constant)
        case Path(steps):
            return lambda state: resolved(state, steps)
        case Call(function, argument):
            called, inner = _called(function), _value(argument)
            return lambda state: called(inner(state))
        case Compare(comparator, left, right):
            if Constant(None) in (left, right):
                return _presence(comparator, _value(right if left == Constant(None) else left))
            return _comparison(comparator, _value(left), _value(right))
        case Sum(first, rest):
            return _sum(_value(first), [(added, _value(one)) for added, one in rest])
        case Negative(operand):
            negated = _value(operand)
            return lambda state: _negated(negated(state))
        case Not(operand):
            denied = _value(operand)
            return lambda state: _denied(_truth(denied(state)))
        case Joined(word, operands):
            values = [_value(one) for one in operands]
            return lambda state: _joined(word, [_truth(value(state)) for value in values])
        case _:
            assert_never(expression)


def _always(constant: Any) -> Value:
    def value(state: State) -> Any:
        return constant

    return value


def _presence(comparator: Comparator, value: Value) -> Value:
    def present(state: State) -> Any:
        found = value(state)
        return UNSETTLED if found is UNSETTLED else presence(comparator, found)

    return present


def _comparison(comparator: Comparator, left: Value, right: Value) -> Value:
    return lambda state: _compared(comparator, left(state), right(state))


def _sum(first: Value, rest: list[tuple[bool, Value]]) -> Value:
    def total(state: State) -> Any:
        result = first(state)
        for added, value in rest:
            term = value(state)
            result = _added(result, term if added else _negated(term))
        return result

    return total


def _denied(truth: bool | None) -> Any:
    return UNSETTLED if truth is None else not truth


def _joined(word: str, truths: list[bool | None]) -> Any:
    deciding = word == "or"
    if deciding in truths:
        return deciding
    return _told(None if None in truths else not deciding)


def _called(function: str) -> Callable[[Any], Any]:
    apply = FUNCTIONS[function]

    def called(argument: Any) -> Any:
        if argument is UNSETTLED:
            return UNSETTLED
        if type(argument) is Counted:
            return _range(argument.low, argument.high) if function == "len" else None
        return None if type(argument) is Range else apply(argument)

    return called


def _range(low: float, high: float) -> Any:
    return low if low == high else Range(low, high)


def _negated(value: Any) -> Any:
    if value is UNSETTLED:
        return UNSETTLED
    if type(value) is Range:
        return Range(-value.high, -value.low)
    number = number_of(value)
    return None if number is None else -number


def _added(one: Any, other: Any) -> Any:
    """Adding rises with what is added, also in floating point, so the bounds of a sum are the sums of the bounds."""
    if one is UNSETTLED or other is UNSETTLED:
        return UNSETTLED
    first, second = _bounds(one), _bounds(other)
    if first is None or second is None:
        return None
    return _range(first.low + second.low, first.high + second.high)


def _bounds(value: Any) -> Range | None:
    if type(value) is Range:
        return value
    number = number_of(value)
    return None if number is None else Range(number, number)


def _compared(comparator: Comparator, left: Any, right: Any) -> Any:
    if type(left) is not Range and type(right) is not Range:
        return _without_ranges(comparator, left, right)
    if left is UNSETTLED or right is UNSETTLED or type(left) is Counted or type(right) is Counted:
        return UNSETTLED
    one, other = _bounds(left), _bounds(right)
    if one is not None and other is not None and comparator not in ("in", "not in"):
        return _told(_ordered(comparator, one, other))
    # A number beside something else: which number it is matters only where it is looked for among others.
    if type(left) is Range and kind_of(right) is not None:
        return UNSETTLED
    return COMPARISONS[comparator](*(value.low if type(value) is Range else value for value in (left, right)))


def _without_ranges(comparator: Comparator, left: Any, right: Any) -> Any:
    if left is UNSETTLED or right is UNSETTLED or type(left) is Counted or type(right) is Counted:
        return UNSETTLED
    if kind_of(right) is Mapping and isinstance(left, str) and right.get(left) is UNSETTLED:
        return UNSETTLED
    return COMPARISONS[comparator](left, right)


def _ordered(comparator: Comparator, one: Range, other: Range) -> bool | None:
    if comparator in ("<", ">="):
        below = True if one.high < other.low else False if one.low >= other.high else None
        return below if comparator == "<" or below is None else not below
    if comparator in (">", "<="):
        above = True if one.low > other.high else False if one.high <= other.low else None
        return above if comparator == ">" or above is None else not above
    apart = one.high < other.low or one.low > other.high
    return comparator == "!=" if apart else None
