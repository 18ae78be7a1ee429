"""Proves a whole log sound: by several processes where it is long, by this one where it is short or none can start."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from app.adapters.store.part_process import results_of
from app.adapters.store.part_worker import STRUCTURE
from app.adapters.store.proof import Doubt, Proof, are_whole, prove

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from app.adapters.store.small_tables import SmallTables
    from app.application.ports import Progress

_EVENTS_WORTH_A_PROCESS: Final = 100_000
"""A process takes as long to start as tens of thousands of events take to be followed."""
_MOST_PROCESSES: Final = 4
_STRUCTURE_SHARE: Final = 0.13
"""The check of the file's structure takes as long as following so much of the log."""
_WHAT: Final = "verifying events"


@dataclass(frozen=True, slots=True)
class Proven:
    """That all events are sound.

    Attributes:
        newest: the latest time at which one was recorded; None in a store without events.
        structure: what the check of the file's structure found, (number of an event, text); None: not checked yet.
    """

    events: int
    newest: int | None
    structure: Sequence[tuple[int | None, str]] | None


def prove_log(
    connection: Connection, file: Path | None, tables: SmallTables, progress: Progress, processes: int | None = None
) -> Proven | None:
    """None when there is a doubt, which a closer look has to settle. ``progress`` may raise ``Cancelled``.

    ``processes`` is how many to use, where the log's length shall not decide; without a ``file`` none can be.
    """
    last = tables.last
    if last is None or last != tables.expected:
        return None
    structure = None
    proofs: Sequence[Proof] | None = None
    with suppress(Doubt):
        processes = _worth(last) if processes is None else processes
        if file is not None and processes > 1:
            with suppress(OSError):  # none can be started
                proofs, structure = _by_processes(file, last, processes, progress)
        if proofs is None:
            proofs = (prove(connection, tables, 1, last, lambda done: progress(done, last, _WHAT)),)
        if are_whole(connection, tables, proofs):
            newest = max(proof.newest for proof in proofs) if last else None
            return Proven(last, newest, structure)
    return None


def _worth(events: int) -> int:
    return min(events // _EVENTS_WORTH_A_PROCESS, os.cpu_count() or 1, _MOST_PROCESSES)


def _by_processes(
    file: Path, last: int, processes: int, progress: Progress
) -> tuple[list[Proof], Sequence[tuple[int | None, str]]]:
    """Proofs of as many parts, and what the structure's check found. Raises ``Doubt``, and ``OSError``."""
    share = last * (1 + _STRUCTURE_SHARE) / processes
    bounds = [0, *(round(share * number) for number in range(1, processes)), last]
    jobs = [(str(before + 1), str(end)) for before, end in pairwise(bounds)]
    results = results_of(file, [*jobs[:-1], (*jobs[-1], STRUCTURE)], lambda done: progress(done, last, _WHAT))
    proofs = [result.proof for result in results if result.proof is not None]
    structure = results[-1].structure
    if len(proofs) < processes or structure is None:
        raise Doubt
    return proofs, structure
