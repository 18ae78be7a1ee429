"""Conditions on the text of the last message that an index of texts can answer for most messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.conditions.syntax import Call, Compare, Constant, Joined, Not, Path
from app.domain.conditions.uses import uses

if TYPE_CHECKING:
    from app.domain.conditions.syntax import Expression

LIST: Final = ("conversation", "messages")
_TEXT: Final = Path((*LIST, -1, "text"))
_LOWERED: Final = Call("lower", _TEXT)


def last_text_needles(expression: Expression) -> tuple[str, ...] | None:
    """Texts that have to occur in the last message for anything of it to matter.

    While none of them occurs, the condition is the same for whatever message is the last. None where that cannot be
    said, or where nothing of messages is looked at.
    """
    needles: list[str] = []
    rest = _without(expression, needles)
    looks_further = any(use.steps[:2] == LIST for use in uses(rest))
    return None if looks_further or not needles else tuple(dict.fromkeys(needles))


def _without(expression: Expression, needles: list[str]) -> Expression:
    """The condition where its texts do not occur in the last message; ``needles`` is filled with them."""
    match expression:
        case Compare(comparator, left, right):
            if (needle := _needle(comparator, left, right)) is not None:
                needles.append(needle)
                return Constant(comparator in ("not in", "!="))
            return Compare(comparator, _without(left, needles), _without(right, needles))
        case Not(operand):
            rest = _without(operand, needles)
            return Constant(not rest.value) if isinstance(rest, Constant) else Not(rest)
        case Joined(word, operands):
            return _joined(word, [_without(one, needles) for one in operands])
        case _:
            return expression


def _needle(comparator: str, left: Expression, right: Expression) -> str | None:
    """The text of a test that fails (or, denied, holds) wherever the text does not occur."""
    if comparator in ("in", "not in") and right in (_TEXT, _LOWERED):
        return _text(left)
    if comparator in ("==", "!="):
        if left in (_TEXT, _LOWERED):
            return _text(right)
        return _text(left) if right in (_TEXT, _LOWERED) else None
    return None


def _text(expression: Expression) -> str | None:
    value: Any = expression.value if isinstance(expression, Constant) else None
    return value if isinstance(value, str) and value else None


def _joined(word: str, operands: list[Expression]) -> Expression:
    deciding = word == "or"
    left = [one for one in operands if not isinstance(one, Constant)]
    if any(isinstance(one, Constant) and bool(one.value) is deciding for one in operands):
        return Constant(deciding)
    return Joined("and" if word == "and" else "or", tuple(left)) if left else Constant(not deciding)
