"""Cut the text of a condition into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.conditions.errors import BadCondition

LONGEST: Final = 2_000
"""Characters a condition may have."""

Kind = Literal["name", "number", "text", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a condition: ``text`` as meant (a quoted text without quotes), ``column`` 1-based."""

    kind: Kind
    text: str
    column: int

    def __str__(self) -> str:
        if self.kind == "end":
            return "the end"
        return f'the text "{self.text}"' if self.kind == "text" else self.text


_SPACE: Final = re.compile(r"\s*")
_NAME: Final = re.compile(r"[^\W\d]\w*")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SIGN: Final = re.compile(r"==|!=|<=|>=|[<>()\[\].,+*-]")
_PLAIN: Final = re.compile(r"[^\\'\"]+")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"'}
_MEANT: Final = {"=": "==", "&": "and", "|": "or", "!": "not or !="}


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a condition, ``end`` last. Raises BadCondition."""
    if len(text) > LONGEST:
        raise BadCondition(LONGEST + 1, f"a condition has at most {LONGEST:,} characters, this one has {len(text):,}")
    tokens: list[Token] = []
    at = _after_space(text, 0)
    while at < len(text):
        token, at = _next(text, at)
        tokens.append(token)
        at = _after_space(text, at)
    return (*tokens, Token("end", "", len(text) + 1))


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _next(text: str, at: int) -> tuple[Token, int]:
    if text[at] in "'\"":
        return _quoted(text, at)
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("name", _NAME), ("number", _NUMBER), ("sign", _SIGN))
    for kind, pattern in kinds:
        if found := pattern.match(text, at):
            return Token(kind, found.group(), at + 1), found.end()
    meant = f"; {_MEANT[text[at]]} is what compares and joins here" if text[at] in _MEANT else ""
    raise BadCondition(at + 1, f"expected a path, a value or an operator, not {text[at]!r}{meant}")


def _quoted(text: str, start: int) -> tuple[Token, int]:
    quote, pieces, at = text[start], [], start + 1
    while at < len(text) and text[at] != quote:
        if text[at] == "\\":
            piece, at = _escape(text, at)
        elif found := _PLAIN.match(text, at):
            piece, at = found.group(), found.end()
        else:
            piece, at = text[at], at + 1  # the other kind of quote
        pieces.append(piece)
    if at >= len(text):
        raise BadCondition(start + 1, f"expected a closing {quote} for the text that begins here")
    return Token("text", "".join(pieces), start + 1), at + 1


def _escape(text: str, at: int) -> tuple[str, int]:
    sign = text[at + 1 : at + 2]
    if sign not in _ESCAPES:
        raise BadCondition(at + 1, "expected one of \\\\ \\' \\\" \\n \\r \\t after the backslash")
    return _ESCAPES[sign], at + 2
