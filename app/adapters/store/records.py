"""Events on their way into rows and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from app.adapters.store.canonical import canonical
from app.adapters.store.chain import SALT_BYTES
from app.adapters.store.failures import Unreadable
from app.domain.errors import BadInput, StoreUnusable
from app.domain.events import CLASSIFICATIONS, Event
from app.domain.vocabulary import default_classification

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.names import NameReader
    from app.adapters.store.streams import Stream
    from app.domain.events import NewEvent
    from app.domain.vocabulary import Upcasters

# Places in these tuples are stored: entries may be added at the end, never moved.
ACTORS: Final = ("user", "assistant", "agent", "system", "tool", "analyst")
_ACTOR_CODES: Final = {actor: code for code, actor in enumerate(ACTORS)}
_CLASSIFICATION_CODES: Final = {name: code for code, name in enumerate(CLASSIFICATIONS)}

_INT64: Final = 2**63
_INT32: Final = 2**31


class Prepared(NamedTuple):
    """An event that can be stored: checked, its payload in canonical bytes."""

    event: NewEvent
    payload: bytes
    actor: int
    classification: int

    @property
    def identity(self) -> tuple[str, str]:
        return self.event.source, self.event.id


def prepare(event: NewEvent) -> Prepared:
    """Check an event before any lock is taken. Raises ``BadInput``."""
    actor = _ACTOR_CODES.get(event.actor)
    if actor is None:
        raise BadInput(f"event {event.id} has the unknown actor {event.actor!r}; known are {', '.join(ACTORS)}")
    classification = _CLASSIFICATION_CODES.get(event.classification or default_classification(event.type))
    if classification is None:
        raise BadInput(f"event {event.id} has the unknown classification {event.classification!r}")
    _require_texts(event)
    _require_numbers(event)
    try:
        payload = canonical(event.data)
    except BadInput as error:
        raise BadInput(f"event {event.id} of {event.source} cannot be stored: {error}") from error
    return Prepared(event, payload, actor, classification)


def _require_texts(event: NewEvent) -> None:
    if not event.id or not event.source or not event.type:
        raise BadInput("an event needs an id, a source and a type")
    for text in (event.id, event.source, event.type, event.subject, event.causation_id, event.correlation_id):
        if text is not None and not text.isprintable():  # the quick test; most texts pass it
            require_text(text)


def require_text(text: str) -> None:
    """Raise ``BadInput`` for text that databases cannot hold: NUL characters, lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInput(f"the text {text!r} is not valid Unicode") from error
    if "\0" in text:
        raise BadInput(f"the text {text!r} holds a NUL character")


def _require_numbers(event: NewEvent) -> None:
    for number in (event.time, event.recorded_at):
        if number is not None and not -_INT64 < number < _INT64:
            raise BadInput(f"event {event.id} has a time that is out of range")
    if not 0 <= event.version < _INT32:
        raise BadInput(f"event {event.id} has the version {event.version}, which is out of range")
    if event.salt is not None and len(event.salt) != SALT_BYTES:
        raise BadInput(f"event {event.id} has a salt of {len(event.salt)} bytes instead of {SALT_BYTES}")


class EventReader:
    """Rows -> events, lifted to the newest version of their type."""

    def __init__(self, names: NameReader, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._names = names
        self._payloads = payloads
        self._upcasters = upcasters

    def events(self, connection: Connection, stream: Stream, rows: Iterable[Sequence[Any]]) -> list[Event]:
        """Events of rows with the columns of ``statements.EVENT_COLUMNS``. Raises ``StoreUnusable`` at damage."""
        events = []
        for row in rows:
            try:
                events.append(self._event(connection, stream, row))
            except (Unreadable, msgspec.DecodeError, LookupError, TypeError, AttributeError) as error:
                raise StoreUnusable(
                    f"event {row[1]} at position {row[0]} of branch {stream.id} is damaged: "
                    "run `branchline verify` to see what else is"
                ) from error
        return events

    def _event(self, connection: Connection, stream: Stream, row: Sequence[Any]) -> Event:
        (position, event_id, source, type_no, version, actor, classification, subject, time, recorded_at,
         causation_id, correlation_id, encoding, stored, event_hash) = row  # fmt: skip
        data = {} if stored is None else _decode(self._payloads.payload(connection, encoding, stored))
        name = self._names.text
        event_type = name(connection, type_no)
        if self._upcasters:
            version, data = self._upcasters.lift(event_type, version, data)
        return Event(
            id=event_id,
            source=name(connection, source),
            type=event_type,
            version=version,
            session=stream.session,
            branch=stream.id,
            position=position,
            subject=None if subject is None else name(connection, subject),
            time=time,
            recorded_at=recorded_at,
            actor=ACTORS[actor],
            causation_id=causation_id,
            correlation_id=correlation_id,
            classification=CLASSIFICATIONS[classification],
            hash=event_hash.hex(),
            data=data,
        )


_decode: Final[Any] = msgspec.json.Decoder(dict[str, Any]).decode
