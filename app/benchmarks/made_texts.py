"""Texts that are as repetitive as what customers write: words and sayings by rank, in two languages."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

from app.benchmarks import made_words
from app.benchmarks.made_words import zipf

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_BATCH: Final = 20_000
"""Draws at once: one call for many is several times quicker than a call for each."""


class Texts:
    """An endless supply of texts of one language.

    A text is a run of pieces, each a word or a saying of a few words; how often a piece comes up falls with its
    rank (Zipf), so that a dictionary learned from some texts fits others about as well as it does with real ones.
    """

    def __init__(self, chance: random.Random, pieces: Sequence[str], exponent: float, marks: Sequence[str]) -> None:
        self._chance = chance
        self._pieces = pieces
        self._sums = list(accumulate(zipf(len(pieces), exponent)))
        self._marks = marks
        self._drawn: list[str] = []
        self._next = 0
        self._fill()
        self.mean_piece = sum(map(len, self._drawn)) / len(self._drawn)

    def text(self, length: float) -> str:
        """About ``length`` characters, ended like a sentence."""
        count = int(length / self.mean_piece) + 1
        if self._next + count > len(self._drawn):
            self._fill()
        start, self._next = self._next, self._next + count
        text = "".join(self._drawn[start : self._next]).rstrip(" ,，")
        return text[0].upper() + text[1:]

    def _fill(self) -> None:
        drawn = self._chance.choices(self._pieces, cum_weights=self._sums, k=_BATCH)
        marks = self._chance.choices(self._marks, k=_BATCH)
        before = chain((" ",), marks)
        self._drawn = [
            (piece[0].upper() + piece[1:] if last in _ENDS else piece) + mark
            for piece, mark, last in zip(drawn, marks, before, strict=False)
        ]
        self._next = 0


_ENDS: Final = frozenset((". ", "? ", "! "))
_ENGLISH_MARKS: Final = (*[" "] * 32, *[", "] * 3, *[". "] * 4, "? ", "! ")
_HAN_MARKS: Final = (*[""] * 16, *["，"] * 4, *["。"] * 2, "？")


def english(chance: random.Random, words: int = 9_000, sayings: int = 9_000) -> Texts:
    vocabulary = made_words.words(chance, words)
    return Texts(chance, _pieces(chance, vocabulary, made_words.SAYINGS, sayings, " "), 0.78, _ENGLISH_MARKS)


def chinese(chance: random.Random, words: int = 6_000, sayings: int = 6_000) -> Texts:
    vocabulary = made_words.han_words(chance, words)
    return Texts(chance, _pieces(chance, vocabulary, made_words.HAN_SAYINGS, sayings, ""), 0.84, _HAN_MARKS)


def _pieces(chance: random.Random, words: list[str], known: Sequence[str], count: int, glue: str) -> list[str]:
    """Words and sayings, mixed so that both have frequent and rare ones."""
    sums = list(accumulate(zipf(len(words), 1.0)))
    made = [glue.join(chance.choices(words, cum_weights=sums, k=chance.choice((2, 2, 3, 3, 4)))) for _ in range(count)]
    sayings = [*known, *made]
    mixed: list[str] = []
    for number in range(max(len(words), len(sayings))):
        mixed += words[number : number + 1]
        mixed += sayings[number : number + 1]
    return mixed
