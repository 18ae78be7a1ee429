"""The rules of a mapping, which make an event of a record or of each part of a list in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import ACTORS
from app.domain.mapping.values import Row, TimeRule, as_kind, text_of
from app.domain.pointers import ABSENT, at, steps_of
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_PARTS: Final = 100_000
"""A list within one record may be this long."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value from a column by a table, or always the same.

    ``otherwise`` is for values that the table lacks; None quarantines the record. Keys are compared in small letters.
    """

    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None

    def of(self, row: Row) -> str:
        """Raises BadInput."""
        if self.column:
            told = text_of(row.get(self.column))
            found = self.values.get(told.casefold())
            if found is not None:
                return found
            if self.otherwise is None:
                raise BadInput(f"{self.column}: nothing is said about {told[:40]!r}")
        return self.otherwise or ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an event's data: a column taken for a kind of value, or a constant."""

    column: str = ""
    kind: str = "as it is"
    constant: Any = None

    def of(self, row: Row) -> Any:
        return as_kind(row.get(self.column), self.kind, self.column) if self.column else self.constant


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where a column's text is one of these (in small letters); without any, where it is not empty."""

    column: str
    values: frozenset[str] = frozenset()

    def holds(self, row: Row) -> bool:
        told = text_of(row.get(self.column)).casefold()
        return told in self.values if self.values else bool(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """Makes one event of a record, or of each part of the list that ``each`` (a JSON pointer) leads to.

    Attributes:
        id, parent: columns with a message's id and that of the one it answers: replies to the same one are branches.
    """

    type: Choice
    actor: Choice
    when: tuple[Condition, ...] = ()
    each: str = ""
    time: TimeRule | None = None
    id: str = ""
    parent: str = ""
    data: Mapping[str, Member] = field(default_factory=dict)

    def rows(self, record: Any) -> Iterator[Row]:
        """The parts of a record that this rule looks at. Raises BadInput."""
        parts = at(record, steps_of(self.each)) if self.each else [record]
        if parts is ABSENT or parts is None:
            return
        if not isinstance(parts, list):
            raise BadInput(f"{self.each} is no list")
        if len(parts) > MOST_PARTS:
            raise BadInput(f"{self.each} holds {len(parts):,} parts; at most {MOST_PARTS:,} are read")
        for part in parts:
            row = Row(record, part)
            if all(one.holds(row) for one in self.when):
                yield row


@dataclass(frozen=True, slots=True)
class MappedEvent:
    """What a rule makes of a row; ``time`` in microseconds since 1970 UTC."""

    type: str
    actor: str
    data: dict[str, Any]
    time: int | None = None
    id: str = ""
    parent: str = ""


def event_of(rule: EventRule, row: Row) -> MappedEvent:
    """Raises BadInput, which names the column, for a row that does not fit."""
    kind = rule.type.of(row)
    if not kind:
        raise BadInput("the event has no type")
    actor = rule.actor.of(row)
    if actor not in ACTORS:
        raise BadInput(f"{actor[:40]!r} is no actor: {', '.join(sorted(ACTORS))}")
    data = {name: value for name, member in rule.data.items() if (value := member.of(row)) is not None}
    event_id = text_of(row.get(rule.id)) if rule.id else ""
    if kind == MESSAGE_POSTED:
        data.setdefault("role", actor)
        data["text"] = text_of(data.get("text"))
        if event_id:
            data.setdefault("message_id", event_id)
    parent = text_of(row.get(rule.parent)) if rule.parent else ""
    return MappedEvent(kind, actor, data, rule.time.time(row) if rule.time else None, event_id, parent)
