"""Records of any source that a mapping can read, one by one."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.adapters.files import bytes_in, strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.mapped import databases, tables
from app.adapters.files.mapped.encodings import encoding_of, guessed
from app.domain.errors import BadInput
from app.domain.mapping.mapping import MEMBERS
from app.domain.mapping.sample import SourceRow
from app.domain.pointers import at, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.mapping.mapping import SourceRule

Kind = Literal["json", "table", "sqlite"]


def kind_of(path: Path, encoding: str = "") -> Kind | None:
    """What a file is, by its first bytes; None for what no mapping can read. Raises OSError.

    ``encoding`` is what it is told to be written in; empty: whichever seems likely.
    """
    head = bytes_in.first_bytes(path, bytes_in.HEAD_BYTES)
    if databases.is_sqlite(head):
        return "sqlite"
    text = head.decode(encoding_of(path, encoding or guessed(head)), "replace")
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    return "table" if tables.looks_like_a_table(text) else None


def source_rows(path: Path, source: SourceRule) -> Iterator[SourceRow]:
    """The records of a file with their lines. Raises BadInput for a file that cannot be read as a whole, OSError."""
    kind = kind_of(path, source.encoding)
    if kind == "sqlite":
        return databases.sqlite_rows(path, source)
    if kind == "json":
        return _json_rows(path, source)
    if kind is None and source.encoding == "utf-8" and not source.separator:  # being told may make it a table
        raise BadInput("the file is no JSON, no table of text and no SQLite database")
    return tables.rows(path, source)


def first_rows(path: Path, source: SourceRule, count: int) -> list[SourceRow]:
    """The first records, for whoever makes a mapping. Raises as ``source_rows``."""
    return list(islice(source_rows(path, source), count))


def _json_rows(path: Path, source: SourceRule) -> Iterator[SourceRow]:
    with _as_utf8(path, encoding_of(path, source.encoding)) as readable:
        if source.records:
            yield from _listed(readable, source.records)
            return
        for record in records(readable):
            if record.problem is not None:
                yield SourceRow(record.line, None, record.problem)
                continue
            try:
                yield SourceRow(record.line, strict_json.decode(record.raw))
            except JSON_ERRORS as error:
                yield SourceRow(record.line, None, explain(error))


def _listed(path: Path, pointer: str) -> Iterator[SourceRow]:
    """The records of a list, or the members of an object, deeper in a file that is one JSON value."""
    try:
        whole = strict_json.decode(bytes_in.whole(path))
    except JSON_ERRORS as error:
        raise BadInput(explain(error)) from None
    found = at(whole, steps_of(pointer.removesuffix(MEMBERS)))
    if pointer.endswith(MEMBERS) and isinstance(found, dict):
        found = [{"@key": key, **one} if isinstance(one, dict) else one for key, one in found.items()]
    if not isinstance(found, list):
        raise BadInput(f"{pointer} leads to no list of records")
    yield from (SourceRow(number, record) for number, record in enumerate(found, 1))


@contextmanager
def _as_utf8(path: Path, encoding: str) -> Iterator[Path]:
    """The file itself, or a copy of it in UTF-8 in which what cannot be decoded spoils only its record."""
    if encoding in ("utf-8", "utf-8-sig"):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        copy = Path(folder, "records.json")
        with (
            path.open(encoding=encoding, errors="surrogateescape", newline="") as file,
            copy.open("w", encoding="utf-8", errors="surrogatepass", newline="") as written,
        ):
            shutil.copyfileobj(file, written)
        yield copy
