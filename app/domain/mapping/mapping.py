"""A mapping as it is saved: JSON that is checked word by word, and written again the same."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import ACTORS
from app.domain.mapping.rules import Choice, Condition, EventRule, Member
from app.domain.mapping.values import KINDS, RFC3339, TimeRule, checked_column, text_of
from app.domain.pointers import steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1
MEMBERS: Final = "/*"
ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "gb18030", "big5", "shift_jis", "latin-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """How the source is read.

    Attributes:
        separator: of columns in a table of text; empty: whichever is there.
        records: JSON pointer to the list of records in a file that is one JSON object; with ``/*`` at its end the
            members of an object are the records, each with its name as ``@key``.
        table, query: of a database; ``query`` is one SELECT.
    """

    encoding: str = "utf-8"
    separator: str = ""
    records: str = ""
    table: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRule:
    """Columns that tell which session a record belongs to, its title, and whom it is about.

    Without ``id`` each record is a session where a rule takes a list apart, else the whole source is one.
    ``ordered`` puts a session's events by time; those without one stay where they are.
    """

    id: str = ""
    title: str = ""
    subject: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMapping:
    """What becomes of the records of a source. The first event rule whose conditions hold takes a row."""

    name: str
    events: tuple[EventRule, ...]
    session: SessionRule = field(default_factory=SessionRule)
    source: SourceRule = field(default_factory=SourceRule)
    recognise: tuple[str, ...] = ()


def parse(value: Any) -> RecordMapping:
    """Raises BadInput: one sentence that says where it is wrong."""
    top = _Object(value, "the mapping")
    version = top.take("branchline_mapping", int, 0)
    if version != VERSION:
        raise BadInput(f"the mapping is of version {version}; this program reads version {VERSION}")
    rules = top.take("events", list, [])
    if not rules:
        raise BadInput("the mapping has no events")
    mapping = RecordMapping(
        name=_name(top.text("name")),
        source=_source(top.object("source")),
        session=_session(top.object("session")),
        events=tuple(_event(_Object(rule, f"events {number}")) for number, rule in enumerate(rules, 1)),
        recognise=tuple(checked_column(one, "recognise") for one in top.take("recognise", list, [])),
    )
    top.require_empty()
    return mapping


def to_json(mapping: RecordMapping) -> dict[str, Any]:
    source, session = mapping.source, mapping.session
    return {
        "branchline_mapping": VERSION,
        "name": mapping.name,
        "recognise": list(mapping.recognise),
        "source": _filled(
            encoding=source.encoding, separator=source.separator, records=source.records, table=source.table,
            query=source.query,
        ),
        "session": _filled(id=session.id, title=session.title, subject=session.subject, ordered=session.ordered),
        "events": [_event_json(rule) for rule in mapping.events],
    }  # fmt: skip


class _Object:
    """An object whose members are taken one by one; what is left over was misspelt."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, MappingABC):
            raise BadInput(f"{where} is no JSON object")
        self._left, self.where = dict(value), where

    def take(self, name: str, kind: type, usual: Any) -> Any:
        value = self._left.pop(name, usual)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadInput(f"{self.where}: {name} is not what it should be ({kind.__name__})")
        return value

    def any(self, name: str) -> Any:
        return self._left.pop(name, None)

    def text(self, name: str, usual: str = "") -> str:
        return str(self.take(name, str, usual))

    def column(self, name: str) -> str:
        value = self._left.pop(name, "")
        return checked_column(value, f"{self.where}: {name}") if value != "" else ""

    def object(self, name: str) -> _Object:
        return _Object(self._left.pop(name, {}), f"{self.where}: {name}" if self.where != "the mapping" else name)

    def items(self) -> list[tuple[str, Any]]:
        found, self._left = list(self._left.items()), {}
        return found

    def require_empty(self) -> None:
        if self._left:
            raise BadInput(f"{self.where} has an unknown member {next(iter(self._left))!r}")


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > 60:
        raise BadInput("a mapping needs a name of 1 to 60 letters")
    return name


def _source(found: _Object) -> SourceRule:
    rule = SourceRule(
        encoding=found.text("encoding", "utf-8").lower(),
        separator=found.text("separator"),
        records=found.text("records"),
        table=found.text("table"),
        query=found.text("query"),
    )
    found.require_empty()
    if rule.encoding not in ENCODINGS:
        raise BadInput(f"source: there is no encoding {rule.encoding!r}; there are {', '.join(ENCODINGS)}")
    if len(rule.separator) > 1:
        raise BadInput("source: a separator is one character")
    steps_of(rule.records.removesuffix(MEMBERS))
    return rule


def _session(found: _Object) -> SessionRule:
    rule = SessionRule(
        id=found.column("id"),
        title=found.column("title"),
        subject=found.column("subject"),
        ordered=found.take("ordered", bool, usual=False),
    )
    found.require_empty()
    return rule


def _event(found: _Object) -> EventRule:
    rule = EventRule(
        type=_choice(found.any("type"), f"{found.where}: type"),
        actor=_choice(found.any("actor"), f"{found.where}: actor"),
        when=tuple(_condition(_Object(one, f"{found.where}: when")) for one in found.take("when", list, [])),
        each=found.text("each"),
        time=_time(found.any("time"), f"{found.where}: time"),
        id=found.column("id"),
        parent=found.column("parent"),
        data={name: _member(member, f"{found.where}: {name}") for name, member in found.object("data").items()},
    )
    found.require_empty()
    steps_of(rule.each)
    for actor in (*rule.actor.values.values(), rule.actor.otherwise):
        if actor is not None and actor not in ACTORS:
            raise BadInput(f"{found.where}: {actor!r} is no actor: {', '.join(sorted(ACTORS))}")
    if rule.parent and not rule.id:
        raise BadInput(f"{found.where}: a parent needs an id too")
    return rule


def _choice(value: Any, where: str) -> Choice:
    if isinstance(value, str) and value:
        return Choice(otherwise=value)
    found = _Object(value, where)
    table = found.take("values", dict, {})
    otherwise = found.any("otherwise")
    choice = Choice(
        column=found.column("column"),
        values={text_of(key).casefold(): text_of(one) for key, one in table.items()},
        otherwise=None if otherwise is None else text_of(otherwise),
    )
    found.require_empty()
    if not choice.column:
        raise BadInput(f"{where} names no column")
    return choice


def _condition(found: _Object) -> Condition:
    condition = Condition(
        column=found.column("column"),
        values=frozenset(text_of(one).casefold() for one in found.take("is", list, [])),
    )
    found.require_empty()
    if not condition.column:
        raise BadInput(f"{found.where} names no column")
    return condition


def _time(value: Any, where: str) -> TimeRule | None:
    if value is None:
        return None
    if isinstance(value, str):
        return TimeRule(checked_column(value, where))
    found = _Object(value, where)
    column, form, zone = found.column("column"), found.text("form", RFC3339), found.text("zone", "UTC")
    found.require_empty()
    return TimeRule(checked_column(column, where), form, zone)


def _member(value: Any, where: str) -> Member:
    if isinstance(value, str):
        return Member(checked_column(value, where))
    found = _Object(value, where)
    column, kind, constant = found.column("column"), found.text("as", KINDS[0]), found.any("constant")
    found.require_empty()
    if kind not in KINDS:
        raise BadInput(f"{where}: {kind!r} is no kind of value: {', '.join(KINDS)}")
    if bool(column) == (constant is not None):
        raise BadInput(f"{where} needs either a column or a constant")
    return Member(column, kind, constant)


def _event_json(rule: EventRule) -> dict[str, Any]:
    time = rule.time
    return _filled(
        each=rule.each,
        when=[_filled(column=one.column, **({"is": sorted(one.values)} if one.values else {})) for one in rule.when],
        type=_choice_json(rule.type),
        actor=_choice_json(rule.actor),
        time=_filled(column=time.column, form=time.form, zone=time.zone) if time else None,
        id=rule.id,
        parent=rule.parent,
        data={name: _member_json(member) for name, member in rule.data.items()},
    )


def _choice_json(choice: Choice) -> Any:
    if not choice.column:
        return choice.otherwise
    told = {"column": choice.column, "values": dict(choice.values)}
    return told if choice.otherwise is None else {**told, "otherwise": choice.otherwise}


def _member_json(member: Member) -> Any:
    if not member.column:
        return {"constant": member.constant}
    return member.column if member.kind == KINDS[0] else {"column": member.column, "as": member.kind}


def _filled(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in ("", None, [], {}, False)}


def with_source(mapping: RecordMapping, changes: Mapping[str, str]) -> RecordMapping:
    """The mapping with a table, query or encoding of its source changed. Raises BadInput."""
    told = to_json(mapping)
    told["source"] = {**told["source"], **changes}
    return parse(told)
