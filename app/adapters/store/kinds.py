"""What an event is (type, version, actor, classification), and the number that stands for it in rows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, select

from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run
from app.adapters.store.statements import NO_NAME
from app.adapters.store.tables import kind_table, name_table
from app.domain.errors import BadInput
from app.domain.events import CLASSIFICATIONS
from app.domain.vocabulary import default_classification

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.names import NameWriter
    from app.adapters.store.statements import WriteStatements

# Places in these tuples are stored: entries may be added at the end, never moved.
ACTORS: Final = ("user", "assistant", "agent", "system", "tool", "analyst")
_ACTOR_CODES: Final = {actor: code for code, actor in enumerate(ACTORS)}
_CLASSIFICATION_CODES: Final = {name: code for code, name in enumerate(CLASSIFICATIONS)}
_INT32: Final = 2**31
_KEPT: Final = 10_000

_KIND: Final = (
    select(name_table.c.text, kind_table.c.version, kind_table.c.actor, kind_table.c.classification)
    .join_from(kind_table, name_table, kind_table.c.type == name_table.c.no)
    .where(kind_table.c.no == bindparam("no"))
)


class Kind(NamedTuple):
    """What is the same for very many events."""

    type: str
    version: int
    actor: str
    classification: str


class Label(NamedTuple):
    """All of an event that is said of many others too."""

    kind: Kind
    source: str
    subject: str | None


@lru_cache(maxsize=4_096)
def checked_label(
    event_type: str, version: int, actor: str, classification: str | None, source: str, subject: str | None
) -> Label:
    """The label of an event that is handed in. Raises ``BadInput``."""
    if not event_type or not source:
        raise BadInput("an event needs an id, a source and a type")
    for text in (event_type, source, subject):
        require_text(text or "")
    if actor not in _ACTOR_CODES:
        raise BadInput(f"unknown actor {actor!r}; known are {', '.join(ACTORS)}")
    classification = classification or default_classification(event_type)
    if classification not in _CLASSIFICATION_CODES:
        raise BadInput(f"unknown classification {classification!r}")
    if not 0 <= version < _INT32:
        raise BadInput(f"the version {version} is out of range")
    return Label(Kind(event_type, version, actor, classification), source, subject)


def require_text(text: str) -> None:
    """Raise ``BadInput`` for text that databases cannot hold: NUL characters, lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInput(f"the text {text!r} is not valid Unicode") from error
    if "\0" in text:
        raise BadInput(f"the text {text!r} holds a NUL character")


def kind_of_row(event_type: str, version: int, actor: int, classification: int) -> Kind:
    """Raises ``Unreadable`` for places in the tuples that do not exist."""
    if not (0 <= actor < len(ACTORS) and 0 <= classification < len(CLASSIFICATIONS)):
        raise Unreadable(f"actor {actor} or classification {classification} is unknown")
    return Kind(event_type, version, ACTORS[actor], CLASSIFICATIONS[classification])


class KindReader:
    """Number -> kind. Rows never change, so what was read once stays true."""

    def __init__(self) -> None:
        self._kinds: dict[int, Kind] = {}

    def kind(self, connection: Connection, number: int) -> Kind:
        kind = self._kinds.get(number)
        if kind is None:
            row = connection.execute(_KIND, {"no": number}).one_or_none()
            if row is None:
                raise Unreadable(f"kind {number} is missing")
            kind = self._kinds[number] = kind_of_row(*row)
        return kind


class LabelWriter:
    """Label -> the numbers that rows hold, giving new kinds and texts a number. For the holder of the write lock."""

    def __init__(self, sql: WriteStatements, names: NameWriter) -> None:
        self._sql, self._names = sql, names
        self.forget()

    def numbers(self, connection: Connection, label: Label) -> tuple[int, int, int]:
        """Those of source, kind and subject, which may be ``NO_NAME``."""
        numbers = self._numbers.get(label)
        if numbers is None:
            kind, source, subject = label
            number = self._names.number
            of_subject = NO_NAME if subject is None else number(connection, subject)
            numbers = number(connection, source), self._find_or_add(connection, kind), of_subject
            if len(self._numbers) >= _KEPT:
                self._numbers.clear()
            self._numbers[label] = numbers
        return numbers

    def forget(self) -> None:
        """Drop what was learned: a transaction that may have added kinds was rolled back."""
        self._numbers: dict[Label, tuple[int, int, int]] = {}

    def _find_or_add(self, connection: Connection, kind: Kind) -> int:
        row = (
            self._names.number(connection, kind.type),
            kind.version,
            _ACTOR_CODES[kind.actor],
            _CLASSIFICATION_CODES[kind.classification],
        )
        found = run(connection, self._sql.kind_number, row).fetchone()
        if found is None:
            found = run(connection, self._sql.free_kind).fetchone()
            run(connection, self._sql.insert_kind, (*found, *row))
        return int(found[0])
