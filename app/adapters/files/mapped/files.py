"""Mappings as small files: one named on the command line, and a folder of them that others may fill."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Final

from app.adapters.files import bytes_in, strict_json
from app.adapters.files.mapped.format import MappedFormat
from app.adapters.files.new_file import write_over
from app.domain.errors import BadInput
from app.domain.mapping.mapping import parse, to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.mapping.mapping import RecordMapping

SUFFIX: Final = ".mapping.json"
_LARGEST: Final = 1024 * 1024


def read_mapping(path: Path) -> RecordMapping:
    """Raises BadInput, which names the file."""
    try:
        raw = bytes_in.first_bytes(path, _LARGEST)
        return parse(strict_json.decode(raw.removeprefix(codecs.BOM_UTF8)))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from None
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None


def write_mapping(path: Path, mapping: RecordMapping) -> None:
    """Replaces the file once the new one is whole. Raises BadInput."""
    write_over(path, [json.dumps(to_json(mapping), ensure_ascii=False, indent=2) + "\n"])


def mappings_in(folder: Path, warn: Callable[[str], None]) -> tuple[MappedFormat, ...]:
    """The mappings of a folder, by name; ``warn`` is told of files that are none, and the others still come."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        try:
            found.append(MappedFormat(read_mapping(path)))
        except BadInput as error:
            warn(f"the mapping {error}")
    return tuple(found)
