"""Read a template; every mistake is one sentence with line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.domain.templates.errors import BadTemplate
from app.domain.templates.syntax import Choice, Loop, Node, Path, Step, Text, Value
from app.domain.templates.tokens import place, tokens

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.domain.templates.tokens import Token

LONGEST: Final = 65_536
DEEPEST: Final = 16

_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_STEP: Final = re.compile(r"\.([\w-]+)|\[(\d{1,9})\]|\[\"([^\"]*)\"\]|\['([^']*)'\]")
_QUOTED: Final = re.compile(r"\s*\"([^\"]*)\"\s*")
_IN: Final = re.compile(r"in\b")
_NOT: Final = re.compile(r"not\b")
_SPACE: Final = re.compile(r"\s*")
_KEYWORDS: Final = frozenset({"for", "if", "else", "end", "in", "not"})


def parse(template: str, names: Collection[str]) -> tuple[Node, ...]:
    """The parts of a template that may use these names. Raises BadTemplate."""
    if len(template) > LONGEST:
        raise BadTemplate(1, 1, f"it has {len(template):,} characters; {LONGEST:,} are the most")
    return _Parser(template, names).template()


class _Parser:
    """One template; the tokens are taken from the left."""

    def __init__(self, template: str, names: Collection[str]) -> None:
        self._template = template
        self._names = list(names)
        self._tokens = list(tokens(template))
        self._next = 0

    def template(self) -> tuple[Node, ...]:
        nodes = self._nodes(0)
        if (stray := self._peek()) is not None:
            raise self._bad(stray.at, f"{{% {stray.text.strip()} %}} closes nothing here")
        return nodes

    def _nodes(self, depth: int) -> tuple[Node, ...]:
        """Up to ``else`` or ``end``, or to the end."""
        found: list[Node] = []
        while (token := self._peek()) is not None:
            if token.kind == "text":
                found.append(Text(token.text))
            elif token.kind == "value":
                found.append(self._value(token))
            elif self._word(token) in ("else", "end"):
                break
            else:
                self._next += 1
                found.append(self._block(token, depth + 1))
                continue
            self._next += 1
        return tuple(found)

    def _block(self, token: Token, depth: int) -> Node:
        if depth > DEEPEST:
            raise self._bad(token.at, f"blocks stand inside each other more than {DEEPEST} deep")
        match self._word(token):
            case "for":
                return self._loop(token, depth)
            case "if":
                return self._choice(token, depth)
            case "":
                raise self._bad(token.at, "an empty {% %} says nothing")
            case other:
                raise self._bad(token.at, f"there is no {{% {other} %}}; there are for, if, else and end")

    def _loop(self, token: Token, depth: int) -> Loop:
        at = self._skip(token.at, "for")
        name = _NAME.match(self._template, at)
        if name is None or name.group() in _KEYWORDS:
            raise self._bad(at, "a loop is written {% for item in shown %}")
        at = self._skip(name.end())
        if not _IN.match(self._template, at):
            raise self._bad(at, "a loop is written {% for item in shown %}")
        over = self._path(self._skip(at, "in"), token)
        self._names.append(name.group())
        body = self._nodes(depth)
        self._names.pop()
        self._end(token, "for")
        return Loop(name.group(), over, body)

    def _choice(self, token: Token, depth: int) -> Choice:
        at = self._skip(token.at, "if")
        negated = _NOT.match(self._template, at) is not None
        path = self._path(self._skip(at, "not") if negated else at, token)
        body = self._nodes(depth)
        otherwise: tuple[Node, ...] = ()
        following = self._peek()
        if following is not None and self._word(following) == "else":
            self._nothing_after(following, "else")
            self._next += 1
            otherwise = self._nodes(depth)
        self._end(token, "if")
        return Choice(path, negated, body, otherwise)

    def _end(self, token: Token, word: str) -> None:
        closing = self._peek()
        if closing is None:
            raise self._bad(token.at, f"this {{% {word} … %}} is not closed; it ends with {{% end %}}")
        if self._word(closing) != "end":
            raise self._bad(closing.at, f"{{% else %}} belongs to no {{% if … %}} here, but to a {{% {word} … %}}")
        self._nothing_after(closing, "end")
        self._next += 1

    # --- paths

    def _value(self, token: Token) -> Node:
        """A name with what leads on from it, or a text in quotes, by which ``{{`` itself can be written."""
        if not token.text.strip():
            raise self._bad(token.at, "an empty {{ }} says nothing; it holds a name, such as {{ slot.value }}")
        if (quoted := _QUOTED.fullmatch(token.text)) is not None:
            return Text(quoted.group(1))
        return Value(self._path(self._skip(token.at), token))

    def _path(self, at: int, token: Token) -> Path:
        """A path that reaches to the end of its tag."""
        end = token.at + len(token.text)
        name = _NAME.match(self._template, at, end)
        if name is None:
            raise self._bad(at, "here a name is expected, such as slots or item.name")
        if name.group() not in self._names:
            known = ", ".join(dict.fromkeys(self._names))
            raise self._bad(at, f"there is no name {name.group()!r} here; there are {known}")
        steps: list[Step] = []
        rest = name.end()
        while (step := _STEP.match(self._template, rest, end)) is not None:
            member, index, double, single = step.groups()
            steps.append(
                int(index) if index is not None else next(s for s in (member, double, single) if s is not None)
            )
            rest = step.end()
        rest = self._skip(rest)
        if rest < end:
            raise self._bad(rest, f"{self._template[rest:end].strip()[:20]!r} is not understood after a name")
        line, column = place(self._template, at)
        return Path(name.group(), tuple(steps), line, column)

    # --- tokens

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _word(self, token: Token) -> str:
        return token.text.split(maxsplit=1)[0] if token.kind == "block" and token.text.strip() else ""

    def _nothing_after(self, token: Token, word: str) -> None:
        if token.text.strip() != word:
            raise self._bad(token.at, f"{{% {word} %}} takes nothing after it")

    def _skip(self, at: int, word: str = "") -> int:
        """Past spaces, then past a word, then past spaces."""
        found = _SPACE.match(self._template, at)
        at = found.end() if found is not None else at
        return self._skip(at + len(word)) if word else at

    def _bad(self, at: int, what: str) -> BadTemplate:
        line, column = place(self._template, self._skip(at))
        return BadTemplate(line, column, what)
