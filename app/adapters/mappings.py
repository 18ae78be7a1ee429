"""What a window needs to make a mapping: sources looked into, mappings kept in a folder."""

from __future__ import annotations

import re
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from app.adapters.files import bytes_in
from app.adapters.files.mapped import databases
from app.adapters.files.mapped.encodings import encoding_of, guessed
from app.adapters.files.mapped.files import SUFFIX, mappings_in, read_mapping, write_mapping
from app.adapters.files.mapped.sources import first_rows, kind_of
from app.adapters.own_files import is_of_store
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.mapping.mapping import RecordMapping, SourceRule
    from app.domain.mapping.sample import SourceRow


class Mappings:
    """Any thread may call."""

    def __init__(self, folder: Path, store: str | None = None) -> None:
        """``store`` is the location of the one that is open, whose files no mapping reads."""
        self._folder, self._store = folder, store

    def kind(self, path: Path) -> str:
        """``json``, ``table``, ``sqlite``, or "" for what no mapping can read."""
        if self._store is not None and is_of_store(path, self._store):
            return ""
        try:
            return kind_of(path) or ""
        except OSError:
            return ""

    def encoding(self, path: Path) -> str:
        """The likeliest one of a file of text; utf-8 for all else. Raises OSError."""
        if self.kind(path) == "sqlite":
            return "utf-8"
        found = encoding_of(path, guessed(bytes_in.first_bytes(path, bytes_in.HEAD_BYTES)))
        return found.removesuffix("-sig")

    def tables(self, path: Path) -> tuple[str, ...]:
        """Of an SQLite file. Raises BadInput."""
        return databases.tables(path)

    def server(self, address: str, password: str) -> str:
        """The whole address of a PostgreSQL server; nothing is asked of it yet. Raises BadInput."""
        return databases.server_address(address, password)

    def shown(self, url: str) -> str:
        """An address as it may be read by anybody."""
        return databases.without_password(url)

    def server_tables(self, url: str) -> tuple[str, ...]:
        """Raises BadInput."""
        return databases.server_tables(url)

    def rows(self, path: Path | None, address: str, source: SourceRule, count: int) -> list[SourceRow]:
        """The first rows of a file, or of a database server where there is none. Raises BadInput."""
        if path is None:
            with closing(databases.server_rows(address, source)) as rows:
                return list(islice(rows, count))
        try:
            return first_rows(path, source, count)
        except OSError as error:
            raise BadInput(f"{path} cannot be read: {error.strerror or error}") from None

    def saved(self) -> tuple[RecordMapping, ...]:
        """Those in the folder, by file; bad files are left out here and told when something is imported."""
        return tuple(one.mapping for one in mappings_in(self._folder, lambda _sentence: None))

    def read(self, path: Path) -> RecordMapping:
        """Raises BadInput."""
        return read_mapping(path)

    def save(self, mapping: RecordMapping) -> Path:
        """Keep a mapping under its name; one of the same name is replaced. Raises BadInput."""
        name = re.sub(r"[^\w-]+", "-", mapping.name).strip("-") or "mapping"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"{self._folder} cannot be made: {error.strerror or error}") from None
        path = self._folder / f"{name}{SUFFIX}"
        write_mapping(path, mapping)
        return path
