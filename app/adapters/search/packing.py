"""How the texts of blocks are kept small: zstd, with a dictionary of what texts of this store have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import zstandard

from app.adapters.search.block import Damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN: Final = 0
_LEVEL: Final = 3
_DICTIONARY_BYTES: Final = 64 * 1024
_UNUSABLE: Final = -1
"""Stands for a dictionary where the texts had too little in common for one."""
_Buffer = bytes | bytearray | memoryview


class Packing:
    """Texts -> (number of the dictionary, bytes) and back. Used by one thread at a time."""

    def __init__(self) -> None:
        self._dictionaries: dict[int, zstandard.ZstdCompressionDict] = {}
        self._compressors: dict[int, zstandard.ZstdCompressor] = {}
        self._decompressors: dict[int, zstandard.ZstdDecompressor] = {}

    @staticmethod
    def dictionary_of(connection: Any) -> int:
        """The dictionary with which texts are packed now; ``PLAIN`` without one."""
        row = connection.execute("SELECT no FROM dictionary WHERE no > 0").fetchone()
        return PLAIN if row is None else int(row[0])

    def pack(self, connection: Any, number: int, content: bytes) -> bytes:
        return self._compressor(connection, number).compress(content)

    def unpack(self, connection: Any, number: int, stored: bytes) -> bytes:
        """Raises ``Damaged``; the checksum of every frame is checked."""
        try:
            content: bytes = self._decompressor(connection, number).decompress(stored)
        except (zstandard.ZstdError, TypeError) as error:
            raise Damaged from error
        return content

    def learn(self, connection: Any, texts: Sequence[bytes]) -> None:
        """Make the dictionary of this index, inside a transaction; texts that are packed later are smaller with it."""
        try:
            trained = zstandard.train_dictionary(_DICTIONARY_BYTES, list[_Buffer](texts))
            row = trained.dict_id(), trained.as_bytes()
        except zstandard.ZstdError:  # too few or too like texts to learn anything
            row = _UNUSABLE, b""
        connection.execute("INSERT INTO dictionary VALUES(?, ?)", row)

    @staticmethod
    def has_learned(connection: Any) -> bool:
        return connection.execute("SELECT 1 FROM dictionary").fetchone() is not None

    def _compressor(self, connection: Any, number: int) -> zstandard.ZstdCompressor:
        found = self._compressors.get(number)
        if found is None:
            dictionary = self._dictionary(connection, number)
            found = self._compressors[number] = zstandard.ZstdCompressor(
                level=_LEVEL, write_checksum=True, write_dict_id=False, dict_data=dictionary
            )
        return found

    def _decompressor(self, connection: Any, number: int) -> zstandard.ZstdDecompressor:
        found = self._decompressors.get(number)
        if found is None:
            dictionary = self._dictionary(connection, number)
            found = self._decompressors[number] = zstandard.ZstdDecompressor(dict_data=dictionary)
        return found

    def _dictionary(self, connection: Any, number: int) -> zstandard.ZstdCompressionDict | None:
        if number == PLAIN:
            return None
        found = self._dictionaries.get(number)
        if found is None:
            row = connection.execute("SELECT content FROM dictionary WHERE no = ?", (number,)).fetchone()
            if row is None:
                raise Damaged
            found = self._dictionaries[number] = zstandard.ZstdCompressionDict(row[0])
        return found
