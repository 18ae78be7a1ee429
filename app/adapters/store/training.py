"""Learns dictionaries from a store's own payloads, and says which are worth their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import zstandard
from sqlalchemy import bindparam, select

from app.adapters.store.tables import event_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

TRAIN_AT: Final = 4_000
TRAIN_AGAIN_FACTOR: Final = 8  # a dictionary from the first sessions fits later, different ones less well

_RUNS: Final = 200
"""Samples are taken in runs of neighbours, spread over the log: far fewer pages are read than for single ones."""
_SAMPLES: Final = 6_000
_SAMPLED_BYTES: Final = 8 * 1024 * 1024
_BYTES_FOR_EVENT: Final = 16
_SMALLEST, _LARGEST = 16 * 1024, 512 * 1024
_JUDGES: Final = 8
"""One sample in so many is kept from the teaching and judges what was learned."""
# Found by trying on dialogues, purchases and made sessions: as good as the library's own search, a quarter of its time.
_SEGMENT, _PIECE = 200, 6

_PART: Final = (
    select(event_table.c.encoding, event_table.c.data)
    .where(event_table.c.seq.between(bindparam("first"), bindparam("last")), event_table.c.data.is_not(None))
    .order_by(event_table.c.seq)
)
_Buffer = bytes | bytearray | memoryview


def samples(
    connection: Connection, stored_events: int, decode: Callable[[Connection, int, bytes], bytes]
) -> list[bytes]:
    """Payloads from all over the log."""
    length = max(1, min(_SAMPLES, stored_events) // _RUNS)
    found: list[bytes] = []
    total = 0
    for number in range(_RUNS):
        first = 1 + stored_events * number // _RUNS
        for encoding, data in connection.execute(_PART, {"first": first, "last": first + length - 1}).all():
            payload = decode(connection, encoding, data)
            total += len(payload)
            if total > _SAMPLED_BYTES:
                return found
            found.append(payload)
    return found


def learned(
    taken: Sequence[bytes],
    stored_events: int,
    present: Callable[[bytes], bytes],
    packing: Callable[[zstandard.ZstdCompressionDict], Callable[[bytes], bytes]],
) -> zstandard.ZstdCompressionDict | None:
    """A dictionary that will have paid for itself when the store has doubled; None when nothing like that was learned.

    ``present`` packs a payload as it is done today, ``packing`` gives what would do it with a dictionary.
    """
    teaching = [sample for number, sample in enumerate(taken) if number % _JUDGES]
    size = min(_LARGEST, max(_SMALLEST, stored_events * _BYTES_FOR_EVENT))
    try:
        trained = zstandard.train_dictionary(size, list[_Buffer](teaching), k=_SEGMENT, d=_PIECE)
    except zstandard.ZstdError:
        return None  # too few or too like samples to learn anything
    candidate, judging = packing(trained), taken[::_JUDGES]
    saved = sum(len(present(sample)) - len(candidate(sample)) for sample in judging)
    return trained if saved * stored_events > len(trained.as_bytes()) * len(judging) else None
