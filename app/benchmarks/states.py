"""What a seek is, and the hash of the states that were reached, so that a fast wrong answer shows."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from app.domain.fold.state_json import bounded_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.time_machine import TimeMachine
    from app.domain.fold.bounded import Bounded
    from app.domain.transcript import Entry

WINDOW: Final = 50


class StatesHash:
    """BLAKE2b-128 over the JSON of every state and window handed in, in order."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=16)

    def add(self, state: Bounded, window: Sequence[Entry]) -> None:
        told = {"state": bounded_json(state), "window": [asdict(one) for one in window]}
        self._digest.update(json.dumps(told, sort_keys=True).encode())

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def seek(machine: TimeMachine, branch: str, position: int) -> tuple[float, Bounded, tuple[Entry, ...]]:
    """Milliseconds for the bounded state and the last 50 transcript entries at a position, and both.

    In it: reading, decompressing, decoding, folding, building the entries. Not in it: the state's JSON form,
    the diff to the state before, and drawing.
    """
    start = time.perf_counter()
    state = machine.bounded(branch, position)
    last = state.conversation.entries
    window = machine.entries(branch, max(1, last - WINDOW + 1), WINDOW, position)
    taken = (time.perf_counter() - start) * 1_000
    return taken, state, tuple(one for one in window if one.ord <= last)  # those behind it are still to come
