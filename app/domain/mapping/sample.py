"""The first records of a source beside what a mapping makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.domain.errors import BadInput
from app.domain.mapping.applying import belonging, outcomes
from app.domain.mapping.values import RFC3339, Row, columns_of, form_of, text_of
from app.domain.pointers import at, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.mapping.mapping import RecordMapping
    from app.domain.mapping.rules import EventRule, MappedEvent


_LOOKED_AT: Final = 20
_MOST_PLACES: Final = 20


class SourceRow(NamedTuple):
    """A record and where it begins: the 1-based line of a file, or number of a row.

    ``problem`` says why there is no record.
    """

    line: int
    record: Any
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One event that a mapping makes, or why it makes none.

    ``line`` is the record's, ``row`` its number among the first, from 0: many records may stand in one line.
    """

    line: int
    row: int
    session: str = ""
    event: MappedEvent | None = None
    problem: str = ""


def preview(mapping: RecordMapping, rows: Iterable[SourceRow], most: int = 500) -> tuple[Made, ...]:
    """What becomes of rows, in their order."""
    made: list[Made] = []
    for number, row in enumerate(rows):
        if len(made) >= most:
            break
        if row.problem:
            made.append(Made(row.line, number, problem=row.problem))
            continue
        try:
            session = belonging(mapping, row.record).session
        except BadInput as error:
            made.append(Made(row.line, number, problem=str(error)))
            continue
        some = islice(outcomes(mapping, row.record), most - len(made))
        made += [Made(row.line, number, session, one.event, one.problem) for one in some]
    return tuple(made)


def parts_of(rule: EventRule, rows: Sequence[SourceRow], most: int = 2_000) -> list[Row]:
    """What a rule looks at in the first records, whatever its conditions."""
    found: list[Row] = []
    for row in rows:
        if row.problem:
            continue
        try:
            found += islice(rule.rows(row.record), most - len(found))
        except BadInput:
            continue
        if len(found) >= most:
            break
    return found


def time_form(column: str, parts: Iterable[Row]) -> str:
    """How the first time in a column is written, as far as can be seen; RFC 3339 where it cannot."""
    text = next((told for part in parts if (told := text_of(part.get(column)))), "")
    return form_of(text) or RFC3339


def lists_in(rows: Iterable[SourceRow]) -> list[str]:
    """JSON pointers to lists of objects or lists within the first records."""
    found: dict[str, None] = {}
    for row in islice((one for one in rows if isinstance(one.record, dict)), _LOOKED_AT):
        for name in columns_of(row.record):
            pointer = name if name.startswith("/") else "/" + name.replace("~", "~0").replace("/", "~1")
            value = at(row.record, steps_of(pointer))
            if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
                found[pointer] = None
    return list(found)


def columns_in(values: Iterable[Any]) -> list[str]:
    """Columns of records or parts; those of lists are their places."""
    found: dict[str, None] = {}
    for value in values:
        if isinstance(value, dict):
            found.update(dict.fromkeys(columns_of(value)))
        elif isinstance(value, list):
            found.update(dict.fromkeys(f"/{place}" for place in range(min(len(value), _MOST_PLACES))))
    return list(found)


def values_in(column: str, parts: Sequence[Row], most: int = 50) -> list[str]:
    """The different texts of a column, as they come."""
    return list(dict.fromkeys(text for part in parts if (text := text_of(part.get(column)))))[:most]
