"""Read a condition: recursive descent over its words, with a limit to how deep it may nest."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final, cast

from app.domain.conditions.errors import BadCondition
from app.domain.conditions.syntax import ALL, Call, Compare, Constant, Joined, Negative, Not, Path, Sum
from app.domain.conditions.tokens import Token, tokens_of
from app.domain.fold.fields import FIELDS, SECTIONS

if TYPE_CHECKING:
    from app.domain.conditions.syntax import Comparator, Expression, Step

DEEPEST: Final = 40
"""Levels of parentheses, calls and signs; far more than anybody reads, far fewer than Python's stack."""
MOST_DIGITS: Final = 30
FUNCTIONS: Final = ("len", "lower")
_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
_WORDS: Final = frozenset({"and", "or", "not", "in"})
_COMPARATORS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})


def parse(text: str) -> Expression:
    """The tree of a condition. Raises BadCondition, which names the column and what was expected there."""
    reader = _Reader(tokens_of(text))
    expression = reader.either()
    reader.require_end()
    return expression


class _Reader:
    """Walks over the words; one method for each level of binding, the loosest first."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def either(self) -> Expression:
        operands = [self._both()]
        while self._took("or"):
            operands.append(self._both())
        return operands[0] if len(operands) == 1 else Joined("or", tuple(operands))

    def require_end(self) -> None:
        if self._token.kind != "end":
            raise self._unexpected("and, or, an operator or the end")

    def _both(self) -> Expression:
        operands = [self._negation()]
        while self._took("and"):
            operands.append(self._negation())
        return operands[0] if len(operands) == 1 else Joined("and", tuple(operands))

    def _negation(self) -> Expression:
        start = self._token
        if not self._took("not"):
            return self._comparison()
        self._enter(start)
        operand = self._negation()
        self._depth -= 1
        return Not(operand)

    def _comparison(self) -> Expression:
        left = self._sum()
        comparator = self._comparator()
        if comparator is None:
            return left
        right = self._sum()
        second = self._token
        if self._comparator() is not None:
            raise BadCondition(second.column, f"expected and, or or the end, not a second {second}: compare two values")
        return Compare(comparator, left, right)

    def _comparator(self) -> Comparator | None:
        token = self._token
        if token.kind == "sign" and token.text in _COMPARATORS:
            self._at += 1
            return cast("Comparator", token.text)
        if self._took("in"):
            return "in"
        if self._took("not"):
            if not self._took("in"):
                raise self._unexpected("in after not")
            return "not in"
        return None

    def _sum(self) -> Expression:
        first = self._signed()
        rest: list[tuple[bool, Expression]] = []
        while (token := self._token).kind == "sign" and token.text in "+-":
            self._at += 1
            rest.append((token.text == "+", self._signed()))
        return Sum(first, tuple(rest)) if rest else first

    def _signed(self) -> Expression:
        start = self._token
        if not self._took_sign("-"):
            return self._value()
        self._enter(start)
        operand = self._signed()
        self._depth -= 1
        return Negative(operand)

    def _value(self) -> Expression:
        token = self._token
        if token.kind == "text":
            self._at += 1
            return Constant(token.text)
        if token.kind == "number":
            self._at += 1
            return Constant(_number(token))
        if token.kind == "name" and token.text not in _WORDS:
            return self._named(token)
        self._enter(token)
        if not self._took_sign("("):
            raise self._unexpected("a path, a value or an opening parenthesis")
        inner = self.either()
        self._close(")", token)
        return inner

    def _named(self, token: Token) -> Expression:
        self._at += 1
        if token.text in _CONSTANTS:
            return Constant(_CONSTANTS[token.text])
        if not (self._token.kind == "sign" and self._token.text == "("):
            return self._path(token)
        if token.text not in FUNCTIONS:
            raise BadCondition(token.column, f"expected {' or '.join(FUNCTIONS)} as a function, not {token}")
        opening = self._token
        self._enter(opening)
        self._at += 1
        argument = self.either()
        self._close(")", opening)
        return Call(token.text, argument)

    def _path(self, start: Token) -> Path:
        if start.text not in SECTIONS:
            raise BadCondition(start.column, f"expected a path that begins with {_listed(SECTIONS)}, not {start}")
        steps: list[Step] = [start.text]
        while True:
            place = self._token
            if self._took_sign("."):
                step: Step = self._name()
            elif self._took_sign("["):
                step = self._index(place)
            else:
                break
            steps.append(step)
            _require_field(tuple(steps), place)
        if (start.text,) not in FIELDS and len(steps) == 1:
            raise self._unexpected(f"a field of {start}: {_fields_of(start.text)}")
        return Path(tuple(steps))

    def _name(self) -> str:
        token = self._token
        if token.kind != "name":
            raise self._unexpected("a name after the point (other keys stand in brackets and quotes)")
        self._at += 1
        return token.text

    def _index(self, opening: Token) -> Step:
        token = self._token
        step: Step
        if token.kind == "text":
            step = token.text
        elif self._is_sign("*"):
            step = ALL
        else:
            negative = self._took_sign("-")
            if self._token.kind != "number" or not self._token.text.isdigit():
                raise self._unexpected("a whole number, a text in quotes or *")
            step = -int(_number(self._token)) if negative else int(_number(self._token))
        self._at += 1
        if not self._took_sign("]"):
            raise self._unexpected(f"] for the [ in column {opening.column}")
        return step

    def _close(self, sign: str, opening: Token) -> None:
        if not self._took_sign(sign):
            raise self._unexpected(f"{sign} for the {opening} in column {opening.column}")
        self._depth -= 1

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadCondition(token.column, f"a condition nests at most {DEEPEST} levels deep")

    def _is_sign(self, sign: str) -> bool:
        return self._token.kind == "sign" and self._token.text == sign

    def _took_sign(self, sign: str) -> bool:
        if found := self._is_sign(sign):
            self._at += 1
        return found

    def _took(self, word: str) -> bool:
        if found := self._token.kind == "name" and self._token.text == word:
            self._at += 1
        return found

    def _unexpected(self, expected: str) -> BadCondition:
        return BadCondition(self._token.column, f"expected {expected}, not {self._token}")


def _number(token: Token) -> int | float:
    if len(token.text) > MOST_DIGITS:
        raise BadCondition(token.column, f"a number has at most {MOST_DIGITS} characters")
    number = int(token.text) if token.text.isdigit() else float(token.text)
    if not isfinite(number):
        raise BadCondition(token.column, f"expected a number that is not beyond all bounds, not {token}")
    return number


def _require_field(steps: tuple[Step, ...], place: Token) -> None:
    section = str(steps[0])
    if len(steps) == 2 and (section,) not in FIELDS and (section, steps[1]) not in FIELDS:
        raise BadCondition(place.column, f"{section} has no field {steps[1]}; expected {_fields_of(section)}")


def _fields_of(section: str) -> str:
    return _listed(tuple(str(path[1]) for path in FIELDS if path[0] == section and len(path) > 1))


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
