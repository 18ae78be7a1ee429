"""How long the rest of a series will take: from how long its answers took so far, at first from earlier speeds.

What a model is asked with decides how long it answers: five words or a letter. So answers are kept by that, and where
earlier speeds and lengths of prompts are known, what is learned is by how much they lead astray.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RECENT: Final = 20
"""Answers of a model that count; older ones may come from a machine that was busy with something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """How fast a model was in earlier runs: tokens a second of prompts and of answers, and tokens of an answer."""

    reading: float
    writing: float
    answer: float

    def seconds(self, prompt_tokens: int, most_tokens: int | None) -> float:
        """For one answer; ``most_tokens`` is the longest that is allowed."""
        answer = self.answer if most_tokens is None else min(self.answer, most_tokens)
        return prompt_tokens / self.reading + answer / self.writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A trial that is to be played, or played on: ``answers`` still to come, None when nobody counted them yet.

    ``recipe`` names what the model is asked with. ``prompt_tokens`` (estimated) and ``most_tokens`` (of an answer) are
    of one answer; None when not known.
    """

    model: str
    answers: int | None
    prompt_tokens: int | None = None
    most_tokens: int | None = None
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class _Taken:
    """How long an answer took, and was guessed to take; None where nothing was known."""

    seconds: float
    guessed: float | None


class Pace:
    """Seconds and tokens of the latest answers; ``earlier`` serves until a model has answered."""

    def __init__(self, earlier: Mapping[str, Speeds] | None = None) -> None:
        self._earlier = dict(earlier or {})
        self._seconds: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._taken: dict[tuple[str, str], deque[_Taken]] = defaultdict(lambda: deque(maxlen=RECENT))
        """By model, and by model and recipe: under the recipe "" all of a model."""
        self._speeds: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._turns: deque[int] = deque(maxlen=RECENT)

    def answered(self, asked: Waiting, seconds: float, tokens: int | None, generating_s: float | None) -> None:
        """An answer took ``seconds`` in all, and ``generating_s`` for its tokens as far as the server told."""
        self._seconds[asked.model].append(seconds)
        for recipe in {"", asked.recipe}:
            self._taken[asked.model, recipe].append(_Taken(seconds, self._guess(asked)))
        if tokens and generating_s:
            self._speeds[asked.model].append((tokens, generating_s))

    def finished(self, turns: int) -> None:
        """A trial had so many turns: what is expected of those that nobody has counted yet."""
        self._turns.append(turns)

    def tokens_per_second(self, model: str) -> float | None:
        """Of the latest answers together; None before the first."""
        known = self._speeds[model]
        return sum(tokens for tokens, _ in known) / sum(seconds for _, seconds in known) if known else None

    def remaining_s(self, waiting: Iterable[Waiting]) -> float | None:
        """Seconds for the answers that are still to come; None where nothing is known of any model.

        A model of which nothing is known is taken for as fast as the others are on average.
        """
        usual_turns = fmean(self._turns) if self._turns else 1.0
        told = [(self._seconds_of(one), usual_turns if one.answers is None else one.answers) for one in waiting]
        known = [seconds for seconds, _ in told if seconds is not None]
        if not known:
            return None if told else 0.0
        usual = fmean(known)
        return sum((usual if seconds is None else seconds) * answers for seconds, answers in told)

    def _seconds_of(self, one: Waiting) -> float | None:
        """For one answer."""
        guess = self._guess(one)
        if taken := self._taken.get((one.model, one.recipe)) or self._taken.get((one.model, "")):
            return _learned(taken, guess)
        if guess is not None:
            return guess
        everyone = [seconds for answered in self._seconds.values() for seconds in answered]
        return fmean(everyone) if everyone else None

    def _guess(self, one: Waiting) -> float | None:
        """Of one answer by earlier speeds."""
        earlier = self._earlier.get(one.model)
        if earlier is None or one.prompt_tokens is None:
            return None
        return earlier.seconds(one.prompt_tokens, one.most_tokens)


def _learned(taken: Iterable[_Taken], guess: float | None) -> float:
    """As long as the answers took; where guesses were made of all, as much longer than guessed as they took."""
    known = tuple(taken)
    guessed = [one.guessed for one in known if one.guessed is not None]
    if guess is None or len(guessed) < len(known):
        return fmean(one.seconds for one in known)
    return guess * sum(one.seconds for one in known) / sum(guessed)
