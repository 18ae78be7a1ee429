"""Files that hold conversations in another way than one a record: read whole, each conversation on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.adapters.files import bytes_in, strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.application.ports import ImportNotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from app.application.ports import SessionDraft


def value_of(path: Path, notes: ImportNotes) -> Any:
    """The file's one JSON value; None, and a word in ``notes``, when it is none."""
    try:
        return strict_json.decode(bytes_in.whole(path))
    except JSON_ERRORS as error:
        notes.quarantine(None, explain(error))
        return None


def values_of_lines(path: Path, notes: ImportNotes) -> Iterator[tuple[int, Any]]:
    """The values of a file's records with their lines; bad ones go to ``notes``."""
    try:
        for record in records(path):
            if record.problem is not None:
                notes.quarantine(record.line, record.problem)
                continue
            try:
                value = strict_json.decode(record.raw)
            except JSON_ERRORS as error:
                notes.quarantine(record.line, explain(error))
                continue
            yield record.line, value
    except JSON_ERRORS as error:
        notes.quarantine(None, explain(error))


def each(
    parts: Iterable[Any], notes: ImportNotes, build: Callable[[Any, ImportNotes], SessionDraft], what: str
) -> Iterator[SessionDraft]:
    """A session for each part; one that is none is told as ``what`` and its place, and the rest still comes in."""
    found = False
    for number, part in enumerate(parts, 1):
        found = True
        held = ImportNotes(file=notes.file)
        try:
            draft = build(part, held)
        except JSON_ERRORS as error:
            notes.quarantine(None, f"{what} {number}: {explain(error)}")
            continue
        notes.saw("conversations")
        notes.read.update(held.read)
        notes.not_captured.update(held.not_captured)
        yield draft
    if not found:
        notes.quarantine(None, "the file holds no session")
