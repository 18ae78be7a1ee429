"""How payloads are kept small: zstd with a dictionary trained on the store's own payloads, where it pays."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import zstandard
from sqlalchemy import bindparam, func, insert, select

from app.adapters.store.chain import hash_of_bytes
from app.adapters.store.failures import Unreadable
from app.adapters.store.tables import dictionary_table
from app.adapters.store.training import TRAIN_AGAIN_FACTOR, TRAIN_AT, learned, samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

PLAIN: Final = 0
ZSTD: Final = 1
FIRST_DICTIONARY: Final = 2

_LEVEL_WITHOUT_DICTIONARY: Final = 1  # higher ones gain a hundredth in such short texts
_SMALLEST: Final = 32  # shorter payloads gain nothing
_WORTH_WITHOUT_DICTIONARY: Final = 1_024
_FORM: Final = zstandard.FORMAT_ZSTD1_MAGICLESS  # the mark at the begin of each frame would be 4 bytes of every event

_CONTENT = select(dictionary_table.c.content).where(dictionary_table.c.no == bindparam("no"))
_LAST = select(func.max(dictionary_table.c.no))


class PayloadReader:
    """Stored bytes -> payload, from any thread."""

    def __init__(self) -> None:
        self._dictionaries: dict[int, zstandard.ZstdCompressionDict] = {}
        self._own = threading.local()  # a decompressor may serve one thread only

    def learn(self, connection: Connection, encoding: int) -> None:
        """Read what payloads of this encoding need, so that ``payload`` needs no connection for them."""
        if encoding >= FIRST_DICTIONARY:
            self._dictionary(connection, encoding)

    def payload(self, connection: Connection | None, encoding: int, data: bytes) -> bytes:
        if encoding == PLAIN:
            return data
        try:
            return self._decompressor(connection, encoding).decompress(data)
        except zstandard.ZstdError as error:
            raise Unreadable(str(error)) from error

    def unpacker(self, connection: Connection, encoding: int) -> Callable[[bytes], bytes]:
        """What unpacks all of one encoding, for one thread; it raises ``zstandard.ZstdError`` at damage."""
        return self._decompressor(connection, encoding).decompress

    def forget(self) -> None:
        self._dictionaries = {}
        self._own = threading.local()

    def _decompressor(self, connection: Connection | None, encoding: int) -> zstandard.ZstdDecompressor:
        known: dict[int, zstandard.ZstdDecompressor] = self._own.__dict__.setdefault("known", {})
        found = known.get(encoding)
        if found is None:
            dictionary = None if encoding == ZSTD else self._dictionary(connection, encoding)
            found = known[encoding] = zstandard.ZstdDecompressor(dict_data=dictionary, format=_FORM)
        return found

    def _dictionary(self, connection: Connection | None, number: int) -> zstandard.ZstdCompressionDict:
        found = self._dictionaries.get(number)
        if found is None:
            content = connection.execute(_CONTENT, {"no": number}).scalar() if connection is not None else None
            if content is None:
                raise Unreadable(f"dictionary {number} is missing")
            found = self._dictionaries[number] = zstandard.ZstdCompressionDict(content)
        return found


class PayloadWriter:
    """Payload -> (encoding, stored bytes). Only the holder of the write lock may call."""

    def __init__(self, train_at: int = TRAIN_AT) -> None:
        self._reader = PayloadReader()  # its own, for it may meet dictionaries that are never committed
        self._first_training = train_at
        self._plain = plain_compressor()
        self.forget()

    def forget(self) -> None:
        """Learn the dictionaries again: the store was opened, or a transaction was rolled back."""
        self._reader.forget()
        self._known = False
        self._encoding = ZSTD
        self._compressor = self._plain
        self._train_at = self._first_training

    def encode(self, payload: bytes) -> tuple[int, bytes]:
        if len(payload) < _SMALLEST or (self._encoding == ZSTD and len(payload) < _WORTH_WITHOUT_DICTIONARY):
            return PLAIN, payload
        packed = self._compressor.compress(payload)
        return (self._encoding, packed) if len(packed) < len(payload) else (PLAIN, payload)

    def decode(self, connection: Connection, encoding: int, data: bytes) -> bytes:
        """Raises ``Unreadable`` for damaged bytes."""
        return self._reader.payload(connection, encoding, data)

    def prepare(self, connection: Connection, stored_events: int) -> None:
        """Called before events are added; trains when there is enough to learn from."""
        if not self._known:
            self._load(connection)
        if stored_events >= self._train_at:
            self._train(connection, stored_events)

    def _load(self, connection: Connection) -> None:
        last = connection.execute(_LAST).scalar()
        if last is not None:
            content = connection.execute(_CONTENT, {"no": last}).scalar_one()
            self._use(last, zstandard.ZstdCompressionDict(content))
            self._train_at *= TRAIN_AGAIN_FACTOR ** (last - FIRST_DICTIONARY + 1)
        self._known = True

    def _train(self, connection: Connection, stored_events: int) -> None:
        while stored_events >= self._train_at:
            self._train_at *= TRAIN_AGAIN_FACTOR
        taken = samples(connection, stored_events, self.decode)
        trained = learned(
            taken, stored_events, lambda sample: self.encode(sample)[1], lambda one: _compressor(one).compress
        )
        if trained is not None:
            self._adopt(connection, trained)

    def _adopt(self, connection: Connection, trained: zstandard.ZstdCompressionDict) -> None:
        number = (connection.execute(_LAST).scalar() or FIRST_DICTIONARY - 1) + 1
        content = trained.as_bytes()
        row: dict[str, Any] = {"no": number, "content": content, "digest": hash_of_bytes(content)}
        connection.execute(insert(dictionary_table), row)
        self._use(number, trained)

    def _use(self, number: int, dictionary: zstandard.ZstdCompressionDict) -> None:
        self._encoding, self._compressor = number, _compressor(dictionary)


def plain_compressor() -> zstandard.ZstdCompressor:
    """Packs without a dictionary, for the encoding ``ZSTD``."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL_WITHOUT_DICTIONARY, format=_FORM, write_content_size=True
    )
    return zstandard.ZstdCompressor(compression_params=parameters)


def _compressor(dictionary: zstandard.ZstdCompressionDict) -> zstandard.ZstdCompressor:
    """The library's level 3 but for larger tables, in which more of the dictionary is found again in the same time."""
    parameters = zstandard.ZstdCompressionParameters(
        strategy=zstandard.STRATEGY_DFAST, window_log=20, chain_log=17, hash_log=18, min_match=5, format=_FORM,
        write_content_size=True, write_dict_id=False,
    )  # fmt: skip
    return zstandard.ZstdCompressor(dict_data=dictionary, compression_params=parameters)
