"""Appends for ever and acknowledges each commit on its standard output, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path


def main(file: str, start: int) -> None:
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]
    from fakes.making import message

    from app.adapters.clock import SystemClock
    from app.adapters.ids import TimeOrderedIds
    from app.adapters.store.store import open_store

    store = open_store(file, clock=SystemClock(), ids=TimeOrderedIds())
    for number in range(start, start + 1_000_000):
        size = 1 + number % 7
        events = [message(1000 * number + i, f"message {number}.{i}") for i in range(size)]
        done = store.append("s/main", events, expected=None)
        sys.stdout.write(" ".join(map(str, done.positions)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
