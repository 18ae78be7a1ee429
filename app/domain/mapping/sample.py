"""The first records of a source beside what a mapping makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.errors import BadInput
from app.domain.mapping.applying import belonging, outcomes
from app.domain.mapping.values import Row, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.mapping.mapping import RecordMapping
    from app.domain.mapping.rules import EventRule, MappedEvent


class SourceRow(NamedTuple):
    """A record and where it begins: the 1-based line of a file, or number of a row.

    ``problem`` says why there is no record.
    """

    line: int
    record: Any
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One event that a mapping makes, or why it makes none; ``line`` is the record's."""

    line: int
    session: str = ""
    event: MappedEvent | None = None
    problem: str = ""


def preview(mapping: RecordMapping, rows: Iterable[SourceRow], most: int = 500) -> tuple[Made, ...]:
    """What becomes of rows, in their order."""
    made: list[Made] = []
    for row in rows:
        if len(made) >= most:
            break
        if row.problem:
            made.append(Made(row.line, problem=row.problem))
            continue
        try:
            session = belonging(mapping, row.record).session
        except BadInput as error:
            made.append(Made(row.line, problem=str(error)))
            continue
        made += [Made(row.line, session, one.event, one.problem) for one in outcomes(mapping, row.record)]
    return tuple(made[:most])


def parts_of(rule: EventRule, rows: Sequence[SourceRow], most: int = 2_000) -> list[Row]:
    """What a rule looks at in the first records, whatever its conditions."""
    found: list[Row] = []
    for row in rows:
        if row.problem:
            continue
        try:
            found += rule.rows(row.record)
        except BadInput:
            continue
        if len(found) >= most:
            break
    return found[:most]


def values_in(column: str, parts: Sequence[Row], most: int = 50) -> list[str]:
    """The different texts of a column, as they come."""
    return list(dict.fromkeys(text for part in parts if (text := text_of(part.get(column)))))[:most]
