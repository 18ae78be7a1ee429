"""Records of any source that a mapping can read, one by one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from app.adapters.files import bytes_in, strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.mapped import databases, tables
from app.domain.errors import BadInput
from app.domain.mapping.mapping import MEMBERS
from app.domain.mapping.sample import SourceRow
from app.domain.pointers import at, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.domain.mapping.mapping import SourceRule

Kind = Literal["json", "table", "sqlite"]


def kind_of(path: Path) -> Kind | None:
    """What a file is, by its first bytes; None for what no mapping can read. Raises OSError."""
    head = bytes_in.head_of(path)
    if databases.is_sqlite(head):
        return "sqlite"
    if head.lstrip()[:1] in (b"{", b"["):
        return "json"
    encoding = tables.likely_encoding(path)
    if encoding == "utf-16":
        head = bytes_in.first_bytes(path, bytes_in.HEAD_BYTES)
    return "table" if tables.looks_like_a_table(head, encoding) else None


def source_rows(path: Path, source: SourceRule) -> Iterator[SourceRow]:
    """The records of a file with their lines. Raises BadInput for a file that cannot be read as a whole, OSError."""
    kind = kind_of(path)
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
    if source.records:
        try:
            whole = strict_json.decode(bytes_in.whole(path))
        except JSON_ERRORS as error:
            raise BadInput(explain(error)) from None
        found = at(whole, steps_of(source.records.removesuffix(MEMBERS)))
        if source.records.endswith(MEMBERS) and isinstance(found, dict):
            found = [{"@key": key, **one} if isinstance(one, dict) else one for key, one in found.items()]
        if not isinstance(found, list):
            raise BadInput(f"{source.records} leads to no list of records")
        yield from (SourceRow(number, record) for number, record in enumerate(found, 1))
        return
    for record in records(path):
        if record.problem is not None:
            yield SourceRow(record.line, None, record.problem)
            continue
        try:
            yield SourceRow(record.line, strict_json.decode(record.raw))
        except JSON_ERRORS as error:
            yield SourceRow(record.line, None, explain(error))
