"""Read what folds need of many events: few columns, many positions a statement, payloads unpacked when asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypedDict

import msgspec
from sqlalchemy import bindparam, select

from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run_all
from app.adapters.store.packed_ids import unpack, unpack_optional
from app.adapters.store.tables import event_table
from app.domain.errors import StoreUnusable
from app.domain.fold.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Dialect

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.kinds import Kind, KindReader
    from app.adapters.store.streams import Stream
    from app.domain.vocabulary import Upcasters

FACTS_STEP: Final = 512
"""Positions a statement; SQLite allows many more, but stopping at the first hit should waste little."""

_event = event_table.c
_FACTS: Final = select(
    _event.position, _event.id, _event.kind, _event.time, _event.causation_id, _event.encoding, _event.data,
).where(_event.stream == bindparam("stream")).order_by(_event.position)  # fmt: skip
_AT: Final = _FACTS.where(_event.position.in_([bindparam(f"p{number}") for number in range(FACTS_STEP)]))
_BETWEEN: Final = _FACTS.where(_event.position >= bindparam("first"), _event.position <= bindparam("last"))

_decode: Final[Any] = msgspec.json.Decoder(dict[str, Any]).decode
_decode_any: Final[Any] = msgspec.json.Decoder().decode


@cache
def _some_decoder(names: tuple[str, ...]) -> Any:
    """Decodes these members of an object and steps over the others."""
    return msgspec.json.Decoder(TypedDict("Some", dict.fromkeys(names, Any), total=False)).decode  # type: ignore[operator]


@cache
def _elements_decoder(name: str) -> Any:
    """Finds where the elements of one member, a list, begin and end."""
    fields = [("member", list[msgspec.Raw] | None, None)]
    return msgspec.json.Decoder(msgspec.defstruct("Elements", fields, rename={"member": name})).decode


class StoredFact:
    """A stored event as folds see it."""

    __slots__ = (
        "_causation_id",
        "_data",
        "_encoding",
        "_id",
        "_kind",
        "_reader",
        "_stored",
        "position",
        "time",
        "type",
    )

    def __init__(self, reader: FactReader, kind: Kind, epoch: int, row: Sequence[Any]) -> None:
        self._reader, self._kind, self.type = reader, kind, kind.type
        (self.position, self._id, _, time, self._causation_id, self._encoding, self._stored) = row
        self.time: int | None = None if time is None else time + epoch
        self._data: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        return unpack(self._id)

    @property
    def causation_id(self) -> str | None:
        return unpack_optional(self._causation_id)

    @property
    def version(self) -> int:
        return self._kind.version

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

    def some(self, names: tuple[str, ...]) -> Mapping[str, Any]:
        """The payload with these members alone; others are not decoded. Raises StoreUnusable likewise."""
        if self._data is not None:
            return {name: self._data[name] for name in names if name in self._data}
        return self._reader.some(self, self._encoding, self._stored, names)


class FactReader:
    """Rows -> facts."""

    def __init__(self, dialect: Dialect, kinds: KindReader, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._at, self._between = (str(one.compile(dialect=dialect)) for one in (_AT, _BETWEEN))
        self._kinds, self._payloads, self._upcasters = kinds, payloads, upcasters
        self._learned: set[int] = set()
        self._no_lists: set[str] = set()
        """Members that were met with another value than a list: more of them are to be expected."""

    def facts(self, connection: Connection, stream: Stream, positions: Sequence[int]) -> list[StoredFact]:
        """Facts of at most ``FACTS_STEP`` positions, rising."""
        if not positions:
            return []
        first, last = positions[0], positions[-1]
        if last - first + 1 == len(positions):
            rows = run_all(connection, self._between, (stream.no, first, last))
        else:
            filled = (*positions, *([last] * (FACTS_STEP - len(positions))))
            rows = run_all(connection, self._at, (stream.no, *filled))
        for encoding in {row[5] for row in rows} - self._learned:
            self._payloads.learn(connection, encoding)
            self._learned.add(encoding)
        kind = self._kinds.kind
        return [StoredFact(self, kind(connection, row[2]), stream.epoch, row) for row in rows]

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
        if name in self._no_lists:
            return self.some(fact, encoding, stored, (name,)).get(name)
        try:
            elements = _elements_decoder(name)(self._payloads.payload(None, encoding, stored)).member
        except msgspec.ValidationError:
            self._no_lists.add(name)
            return self.member(fact, encoding, stored, name)
        except (Unreadable, msgspec.DecodeError) as error:
            raise _damaged(fact) from error
        return None if elements is None else _late_list(elements)

    def some(self, fact: StoredFact, encoding: int, stored: bytes | None, names: tuple[str, ...]) -> Mapping[str, Any]:
        """Some members of a payload. Raises StoreUnusable when the payload is damaged."""
        if stored is None:
            return {}
        if self._upcasters:
            data = fact.data
            return {name: data[name] for name in names if name in data}
        try:
            found: Mapping[str, Any] = _some_decoder(names)(self._payloads.payload(None, encoding, stored))
        except (Unreadable, msgspec.DecodeError) as error:
            raise _damaged(fact) from error
        return found


def _late_list(elements: Sequence[msgspec.Raw]) -> Growing:
    def every() -> Sequence[Any]:
        decoded: list[Any] = _decode_any(b"[%b]" % b",".join(elements))
        return decoded

    return Growing(len(elements), lambda index: _decode_any(elements[index]), every)


def _damaged(fact: StoredFact) -> StoreUnusable:
    return StoreUnusable(
        f"event {fact.id} at position {fact.position} is damaged: run `branchline verify` to see what else is"
    )
