"""Tables of text (CSV, TSV and the like), row by row, whatever their encoding and separator."""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import bytes_in
from app.domain.errors import BadInput
from app.domain.mapping.sample import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.domain.mapping.mapping import SourceRule

SEPARATORS: Final = (",", "\t", ";", "|")
MOST_COLUMNS: Final = 2_000
_PAIR: Final = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_HIGH: Final = 0xA1
_LARGEST_FIELD: Final = 16 * 1024 * 1024
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def rows(path: Path, source: SourceRule) -> Iterator[SourceRow]:
    """The rows below the header as ``{column: text}``. Raises BadInput for a file without a header."""
    encoding = encoding_of(path, source.encoding)
    csv.field_size_limit(_LARGEST_FIELD)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        sample = file.read(bytes_in.HEAD_BYTES)
        file.seek(0)
        reader = csv.reader(file, delimiter=source.separator or separator_of(sample))
        try:
            header = next(reader, [])
        except csv.Error as error:
            raise BadInput(f"the header is no CSV: {error}") from None
        names = _names(header)
        if not names:
            raise BadInput("the file has no header with the names of its columns")
        yield from _below(reader, names, encoding)


def encoding_of(path: Path, told: str) -> str:
    """What the file's byte-order mark says, else what was told."""
    head = bytes_in.first_bytes(path, 4)
    return next((name for mark, name in _BOMS if head.startswith(mark)), told)


def likely_encoding(path: Path) -> str:
    """One that the first bytes can be read in: by their mark, as UTF-8, as Chinese, else as Western text."""
    head = bytes_in.first_bytes(path, bytes_in.HEAD_BYTES)
    if any(head.startswith(mark) for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _can_be(head, "utf-8"):
        return "utf-8"
    pairs = _PAIR.findall(head)
    # Western letters with accents make pairs with the plain letter behind them; those of Chinese are both high.
    is_chinese = sum(pair[1] >= _HIGH for pair in pairs) * 5 > len(pairs) * 4
    return "gb18030" if is_chinese and _can_be(head, "gb18030") else "cp1252"


def _can_be(head: bytes, encoding: str) -> bool:
    with suppress(UnicodeDecodeError):
        codecs.getincrementaldecoder(encoding)().decode(head)  # the last letter may be cut
        return True
    return False


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


def looks_like_a_table(head: bytes, encoding: str = "utf-8") -> bool:
    """Whether most of the first lines are text with as many columns as the header, more than one."""
    text = head.decode(encoding, "replace")
    if "\0" in text or text.count("\N{REPLACEMENT CHARACTER}") > len(text) // 20:
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
