"""Events on their way into rows and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from app.adapters.store.canonical import canonical
from app.adapters.store.chain import SALT_BYTES
from app.adapters.store.failures import Unreadable
from app.adapters.store.kinds import checked_label, require_text
from app.adapters.store.packed_ids import unpack, unpack_optional
from app.domain.errors import BadInput, StoreUnusable
from app.domain.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.kinds import KindReader, Label
    from app.adapters.store.names import NameReader
    from app.adapters.store.streams import Stream
    from app.domain.events import NewEvent
    from app.domain.vocabulary import Upcasters

_TIME_LIMIT: Final = 2**62


class Prepared(NamedTuple):
    """An event that can be stored: checked, its payload in canonical bytes."""

    event: NewEvent
    payload: bytes
    label: Label

    @property
    def identity(self) -> tuple[str, str]:
        return self.event.source, self.event.id


def prepare(event: NewEvent) -> Prepared:
    """Check an event before any lock is taken. Raises ``BadInput``."""
    try:
        label = checked_label(event.type, event.version, event.actor, event.classification, event.source, event.subject)
        _require_own(event)
        payload = canonical(event.data)
    except BadInput as error:
        raise BadInput(f"event {event.id!r} of {event.source!r} cannot be stored: {error}") from error
    return Prepared(event, payload, label)


def _require_own(event: NewEvent) -> None:
    """Check what no other event shares."""
    if not event.id:
        raise BadInput("an event needs an id, a source and a type")
    if not event.id.isprintable():  # the quick test; most texts pass it
        require_text(event.id)
    for text in (event.causation_id, event.correlation_id):
        if text is not None and not text.isprintable():
            require_text(text)
    for moment in (event.time, event.recorded_at):
        if moment is not None and not -_TIME_LIMIT < moment < _TIME_LIMIT:
            raise BadInput("its time is out of range")
    if event.salt is not None and len(event.salt) != SALT_BYTES:
        raise BadInput(f"its salt has {len(event.salt)} bytes instead of {SALT_BYTES}")


def is_countable(moment: int | None) -> bool:
    """Whether a time, if there is one, can be counted from any other in 64 bits."""
    return moment is None or -_TIME_LIMIT < moment < _TIME_LIMIT


def damaged(position: object, stream: Stream) -> StoreUnusable:
    """What to say of an event that cannot be read."""
    return StoreUnusable(
        f"the event at position {position} of branch {stream.id} is damaged: "
        "run `branchline verify` to see what else is"
    )


class EventReader:
    """Rows -> events, lifted to the newest version of their type."""

    def __init__(self, names: NameReader, kinds: KindReader, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._names = names
        self._kinds = kinds
        self._payloads = payloads
        self._upcasters = upcasters

    def events(self, connection: Connection, stream: Stream, rows: Iterable[Sequence[Any]]) -> list[Event]:
        """Events of rows with the columns of ``statements.EVENT_COLUMNS``. Raises ``StoreUnusable`` at damage."""
        events = []
        for row in rows:
            try:
                events.append(self._event(connection, stream, row))
            except (Unreadable, msgspec.DecodeError, LookupError, TypeError, AttributeError) as error:
                raise damaged(row[0], stream) from error
        return events

    def _event(self, connection: Connection, stream: Stream, row: Sequence[Any]) -> Event:
        (position, event_id, source, kind_no, subject, time, recorded, causation_id, correlation_id, encoding, stored,
         event_hash) = row  # fmt: skip
        data = {} if stored is None else _decode(self._payloads.payload(connection, encoding, stored))
        name = self._names.text
        event_type, version, actor, classification = self._kinds.kind(connection, kind_no)
        if self._upcasters:
            version, data = self._upcasters.lift(event_type, version, data)
        return Event(
            id=unpack(event_id),
            source=name(connection, source),
            type=event_type,
            version=version,
            session=stream.session,
            branch=stream.id,
            position=position,
            subject=None if subject is None else name(connection, subject),
            time=None if time is None else time + stream.epoch,
            recorded_at=recorded + stream.created_at,
            actor=actor,
            causation_id=unpack_optional(causation_id),
            correlation_id=unpack_optional(correlation_id),
            classification=classification,
            hash=event_hash.hex(),
            data=data,
        )


_decode: Final[Any] = msgspec.json.Decoder(dict[str, Any]).decode
