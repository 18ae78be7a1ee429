"""Events with realistic distributions, the same for the same seed: distinct texts, long tails, bursts and gaps."""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from app.benchmarks.made_payloads import Payloads
from app.domain.events import NewEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = 1
"""Goes up whenever the same seed gives other events; stores made before are then made anew."""
SOURCE: Final = "urn:branchline:bench"
START: Final = 1_700_000_000_000_000
SECOND: Final = 1_000_000

_BATCH: Final = 4_096
_GAP: Final = 0.002
_UNTIMED: Final = 0.01
_KINDS: Final = {
    "posted": 340, "edited": 5, "retracted": 2, "slots": 90, "classified": 10, "feedback": 10, "called": 60,
    "viewed": 210, "clicked": 90, "carted": 40, "bought": 60, "returned": 10, "rated": 20, "searched": 25, "shown": 85,
    "strategy": 1,
}  # fmt: skip


class MadeEvents:
    """An endless mixed session: conversation, behaviour and recommendation.

    Times come in bursts of seconds with gaps of hours between them; one event in a hundred has none.

    Args:
        seed: the same seed gives the same events.
        prefix: begins what the payloads refer to, so that several branches of one store can be filled.
    """

    def __init__(self, seed: int = 1, prefix: str = "") -> None:
        self._chance = random.Random(seed)
        self._payloads = Payloads(self._chance, prefix)
        self._sums = list(accumulate(_KINDS.values()))
        self._time = START

    def branch(self, prefix: str) -> None:
        """What follows belongs to another branch; vocabulary and catalogue stay."""
        self._payloads.begin_branch(prefix)

    def take(self, count: int) -> Iterator[NewEvent]:
        while count > 0:
            batch = min(count, _BATCH)
            yield from self._batch(batch)
            count -= batch

    def _batch(self, count: int) -> Iterator[NewEvent]:
        chance, payloads = self._chance, self._payloads
        for kind in chance.choices(list(_KINDS), cum_weights=self._sums, k=count):
            wait = chance.expovariate(1 / 30_000) if chance.random() < _GAP else chance.expovariate(0.3)
            self._time += int(SECOND * wait)
            event_type, actor, data = payloads.answered() if payloads.open_call else getattr(payloads, kind)()
            yield NewEvent(
                id=self._id(),
                source=SOURCE,
                type=event_type,
                data=data,
                actor=actor,
                subject="customer-1",
                time=None if chance.random() < _UNTIMED else self._time,
            )

    def _id(self) -> str:
        """A UUIDv7 text, as the program's own events and most producers have it."""
        noise = f"{self._chance.getrandbits(74):019x}"
        moment = f"{self._time // 1_000:012x}"
        return f"{moment[:8]}-{moment[8:]}-7{noise[:3]}-{_VARIANT[int(noise[3], 16) & 3]}{noise[4:7]}-{noise[7:]}"


_VARIANT: Final = "89ab"
