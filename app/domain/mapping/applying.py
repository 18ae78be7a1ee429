"""What a mapping makes of records: which session each belongs to, the events, and what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput
from app.domain.mapping.rules import event_of
from app.domain.mapping.values import Row, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.mapping.mapping import RecordMapping
    from app.domain.mapping.rules import MappedEvent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record or of one part of it.

    Attributes:
        part: 0-based number of the part within the record.
        event: None where nothing was made of it; ``problem`` then says why, or is empty where no rule wants it.
    """

    part: int
    event: MappedEvent | None = None
    problem: str = ""


def outcomes(mapping: RecordMapping, record: Any) -> Iterator[Outcome]:
    """What the rules make of a record, in the order of its parts; the first rule that holds takes each."""
    taken: set[tuple[str, int]] = set()
    made = 0
    for rule in mapping.events:
        try:
            rows = list(rule.rows(record))
        except BadInput as error:
            yield Outcome(made, problem=str(error))
            continue
        for number, row in enumerate(rows):
            place = (rule.each, id(row.part) if rule.each else 0)
            if place in taken:
                continue
            taken.add(place)
            try:
                yield Outcome(number, event_of(rule, row))
            except BadInput as error:
                yield Outcome(number, problem=str(error))
            made += 1
    if not made:
        yield Outcome(0)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Which session a record belongs to (empty: the mapping does not say), and what it says of that session."""

    session: str
    title: str
    subject: str


def belonging(mapping: RecordMapping, record: Any) -> Belonging:
    """Raises BadInput where the column of the session is empty."""
    rule, row = mapping.session, Row(record, record)
    session = text_of(row.get(rule.id)) if rule.id else ""
    if rule.id and not session:
        raise BadInput(f"{rule.id} is empty: nobody knows which session this belongs to")
    return Belonging(
        session,
        text_of(row.get(rule.title)) if rule.title else "",
        text_of(row.get(rule.subject)) if rule.subject else "",
    )
