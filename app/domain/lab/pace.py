"""How long the rest of a series will take, from how long its answers took so far."""

from __future__ import annotations

from collections import defaultdict, deque
from statistics import fmean
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

RECENT: Final = 20
"""Answers of a model that count; older ones may come from a machine that was busy with something else."""


class Pace:
    """Seconds and tokens of the latest answers, by model."""

    def __init__(self) -> None:
        self._seconds: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._speeds: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._turns: deque[int] = deque(maxlen=RECENT)

    def answered(self, model: str, seconds: float, tokens: int | None, generating_s: float | None) -> None:
        """An answer took ``seconds`` in all, and ``generating_s`` for its tokens as far as the server told."""
        self._seconds[model].append(seconds)
        if tokens and generating_s:
            self._speeds[model].append((tokens, generating_s))

    def finished(self, turns: int) -> None:
        """A trial had so many turns: what is expected of those that nobody has counted yet."""
        self._turns.append(turns)

    def tokens_per_second(self, model: str) -> float | None:
        """Of the latest answers together; None before the first."""
        known = self._speeds[model]
        return sum(tokens for tokens, _ in known) / sum(seconds for _, seconds in known) if known else None

    def remaining_s(self, waiting: Iterable[tuple[str, int | None]]) -> float | None:
        """Seconds for the answers that are still to come; None before anything was measured.

        ``waiting``: for each trial its model and how many answers it still needs, None when that is not known yet. A
        model that has not answered yet is taken for as fast as the others.
        """
        everyone = [seconds for known in self._seconds.values() for seconds in known]
        if not everyone:
            return None
        usual_turns = fmean(self._turns) if self._turns else 1.0
        total = 0.0
        for model, answers in waiting:
            known = self._seconds.get(model)
            total += fmean(known or everyone) * (usual_turns if answers is None else answers)
        return total
