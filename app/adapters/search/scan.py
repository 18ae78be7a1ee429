"""Finds hits in the order in which they are shown, reading no more blocks than that takes."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.adapters.search.block import NO_TIME, Damaged, events_holding, rows_of
from app.adapters.search.packing import PLAIN
from app.application.ports import Place, Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from app.adapters.search.file import IndexFile
    from app.adapters.search.packing import Packing
    from app.adapters.search.wanted_rows import WantedRows
    from app.application.ports import Progress

_AT_ONCE: Final = 16

Hit = tuple[int, int, int]
"""(session number, negated; position; branch number): hits are shown in the order of these."""


@dataclass(frozen=True, slots=True)
class Directory:
    """All blocks and branches, as they were when the index covered event ``number``.

    Attributes:
        sessions, positions: of each block the newest session, and the first position of it in the block.
        first_times, last_times: of the events that have one; ``NO_TIME`` twice when none has.
        branches: number -> (session number, session id, branch id).
    """

    number: int
    hash: str
    sessions: NDArray[np.int64]
    positions: NDArray[np.int64]
    first_times: NDArray[np.int64]
    last_times: NDArray[np.int64]
    branches: dict[int, tuple[int, str, str]] = field(repr=False)

    @classmethod
    def read(cls, connection: Any) -> Directory:
        number, event_hash = connection.execute("SELECT number, hash FROM about").fetchone()
        rows = connection.execute(
            "SELECT no, session, position, first_time, last_time FROM block ORDER BY no"
        ).fetchall()
        if [row[0] for row in rows] != list(range(len(rows))):
            raise Damaged
        columns = np.array(rows, np.int64).reshape(-1, 5).T
        branches = {
            int(no): (int(session_no), session, branch)
            for no, branch, session_no, session in connection.execute(
                "SELECT branch.no, branch.id, session.no, session.id FROM branch JOIN session"
                " ON session.no = branch.session"
            )
        }
        _, sessions, positions, first_times, last_times = columns
        return cls(number, event_hash, sessions, positions, first_times, last_times, branches)

    def in_order(self, possible: NDArray[np.bool_], rows: WantedRows) -> list[tuple[int, int, int]]:
        """(session number, negated; position; block) of blocks that can hold a hit, first things first."""
        if rows.since is not None:
            possible &= (self.last_times != NO_TIME) & (self.last_times >= rows.since)
        if rows.until is not None:
            possible &= (self.last_times != NO_TIME) & (self.first_times <= rows.until)
        numbers = np.flatnonzero(possible)
        order = np.lexsort((self.positions[numbers], -self.sessions[numbers]))
        numbers = numbers[order]
        sessions, positions = -self.sessions[numbers], self.positions[numbers]
        return list(zip(sessions.tolist(), positions.tolist(), numbers.tolist(), strict=True))


class Scan:
    """One search under way."""

    def __init__(self, file: IndexFile, packing: Packing, directory: Directory, rows: WantedRows) -> None:
        self._file, self._packing, self._directory, self._rows = file, packing, directory, rows
        self._needles = sorted(rows.needles, key=len, reverse=True)  # longer ones are mostly rarer
        self._waiting: list[Hit] = []
        self._found: list[Hit] = []
        self._total = 0

    def run(
        self, blocks: list[tuple[int, int, int]], first: int, count: int, effort: int | None, progress: Progress
    ) -> Places:
        """Read blocks in order until the page is full, then ``effort`` more to count."""
        last, spent, done = first + count, 0, 0
        while done < len(blocks):
            if len(self._found) >= last:
                if effort is not None and spent >= effort:
                    break
                spent += _AT_ONCE
            for session, position, hits in self._read(blocks[done : done + _AT_ONCE]):
                self._settle((session, position, -1))
                self._total += len(hits)
                if len(self._found) < last:
                    for hit in hits:
                        heapq.heappush(self._waiting, hit)
            done += _AT_ONCE
            progress(min(done, len(blocks)), len(blocks), "searching")
        if done >= len(blocks):
            self._settle(None)
        places = tuple(self._place(hit) for hit in self._found[first:last])
        return Places(places, self._total, done >= len(blocks))

    def _settle(self, before: Hit | None) -> None:
        """Hits that no block still to be read can come before are found; None: none is to be read."""
        while self._waiting and (before is None or self._waiting[0] < before):
            self._found.append(heapq.heappop(self._waiting))

    def _read(self, blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, list[Hit]]]:
        """The same with the hits of each block."""
        with self._file.reading() as connection:
            holding = self._holding(connection, [block for _, _, block in blocks])
            envelopes = _rows(connection, "SELECT no, content FROM envelopes WHERE no IN (%s)", list(holding))
            chosen = {no: self._chosen(connection, packed, holding[no]) for no, packed in envelopes}
        hits: dict[int, list[Hit]] = {}
        for block, hit in self._hits(chosen):
            hits.setdefault(block, []).append(hit)
        return [(session, position, hits.get(block, [])) for session, position, block in blocks]

    def _holding(self, connection: Any, blocks: Sequence[int]) -> dict[int, list[int] | None]:
        """The blocks with events that hold all needles, and where in the texts those end; None: every event does."""
        if not self._needles:
            return dict.fromkeys(blocks)
        found: dict[int, list[int] | None] = {}
        texts = _rows(connection, "SELECT no, dictionary, content FROM texts WHERE no IN (%s)", blocks)
        for number, dictionary, packed in texts:
            if ends := events_holding(self._packing.unpack(connection, dictionary, packed), self._needles):
                found[number] = ends
        return found

    def _chosen(self, connection: Any, packed: bytes, ends: list[int] | None) -> NDArray[Any]:
        """The rows of a block's events whose texts end there."""
        rows = rows_of(self._packing.unpack(connection, PLAIN, packed))
        if ends is None:
            return rows
        places = rows["end"].searchsorted(ends)
        if places[-1] >= len(rows) or not np.array_equal(rows["end"][places], ends):
            raise Damaged
        return rows[places]

    def _hits(self, chosen: dict[int, NDArray[Any]]) -> Iterator[tuple[int, Hit]]:
        """(block, hit) of the rows that pass; those of all blocks are looked at together, which is much quicker."""
        if not chosen:
            return
        rows = np.concatenate(list(chosen.values()))
        blocks = np.repeat(list(chosen), list(map(len, chosen.values())))
        if not self._rows.takes_every_row:
            passing = self._rows.mask(rows)
            rows, blocks = rows[passing], blocks[passing]
        branches = self._directory.branches
        try:
            for block, branch, position in zip(blocks.tolist(), rows["branch"].tolist(), rows["position"].tolist(),
                                               strict=True):  # fmt: skip
                yield block, (-branches[branch][0], position, branch)
        except KeyError as error:
            raise Damaged from error

    def _place(self, hit: Hit) -> Place:
        _, session, branch = self._directory.branches[hit[2]]
        return Place(session, branch, hit[1])


def _rows(connection: Any, sql: str, blocks: Sequence[int]) -> list[tuple[Any, ...]]:
    """A row of each of the blocks, read together. Raises ``Damaged`` where one is missing."""
    rows: list[tuple[Any, ...]] = connection.execute(sql % ",".join("?" * len(blocks)), blocks).fetchall()
    if len(rows) != len(blocks):
        raise Damaged
    return rows
