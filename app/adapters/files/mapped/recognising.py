"""Whether a source is of the kind that a mapping was made for: it has all the columns that the mapping names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files import bytes_in
from app.adapters.files.json_shape import key_paths
from app.adapters.files.mapped import databases, tables
from app.adapters.files.mapped.encodings import encoding_of
from app.adapters.files.mapped.sources import kind_of
from app.domain.errors import BadInput
from app.domain.mapping.mapping import MEMBERS
from app.domain.pointers import steps_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.mapping.mapping import RecordMapping

_OWN_KEY: Final = "@key"


def has_columns(path: Path, mapping: RecordMapping) -> bool:
    """Never reads more than the head of a file, or the names of a table's columns. Raises OSError."""
    wanted, source = set(mapping.recognise), mapping.source
    if not wanted:
        return False
    kind = kind_of(path, source.encoding)
    try:
        if kind == "table":
            return wanted <= set(tables.header(path, source))
        if kind == "sqlite":
            return wanted <= set(databases.columns(path, source))
    except BadInput:
        return False
    return kind == "json" and _holds_keys(_head(path, source.encoding), source.records, wanted)


def _head(path: Path, encoding: str) -> bytes:
    head = bytes_in.first_bytes(path, bytes_in.HEAD_BYTES)
    return head.decode(encoding_of(path, encoding), "ignore").encode()


def _holds_keys(head: bytes, records: str, wanted: set[str]) -> bool:
    paths = key_paths(head)
    keys = {_dotted(name) for name in wanted - {_OWN_KEY}}
    steps = steps_of(records.removesuffix(MEMBERS))
    if not records.endswith(MEMBERS):
        base = "".join(f"{step}." for step in steps[:-1]) + f"{steps[-1]}[]." if steps else ""
        return all(base + key in paths for key in keys)
    base = "".join(f"{step}." for step in steps)
    below = {path.removeprefix(base).partition(".")[0] for path in paths if path.startswith(base)}
    return any(all(f"{base}{member}.{key}" in paths for key in keys) for member in below)


def _dotted(name: str) -> str:
    if not name.startswith("/"):
        return name
    return ".".join(steps_of(name))
