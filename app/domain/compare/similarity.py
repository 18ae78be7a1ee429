"""How alike two texts are: ROUGE-L, and a quick measure for finding what belongs together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from app.domain.text_diff import solid_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME: Final = "ROUGE-L F1"


def word_list(text: str) -> tuple[str, ...]:
    """What is counted as words: words and signs without the white space between; CJK scripts by character."""
    return tuple(solid_words(text))


def rouge_l(one: Sequence[str], other: Sequence[str]) -> float:
    """ROUGE-L F1 of two lists of words, 0 to 1: ``2 * L / (m + n)``.

    L is the length of their longest common subsequence, m and n their lengths: the harmonic mean of precision L/m
    and recall L/n, as in Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), with beta 1, so that
    it is the same in both directions. Words are taken as written (case and signs count), so 1 means the same words
    in the same order. Two empty texts are the same.
    """
    if one == other:
        return 1.0
    return 2 * longest_common(one, other) / (len(one) + len(other))


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, with whole rows of the table as bits of a number (Hyyrö 2004)."""
    if len(one) < len(other):
        one, other = other, one
    places: dict[str, int] = {}
    for number, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << number
    everything = (1 << len(other)) - 1
    row = everything
    for word in one:
        found = places.get(word)
        if found is not None:
            hit = row & found
            row = (row + hit | row - hit) & everything
    return len(other) - row.bit_count()


def dice(one: Mapping[str, int], other: Mapping[str, int], sizes: int) -> float:
    """Sørensen-Dice of two bags of words, 0 to 1; ``sizes`` is how many words both have together."""
    if not sizes:
        return 1.0
    shared = one.keys() & other.keys()
    return 2 * sum([min(one[word], other[word]) for word in shared]) / sizes


class Bag:
    """The words of a text without their order."""

    __slots__ = ("counts", "size", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        found = word_list(text.casefold())
        self.counts: Mapping[str, int] = Counter(found)
        self.size = len(found)

    def likeness(self, other: Bag) -> float:
        """0 to 1; 1 for equal texts."""
        return 1.0 if self.text == other.text else dice(self.counts, other.counts, self.size + other.size)

    def may_reach(self, other: Bag, likeness: float) -> bool:
        """Whether texts of these sizes can be as alike as that; far quicker than to see whether they are."""
        return 2 * min(self.size, other.size) >= likeness * (self.size + other.size)
