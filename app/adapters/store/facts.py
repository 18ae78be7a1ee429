"""Read what folds need of many events: few columns, many positions a statement, payloads unpacked when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import bindparam, select

from app.adapters.store.failures import Unreadable
from app.adapters.store.tables import event_table
from app.domain.errors import StoreUnusable
from app.domain.fold.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Dialect

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.names import NameReader
    from app.adapters.store.streams import Stream
    from app.domain.vocabulary import Upcasters

FACTS_STEP: Final = 512
"""Positions a statement; SQLite allows many more, but stopping at the first hit should waste little."""

_event = event_table.c
_AT: Final = (
    select(
        _event.position, _event.id, _event.type, _event.version, _event.time, _event.causation_id,
        _event.encoding, _event.data,
    )
    .where(
        _event.stream == bindparam("stream"),
        _event.position.in_([bindparam(f"p{number}") for number in range(FACTS_STEP)]),
    )
    .order_by(_event.position)
)  # fmt: skip

_decode: Final[Any] = msgspec.json.Decoder(dict[str, Any]).decode
_decode_any: Final[Any] = msgspec.json.Decoder().decode
_members: Final[Any] = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_elements: Final[Any] = msgspec.json.Decoder(list[msgspec.Raw]).decode


class StoredFact:
    """A stored event as folds see it."""

    __slots__ = (
        "_data",
        "_encoding",
        "_reader",
        "_stored",
        "causation_id",
        "id",
        "position",
        "time",
        "type",
        "version",
    )

    def __init__(self, reader: FactReader, event_type: str, row: Sequence[Any]) -> None:
        self._reader, self.type = reader, event_type
        (self.position, self.id, _, self.version, self.time, self.causation_id, self._encoding, self._stored) = row
        self._data: Mapping[str, Any] | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """The payload, lifted to the newest version of its type. Raises StoreUnusable when it is damaged."""
        if self._data is None:
            self._data = self._reader.payload(self, self._encoding, self._stored)
        return self._data

    def member(self, name: str) -> Any:
        """One member of the payload; a list's elements are decoded when looked at. Raises StoreUnusable likewise."""
        if self._data is not None:
            return self._data.get(name)
        return self._reader.member(self, self._encoding, self._stored, name)


class FactReader:
    """Rows -> facts."""

    def __init__(self, dialect: Dialect, names: NameReader, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._sql = str(_AT.compile(dialect=dialect))
        self._names, self._payloads, self._upcasters = names, payloads, upcasters
        self._learned: set[int] = set()

    def facts(self, connection: Connection, stream: Stream, positions: Sequence[int]) -> list[StoredFact]:
        """Facts of at most ``FACTS_STEP`` positions, rising."""
        if not positions:
            return []
        filled = (*positions, *([positions[-1]] * (FACTS_STEP - len(positions))))
        rows = connection.exec_driver_sql(self._sql, (stream.no, *filled)).all()
        for encoding in {row[6] for row in rows} - self._learned:
            self._payloads.learn(connection, encoding)
            self._learned.add(encoding)
        name = self._names.text
        return [StoredFact(self, name(connection, row[2]), row) for row in rows]

    def payload(self, fact: StoredFact, encoding: int, stored: bytes | None) -> Mapping[str, Any]:
        """The payload of a fact; empty when it was erased. Raises StoreUnusable when it is damaged."""
        if stored is None:
            return {}
        try:
            data: Mapping[str, Any] = _decode(self._payloads.payload(None, encoding, stored))
        except (Unreadable, msgspec.DecodeError) as error:
            raise _damaged(fact) from error
        return self._upcasters.lift(fact.type, fact.version, data)[1] if self._upcasters else data

    def member(self, fact: StoredFact, encoding: int, stored: bytes | None, name: str) -> Any:
        """One member of a payload; None when there is none. Raises StoreUnusable when the payload is damaged."""
        if stored is None or self._upcasters:
            return fact.data.get(name)
        try:
            found = _members(self._payloads.payload(None, encoding, stored)).get(name)
            if found is None:
                return None
            raw = bytes(found)
            return _late_list(_elements(raw)) if raw.startswith(b"[") else _decode_any(raw)
        except (Unreadable, msgspec.DecodeError) as error:
            raise _damaged(fact) from error


def _late_list(elements: Sequence[msgspec.Raw]) -> Growing:
    return Growing(len(elements), lambda index: _decode_any(elements[index]))


def _damaged(fact: StoredFact) -> StoreUnusable:
    return StoreUnusable(
        f"event {fact.id} at position {fact.position} is damaged: run `branchline verify` to see what else is"
    )
