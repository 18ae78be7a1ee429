"""The search index in a file beside the store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.adapters.search.block import (
    EVENT_END,
    NO_TIME,
    TEXT_END,
    USUAL,
    Block,
    Shape,
    empty_block,
    extended,
    rows_of,
)
from app.adapters.search.file import LAYOUT, MEMORY, IndexFile
from app.adapters.search.names import NameWriter
from app.adapters.search.packing import PLAIN, Packing
from app.adapters.search.place import index_path
from app.adapters.search.postings import MOST_BLOCKS, stored_pages
from app.adapters.search.scan import Directory, Scan
from app.adapters.search.wanted_rows import translated
from app.application.ports import Places
from app.domain.search_text import fold, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from app.application.ports import Brief, Progress, SearchIndex, Wanted

_BETWEEN: Final = "\0"  # never folded into its neighbours, and never looked for


def open_search_index(store_location: str | Path, path: Path | None = None) -> SearchIndex:
    """The search index of a store; in memory where its folder cannot be written."""
    where = path or index_path(store_location)
    usable = where.parent.is_dir() and os.access(where.parent, os.W_OK)
    return FileSearchIndex(str(where) if usable else MEMORY)


class FileSearchIndex:
    """Blocks of texts to scan, and postings of all blocks but the newest to skip most of them."""

    def __init__(self, file: str, shape: Shape = USUAL) -> None:
        if shape.segment > MOST_BLOCKS:
            raise ValueError(f"a segment has at most {MOST_BLOCKS} blocks")
        self._shape = shape
        self._packing = Packing()
        self._file = IndexFile(file, f"{LAYOUT}/{shape.events}/{shape.segment}")
        self._directory: Directory | None = None

    def covered(self) -> tuple[int, str]:
        with self._file.reading() as connection:
            number, event_hash = connection.execute("SELECT number, hash FROM about").fetchone()
        return int(number), str(event_hash)

    def add(self, events: Sequence[Brief]) -> None:
        with self._file.writing() as connection:
            (number,) = connection.execute("SELECT number FROM about").fetchone()
            new = [event for event in events if event.number > number]
            if not new or events[-1].number - len(new) != number:
                return  # another process was here, or has begun anew
            names = NameWriter(connection)
            texts = [_texts(event) for event in new]
            complete = self._write(connection, [_row(names, event) for event in new], texts)
            connection.execute("UPDATE about SET number = ?, hash = ?", (new[-1].number, new[-1].hash))
            size = self._shape.segment
            for segment in complete:
                self._seal(connection, range(segment * size, (segment + 1) * size), segment)

    def find(self, wanted: Wanted, first: int, count: int, effort: int | None, progress: Progress) -> Places:
        with self._file.reading() as connection:
            directory = self._current(connection)
            rows = translated(connection, wanted)
            if rows.is_impossible:
                return Places((), 0, is_exact=True)
            possible = rows.blocks(connection, len(directory.sessions), self._shape.segment)
            blocks = directory.in_order(possible, rows)
        return Scan(self._file, self._packing, directory, rows).run(blocks, first, count, effort, progress)

    def forget(self) -> None:
        self._directory = None
        self._file.forget()

    def close(self) -> None:
        self._file.close()

    def _current(self, connection: Any) -> Directory:
        about = connection.execute("SELECT number, hash FROM about").fetchone()
        known = self._directory
        if known is None or (known.number, known.hash) != tuple(about):
            known = self._directory = Directory.read(connection)
        return known

    def _write(self, connection: Any, rows: Sequence[tuple[int, ...]], texts: Sequence[bytes]) -> list[int]:
        """Go on with the last block; the segments that this made complete."""
        last = connection.execute("SELECT no, is_full FROM block ORDER BY no DESC LIMIT 1").fetchone()
        if last is None or last[1]:
            first, block = (0 if last is None else last[0] + 1), empty_block()
        else:
            first, block = last[0], self._stored_block(connection, last[0])
        if first >= self._shape.learned and not self._packing.has_learned(connection):
            known = [self._stored_block(connection, number).texts for number in range(self._shape.learned)]
            self._packing.learn(connection, known)
        blocks, full = extended(block, rows, texts, self._shape.events)
        sessions = _session_numbers(connection)
        packing, dictionary = self._packing, self._packing.dictionary_of(connection)
        for number, one in enumerate(blocks, start=first):
            header = _header(one, sessions)
            connection.execute(
                "INSERT OR REPLACE INTO block VALUES(?, ?, ?, ?, ?, ?)", (number, number < first + full, *header)
            )
            envelopes = packing.pack(connection, PLAIN, one.rows.tobytes())
            connection.execute("INSERT OR REPLACE INTO envelopes VALUES(?, ?)", (number, envelopes))
            packed = packing.pack(connection, dictionary, one.texts)
            connection.execute("INSERT OR REPLACE INTO texts VALUES(?, ?, ?)", (number, dictionary, packed))
        return list(range(first // self._shape.segment, (first + full) // self._shape.segment))

    def _stored_block(self, connection: Any, number: int) -> Block:
        sql = (
            "SELECT envelopes.content, texts.dictionary, texts.content FROM envelopes JOIN texts USING(no) WHERE no = ?"
        )
        rows, dictionary, texts = connection.execute(sql, (number,)).fetchone() or (b"", PLAIN, b"")
        unpack = self._packing.unpack
        return Block(rows_of(unpack(connection, PLAIN, rows)), unpack(connection, dictionary, texts))

    def _seal(self, connection: Any, numbers: range, segment: int) -> None:
        """Write the postings of a segment whose blocks are all full."""
        blocks = [self._stored_block(connection, number) for number in numbers]
        pages = stored_pages(blocks, _session_numbers(connection), segment)
        connection.executemany("INSERT OR REPLACE INTO postings VALUES(?, ?)", list(pages))


def _texts(event: Brief) -> bytes:
    joined = fold(_BETWEEN.join(texts_of(event.type, event.data)))
    return joined.encode("utf-8", "surrogatepass").replace(_BETWEEN.encode(), TEXT_END) + EVENT_END


def _row(names: NameWriter, event: Brief) -> tuple[int, ...]:
    branch, _ = names.branch(event)
    time = NO_TIME if event.time is None else event.time
    return (event.position, time, branch, names.name(event.type), names.name(event.actor),
            names.name(event.subject), names.name(event.classification))  # fmt: skip


def _header(block: Block, sessions: NDArray[np.int64]) -> tuple[int, int, int, int]:
    """(newest session, its first position, first and last time)."""
    numbers = sessions[block.rows["branch"]]
    newest = int(numbers.max())
    times = block.rows["time"][block.rows["time"] != NO_TIME]
    span = (int(times.min()), int(times.max())) if len(times) else (NO_TIME, NO_TIME)
    return newest, int(block.rows["position"][numbers == newest].min()), *span


def _session_numbers(connection: Any) -> NDArray[np.int64]:
    """Branch number -> session number."""
    rows = connection.execute("SELECT no, session FROM branch").fetchall()
    numbers = np.zeros(max(row[0] for row in rows) + 1, np.int64)
    for branch, session in rows:
        numbers[branch] = session
    return numbers
