"""Events of KurrentDB (EventStoreDB): bodies of appends, feeds with their content, recorded events one a line.

A session is a stream. An append does not say to which stream; its events are one session by the id of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.moments import moment
from app.adapters.files.traces.said import parsed
from app.adapters.files.traces.streams import Outside, actor_of, payload, read_streams
from app.domain.errors import BadInput
from app.domain.events import NewEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPES: Final = (
    frozenset({"eventId", "eventType"}),
    frozenset({"entries[].eventType", "entries[].eventId"}),
    frozenset({"entries[].title", "headOfStream"}),
    frozenset({"streamId", "eventType", "eventNumber"}),
    frozenset({"streamId", "type", "revision"}),
)


class KurrentFormat:
    """Recognised by the names that its HTTP interface and its clients give to an event's parts."""

    name = "kurrentdb"
    title = "KurrentDB and EventStoreDB events"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return any(paths >= shape for shape in _SHAPES)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        nameless: list[str] = []

        def read(record: Any) -> Iterator[Outside | BadInput]:
            entries = record.get("entries") if isinstance(record, dict) else None
            for entry in entries if isinstance(entries, list) else [record]:
                try:
                    found = _outside(entry, nameless, notes)
                except BadInput as error:
                    yield error
                    continue
                if found is not None:
                    yield found

        yield from read_streams(self.name, path, notes, read)


def _outside(entry: Any, nameless: list[str], notes: ImportNotes) -> Outside | None:
    """None for what the database keeps for itself. Raises BadInput."""
    if not isinstance(entry, dict):
        raise BadInput("this is no object")
    kind = entry.get("eventType") or entry.get("type")
    own = entry.get("eventId") or entry.get("id")
    if "title" in entry and not entry.get("eventType"):
        raise BadInput("the feed holds only titles of events; read it with embed=body")
    if not isinstance(kind, str) or not kind or not isinstance(own, str) or not own:
        raise BadInput("an event has no type or no id")
    if kind.startswith("$"):
        notes.missed("kurrentdb: events of the database itself, and links")
        return None
    stream = entry.get("streamId") or entry.get("positionStreamId")
    if not isinstance(stream, str) or not stream:
        if not nameless:
            nameless.append(own)
            notes.missed("kurrentdb: the name of the stream (an append does not say it)")
        stream = f"append {nameless[0]}"
    metadata = parsed(entry.get("metadata", entry.get("metaData")))
    metadata = metadata if isinstance(metadata, dict) else {}
    data = parsed(entry.get("data"))
    event = NewEvent(
        id=own,
        source=f"urn:kurrentdb:{stream}",
        type=kind,
        data=payload(data, metadata, "metadata"),
        actor=actor_of(kind, data, metadata.get("actor")),
        subject=_first(metadata, "subject", "userId", "user_id", "customerId"),
        time=moment(entry.get("created") or entry.get("updated") or metadata.get("timestamp")),
        causation_id=_first(metadata, "$causationId", "causationId"),
        correlation_id=_first(metadata, "$correlationId", "correlationId"),
    )
    return Outside(story=stream, title=stream, event=event, order=_number(entry))


def _number(entry: Mapping[str, Any]) -> int | None:
    found = next((entry[key] for key in ("eventNumber", "revision", "positionEventNumber") if key in entry), None)
    text = str(found) if isinstance(found, (int, str)) and not isinstance(found, bool) else ""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 20 else None


def _first(values: Mapping[str, Any], *names: str) -> str | None:
    return next((values[name] for name in names if isinstance(values.get(name), str) and values[name]), None)
