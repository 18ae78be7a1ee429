"""Names from a list: as whole words where words have borders, anywhere where they have none (Chinese)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.domain.redaction.findings import Hit
from app.domain.redaction.plain_view import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WITHOUT_BORDERS: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003134f"
_WORD: Final = re.compile(rf"[^\W_{_WITHOUT_BORDERS}]+|[{_WITHOUT_BORDERS}]")
_BETWEEN: Final = re.compile(r"[\s.,_\-·・‧'’]{0,3}\Z")


class Names:
    """A list of names, ready to be looked for; costs as much for many names as for few.

    A text is cut into words (a Chinese character is a word by itself); names are found by their first word. Between
    the words of a name may stand up to three spaces, dots, dashes: ``jane.doe`` and ``Doe, Jane`` are Jane Doe.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            words = tuple(match.group() for match in _WORD.finditer(view(name, (), undo_escapes=False).text.casefold()))
            turned = (*words[1:], *words[:1]) if all(map(_has_borders, words)) else words
            for order in {words, turned}:
                if order:
                    self._by_first.setdefault(order[0], []).append((order, " ".join(words)))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda one: -len(one[0]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def hits(self, text: str, _hint: str = "") -> Iterator[Hit]:
        words = [(one.group().casefold(), one.start(), one.end()) for one in _WORD.finditer(text)]
        number = 0
        while number < len(words):
            taken = 1
            for order, key in self._by_first.get(words[number][0], ()):
                if _stands(order, words, number, text):
                    taken = len(order)
                    yield Hit("name", words[number][1], words[number + taken - 1][2], key)
                    break
            number += taken


def _stands(order: tuple[str, ...], words: list[tuple[str, int, int]], number: int, text: str) -> bool:
    if number + len(order) > len(words) or any(words[number + at][0] != one for at, one in enumerate(order)):
        return False
    pairs = zip(words[number : number + len(order)], words[number + 1 : number + len(order)], strict=False)
    return all(_BETWEEN.match(text, one[2], other[1]) for one, other in pairs)


def _has_borders(word: str) -> bool:
    return re.match(rf"[{_WITHOUT_BORDERS}]", word) is None
