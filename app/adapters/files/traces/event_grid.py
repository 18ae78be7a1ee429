"""Azure Event Grid events in their own schema; those in the schema of CloudEvents are read as such.

A session is the events of one topic about one subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.moments import moment
from app.adapters.files.traces.streams import Outside, actor_of, payload, read_streams
from app.domain.errors import BadInput
from app.domain.events import NewEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_REQUIRED: Final = ("id", "eventType", "subject")
_NO_TOPIC: Final = "urn:azure:eventgrid"
_BESIDE: Final = ("dataVersion", "metadataVersion")


class EventGridFormat:
    """Recognised by the members that the schema requires."""

    name = "event-grid"
    title = "Azure Event Grid events"

    def recognises(self, head: bytes) -> bool:
        return {"id", "eventType", "subject", "eventTime"} <= key_paths(head)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        yield from read_streams(self.name, path, notes, lambda record: [_outside(record)])


def _outside(record: Any) -> Outside:
    if not isinstance(record, dict):
        raise BadInput("this is no object")
    for key in _REQUIRED:
        if not isinstance(record.get(key), str) or not record[key]:
            raise BadInput(f"the event has no {key}")
    topic = record.get("topic")
    topic = topic if isinstance(topic, str) and topic else _NO_TOPIC
    kind, subject, data = record["eventType"], record["subject"], record.get("data")
    event = NewEvent(
        id=record["id"],
        source=topic,
        type=kind,
        data=payload(data, {key: record[key] for key in _BESIDE if key in record}, "eventgrid"),
        actor=actor_of(kind, data),
        subject=subject,
        time=moment(record.get("eventTime")),
    )
    return Outside(story=f"{topic} {subject}", title=f"{subject} ({topic.rpartition('/')[2]})", event=event)
