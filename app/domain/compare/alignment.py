"""Turns of several branches side by side: what was asked alike stands in one row, what others lack leaves gaps."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Final, Literal, Protocol

from app.domain.compare.chains import heaviest_chain
from app.domain.compare.similarity import Bag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.domain.compare.chains import Pair

Match = Literal["content", "place"]

ALIKE: Final = 0.5
"""Likeness of two customer messages from which they may be the same question in other words."""
ALL_PAIRS: Final = 20_000
"""Pairs up to which each is looked at; beyond, only those that share a whole question or a rare word."""
_TELL_EVERY: Final = 4_096
_RARE: Final = 48
_RARE_WORDS: Final = 8
_CANDIDATES: Final = 12
_ANCHOR_WEIGHT: Final = 1_000
_ANSWER_WEIGHT: Final = 200


class Told(Protocol):
    """Hears how much is done; may raise to end the work."""

    def __call__(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Alignable:
    """What is looked at of a turn: its whole content, what was asked (None: nothing), what was answered."""

    content: tuple[bytes, ...]
    asked: str | None
    answered: str


@dataclass(frozen=True, slots=True)
class Row:
    """Indexes of the turns that stand side by side, by sequence; None is a gap.

    ``match`` is ``place`` where the turns are not alike and stand together only because their neighbours do.
    """

    turns: tuple[int | None, ...]
    match: Match


@dataclass(slots=True)
class _Member:
    turn: Alignable
    asked: Bag | None
    answered: Bag


@dataclass(slots=True)
class _Line:
    """A row in the making: sequence -> index, and the different turns that stand in it."""

    cells: dict[int, int]
    members: list[_Member]
    match: Match = "content"
    questions: dict[str | None, list[_Member]] = field(init=False)
    """The members by what they were asked: mostly one and the same, so that likeness is looked at once."""

    def __post_init__(self) -> None:
        self.questions = {}
        for member in self.members:
            self._ask(member)

    def add(self, member: _Member) -> None:
        self.members.append(member)
        self._ask(member)

    def _ask(self, member: _Member) -> None:
        self.questions.setdefault(member.turn.asked, []).append(member)


def align(sequences: Sequence[Sequence[Alignable]], told: Told | None = None) -> list[Row]:
    """Every turn of every sequence once, in order.

    Progressive: the sequences are added one by one to what is aligned already, each by the chain of pairs with the
    greatest likeness (customer messages first, answers to decide between equals). Between two pairs of a chain, what
    came next on both sides stands side by side by its place, and what one side has more leaves gaps. The order of
    adding follows from the content alone, so the order in which sequences are given changes nothing but the order of
    the cells.
    ``told`` hears (done, of) now and then and may raise to end the work.
    """
    twins: dict[tuple[tuple[bytes, ...], ...], list[int]] = defaultdict(list)
    for number, sequence in enumerate(sequences):
        twins[tuple(turn.content for turn in sequence)].append(number)
    lines: list[_Line] = []
    for done, content in enumerate(sorted(twins)):
        first, *others = twins[content]
        members = [_member(turn) for turn in sequences[first]]
        lines = _added(lines, first, members, partial(told or _untold, done, len(twins)))
        for line in lines:
            if first in line.cells:
                line.cells.update(dict.fromkeys(others, line.cells[first]))
    return [Row(tuple(line.cells.get(number) for number in range(len(sequences))), line.match) for line in lines]


def _untold(done: int, total: int) -> None:
    """Nobody watches."""


def _member(turn: Alignable) -> _Member:
    return _Member(turn, Bag(turn.asked) if turn.asked is not None else None, Bag(turn.answered))


def _added(lines: list[_Line], sequence: int, turns: Sequence[_Member], told: Callable[[], None]) -> list[_Line]:
    merged: list[_Line] = []
    at_line = at_turn = 0
    for line, turn in (*_pairs(lines, turns, told), (len(lines), len(turns))):
        merged += _between(lines[at_line:line], sequence, turns, at_turn, turn)
        if line < len(lines):
            merged.append(_joined(lines[line], sequence, turn, turns[turn], "content"))
        at_line, at_turn = line + 1, turn + 1
    return merged


def _between(lines: list[_Line], sequence: int, turns: Sequence[_Member], first: int, end: int) -> Iterator[_Line]:
    """What lies between two pairs: what came next on both sides, side by side; then what one of them has more."""
    place = 0
    while place < min(len(lines), end - first):
        line, turn = lines[place], turns[first + place]
        if (line.members[0].asked is None) != (turn.asked is None):
            break
        yield _joined(line, sequence, first + place, turn, "place")
        place += 1
    yield from lines[place:]
    for number in range(first + place, end):
        yield _Line({sequence: number}, [turns[number]])


def _joined(line: _Line, sequence: int, number: int, turn: _Member, match: Match) -> _Line:
    line.cells[sequence] = number
    if match == "place":
        line.match = match
    if all(known.turn.content != turn.turn.content for known in line.members):
        line.add(turn)
    return line


def _pairs(lines: Sequence[_Line], turns: Sequence[_Member], told: Callable[[], None]) -> list[tuple[int, int]]:
    """The best chain of pairs; what begins and ends alike is paired without looking further."""
    told()
    shorter = min(len(lines), len(turns))
    start = 0
    while start < shorter and _is_same(lines[start], turns[start]):
        start += 1
    end = 0
    while end < shorter - start and _is_same(lines[-1 - end], turns[-1 - end]):
        end += 1
    inner = _inner_pairs(lines[start : len(lines) - end], turns[start : len(turns) - end], told)
    return [
        *((number, number) for number in range(start)),
        *((line + start, turn + start) for line, turn in inner),
        *((len(lines) - end + number, len(turns) - end + number) for number in range(end)),
    ]


def _is_same(line: _Line, turn: _Member) -> bool:
    return any(known.turn.content == turn.turn.content for known in line.members)


def _inner_pairs(lines: Sequence[_Line], turns: Sequence[_Member], told: Callable[[], None]) -> list[tuple[int, int]]:
    if len(lines) * len(turns) <= ALL_PAIRS:
        return _chain(lines, turns, product(range(len(lines)), range(len(turns))), told)
    chain = _chain(lines, turns, _candidates(lines, turns), told)
    found = []
    at_line = at_turn = 0
    for line, turn in (*chain, (len(lines), len(turns))):  # between two anchors, stretches are mostly short
        if 0 < (line - at_line) * (turn - at_turn) <= ALL_PAIRS:
            between = product(range(at_line, line), range(at_turn, turn))
            found += _chain(lines, turns, between, told)
        if line < len(lines):
            found.append((line, turn))
        at_line, at_turn = line + 1, turn + 1
    return found


def _chain(
    lines: Sequence[_Line], turns: Sequence[_Member], wanted: Iterable[tuple[int, int]], told: Callable[[], None]
) -> list[tuple[int, int]]:
    weighed: list[Pair] = []
    for number, (line, turn) in enumerate(wanted):
        if number % _TELL_EVERY == 0:
            told()
        if (weight := _weight(lines[line], turns[turn])) > 0:
            weighed.append((line, turn, weight))
    return heaviest_chain(weighed)


def _weight(line: _Line, turn: _Member) -> int:
    """Of the member that is most like the turn, 0 where none is.

    Squared, so that one equal question outweighs two that are half so.
    """
    best = 0
    for members in line.questions.values():
        if asked := _asked_alike(members[0].asked, turn.asked):
            answered = max(known.answered.likeness(turn.answered) for known in members)
            best = max(best, round(_ANCHOR_WEIGHT * asked * asked) + round(_ANSWER_WEIGHT * answered))
    return best


def _asked_alike(one: Bag | None, other: Bag | None) -> float:
    """Likeness of two questions, 0 where they are not alike."""
    if one is None or other is None:
        return 1.0 if one is other else 0.0
    likeness = one.likeness(other) if one.may_reach(other, ALIKE) else 0.0
    return likeness if likeness >= ALIKE else 0.0


def _candidates(lines: Sequence[_Line], turns: Sequence[_Member]) -> Iterator[tuple[int, int]]:
    """Pairs worth weighing in long stretches: equal questions, the nearest first, and those with rare words alike."""
    by_text: dict[str | None, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for text in line.questions:
            by_text[text].append(number)
        bags = [members[0].asked for members in line.questions.values()]
        for word in {word for bag in bags if bag is not None for word in bag.counts}:
            by_word[word].append(number)
    for number, turn in enumerate(turns):
        place = number * len(lines) // len(turns)
        text = turn.asked.text if turn.asked is not None else None
        same = by_text.get(text, ())
        middle = bisect_left(same, place)
        near = same[max(0, middle - _CANDIDATES // 2) : middle + _CANDIDATES // 2]
        shared: dict[int, int] = defaultdict(int)
        for word in _rare_words(turn, by_word):
            for found in by_word[word]:
                shared[found] += 1
        alike = sorted(shared, key=lambda found: (-shared[found], abs(found - place), found))[:_CANDIDATES]
        for found in dict.fromkeys((*near, *alike)):
            yield found, number


def _rare_words(turn: _Member, by_word: dict[str, list[int]]) -> list[str]:
    if turn.asked is None:
        return []
    rare = [word for word in turn.asked.counts if 0 < len(by_word.get(word, ())) <= _RARE]
    return sorted(rare, key=lambda word: (len(by_word[word]), word))[:_RARE_WORDS]
