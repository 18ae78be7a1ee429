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
Verdict = Callable[[State], bool | None]


def verdict_of(expression: Expression) -> Verdict:
    """The condition as a function of such a state."""
    return lambda state: _truth(_value(expression, state))


def _truth(value: Any) -> bool | None:
    if value is UNSETTLED:
        return None
    if isinstance(value, Range):
        return True if value.low > 0 or value.high < 0 else None
    return bool(value)


def _told(truth: bool | None) -> Any:
    return UNSETTLED if truth is None else truth


def _value(expression: Expression, state: State) -> Any:  # noqa: PLR0911 - a return for each form
    match expression:
        case Constant(constant):
            return constant
        case Path(steps):
            return resolved(state, steps)
        case Call(function, argument):
            return _called(function, _value(argument, state))
        case Compare(comparator, left, right):
            if Constant(None) in (left, right):
                value = _value(right if left == Constant(None) else left, state)
                return UNSETTLED if value is UNSETTLED else presence(comparator, value)
            return _compared(comparator, _value(left, state), _value(right, state))
        case Sum(first, rest):
            total = _value(first, state)
            for added, one in rest:
                term = _value(one, state)
                total = _added(total, term if added else _negated(term))
            return total
        case Negative(operand):
            return _negated(_value(operand, state))
        case Not(operand):
            truth = _truth(_value(operand, state))
            return _told(None if truth is None else not truth)
        case Joined(word, operands):
            return _joined(word, [_truth(_value(one, state)) for one in operands])
        case _:
            assert_never(expression)


def _joined(word: str, truths: list[bool | None]) -> Any:
    deciding = word == "or"
    if deciding in truths:
        return deciding
    return _told(None if None in truths else not deciding)


def _called(function: str, argument: Any) -> Any:
    if argument is UNSETTLED:
        return UNSETTLED
    if isinstance(argument, Counted):
        return _range(argument.low, argument.high) if function == "len" else None
    return None if isinstance(argument, Range) else FUNCTIONS[function](argument)


def _range(low: float, high: float) -> Any:
    return low if low == high else Range(low, high)


def _negated(value: Any) -> Any:
    if value is UNSETTLED:
        return UNSETTLED
    if isinstance(value, Range):
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
    if isinstance(value, Range):
        return value
    number = number_of(value)
    return None if number is None else Range(number, number)


def _compared(comparator: Comparator, left: Any, right: Any) -> Any:
    if left is UNSETTLED or right is UNSETTLED or isinstance(left, Counted) or isinstance(right, Counted):
        return UNSETTLED
    if kind_of(right) is Mapping and isinstance(left, str) and right.get(left) is UNSETTLED:
        return UNSETTLED
    compare = COMPARISONS[comparator]
    if not isinstance(left, Range) and not isinstance(right, Range):
        return compare(left, right)
    one, other = _bounds(left), _bounds(right)
    if one is None or other is None or comparator in ("in", "not in"):
        # A number beside something else: which number it is matters only where it is looked for among others.
        if isinstance(left, Range) and kind_of(right) is not None:
            return UNSETTLED
        return compare(*(value.low if isinstance(value, Range) else value for value in (left, right)))
    return _told(_ordered(comparator, one, other))


def _ordered(comparator: Comparator, one: Range, other: Range) -> bool | None:
    if comparator in ("<", ">="):
        below = True if one.high < other.low else False if one.low >= other.high else None
        return below if comparator == "<" or below is None else not below
    if comparator in (">", "<="):
        above = True if one.low > other.high else False if one.high <= other.low else None
        return above if comparator == ">" or above is None else not above
    apart = one.high < other.low or one.low > other.high
    return comparator == "!=" if apart else None
