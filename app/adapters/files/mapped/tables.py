"""Tables of text (CSV, TSV and the like), row by row, whatever their encoding and separator."""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Any, Final

from app.adapters.files import bytes_in
from app.adapters.files.mapped.encodings import encoding_of
from app.domain.errors import BadInput
from app.domain.mapping.sample import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.domain.mapping.mapping import SourceRule

SEPARATORS: Final = (",", "\t", ";", "|")
MOST_COLUMNS: Final = 2_000
_CONTROLS: Final = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_LARGEST_FIELD: Final = 16 * 1024 * 1024


def rows(path: Path, source: SourceRule) -> Iterator[SourceRow]:
    """The rows below the header as ``{column: text}``. Raises BadInput for a file without a header."""
    encoding = encoding_of(path, source.encoding)
    csv.field_size_limit(_LARGEST_FIELD)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        reader = _reader(file, source)
        names = _header(reader)
        yield from _below(reader, names, encoding)


def header(path: Path, source: SourceRule) -> list[str]:
    """The names of the columns. Raises BadInput."""
    with path.open(encoding=encoding_of(path, source.encoding), errors="surrogateescape", newline="") as file:
        return _header(_reader(file, source))


def _reader(file: IO[str], source: SourceRule) -> Any:
    sample = file.read(bytes_in.HEAD_BYTES)
    file.seek(0)
    return csv.reader(file, delimiter=source.separator or separator_of(sample))


def _header(reader: Any) -> list[str]:
    try:
        told: list[str] = next(reader, [])
    except csv.Error as error:
        raise BadInput(f"the header is no CSV: {error}") from None
    names = _names(told)
    if not names:
        raise BadInput("the file has no header with the names of its columns")
    return names


def separator_of(sample: str) -> str:
    """The separator that splits the first lines into the same number of columns, more than one."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    if len(sample) >= bytes_in.HEAD_BYTES and len(lines) > 1:
        lines.pop()
    best, most = ",", 0
    for separator in SEPARATORS:
        counts = [len(fields) for fields in csv.reader(lines, delimiter=separator)]
        same = sum(count == counts[0] for count in counts) if counts else 0
        score = same * min(counts[0], 50) if counts and counts[0] > 1 else 0
        if score > most:
            best, most = separator, score
    return best


def looks_like_a_table(text: str) -> bool:
    """Whether most of the first lines are text with as many columns as the header, more than one."""
    unread = text.count("\N{REPLACEMENT CHARACTER}")
    if "\0" in text or unread > len(text) // 20 or len(_CONTROLS.findall(text)) > len(text) // 200:
        return False
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    counts = [len(fields) for fields in csv.reader(lines, delimiter=separator_of(text))]
    return len(counts) > 1 and counts[0] > 1 and counts.count(counts[0]) * 2 > len(counts)


def _below(reader: Any, names: Sequence[str], encoding: str) -> Iterator[SourceRow]:
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield SourceRow(line, None, f"the line is no CSV: {error}")
            continue
        if not fields:
            continue
        if len(fields) != len(names):
            yield SourceRow(line, None, f"{len(fields)} columns where the header has {len(names)}")
        elif any("\udc80" <= letter <= "\udcff" for field in fields if not field.isascii() for letter in field):
            yield SourceRow(line, None, f"the line is not {encoding}")
        else:
            yield SourceRow(line, dict(zip(names, fields, strict=True)))


def _names(header: Sequence[str]) -> list[str]:
    """Names of columns, each once; ones without a name go by their number."""
    if len(header) > MOST_COLUMNS:
        raise BadInput(f"the header has {len(header):,} columns; at most {MOST_COLUMNS:,} are read")
    names: list[str] = []
    for number, told in enumerate(header, 1):
        name = wished = told.strip() or f"column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{wished} ({again})"
        names.append(name)
    return names if any(told.strip() for told in header) else []
