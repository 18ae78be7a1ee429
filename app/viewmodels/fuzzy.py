"""How well a few typed letters fit a text: all of them in order, beginnings of words and runs first."""

from __future__ import annotations

from typing import Final

_RUN: Final = 6
_WORD_START: Final = 8
_WHOLE_WORD: Final = 30
_LONGEST: Final = 200


def fit(typed: str, text: str) -> int | None:
    """A score, more is better; None when the letters are not all there in order. Spaces typed separate words."""
    words = typed.casefold().split()
    text = text[:_LONGEST].casefold()
    scores = [_fit_word(word, text) for word in words]
    found = [score for score in scores if score is not None]
    return sum(found) if len(found) == len(words) else None


def _fit_word(word: str, text: str) -> int | None:
    start = text.find(word)
    if start >= 0:
        starts_word = start == 0 or not text[start - 1].isalnum()
        return _WHOLE_WORD + _RUN * len(word) + (_WORD_START if starts_word else 0) - min(start, 20) // 4
    score, at, before = 0, 0, -2
    for letter in word:
        at = text.find(letter, at)
        if at < 0:
            return None
        score += _RUN if at == before + 1 else -1
        score += _WORD_START if at == 0 or not text[at - 1].isalnum() else 0
        before, at = at, at + 1
    return score
