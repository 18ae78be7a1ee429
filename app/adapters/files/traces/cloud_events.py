"""CloudEvents 1.0 in JSON: one event, a batch, or one event a line. Read by own code: the SDK fills in missing times.

A session is what an extension names as one (``session``, ``conversationid`` …), else the events of one source about one
subject. Branchline's own types come back as what they were; others stay as they are, under their own names.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.cloud_lines import PREFIX
from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.moments import moment
from app.adapters.files.traces.streams import Outside, actor_of, payload, read_streams
from app.domain.errors import BadInput
from app.domain.events import MAIN, SIDE_STREAMS, NewEvent
from app.domain.vocabulary import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_REQUIRED: Final = ("id", "source", "type")
_STORIES: Final = ("session", "sessionid", "conversationid", "threadid", "correlationid", "partitionkey")
_ENVELOPE: Final = frozenset({
    "specversion", "id", "source", "type", "subject", "time", "data", "data_base64", "session", "sequence", "actor",
    "causationid", "correlationid", "dataclassification",
})  # fmt: skip
_OWN: Final = frozenset({"branch", "recordedtime", "prevhash", "hash", "salt", "typeversion", "timemicroseconds"})
_CLASSES: Final = {"public": "public", "internal": "internal", "confidential": "personal", "restricted": "secret"}
_LINES: Final = frozenset({f"{PREFIX}{name}" for name in ("manifest.v2", "session.v1", "branch.v1", "attachment.v1")})
"""Lines of Branchline's own export that are no events."""


class CloudEventsFormat:
    """Recognised by the four members that every CloudEvent has."""

    name = "cloudevents"
    title = "CloudEvents (JSON, lines, batches)"

    def recognises(self, head: bytes) -> bool:
        return {"specversion", "id", "source", "type"} <= key_paths(head)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        def read(record: Any) -> Iterator[Outside]:
            if isinstance(record, dict) and str(record.get("type")) in _LINES:
                notes.missed("cloudevents: lines of an export of Branchline that are no events")
                return
            yield outside(record)

        yield from read_streams(self.name, path, notes, read)


def outside(record: Any) -> Outside:
    """One CloudEvent; a member that is null counts as missing. Raises BadInput, which names the event where it can."""
    if not isinstance(record, dict):
        raise BadInput("this is no object")
    told = {key: value for key, value in record.items() if value is not None}
    if told.get("specversion") != "1.0":
        raise BadInput(f"the event is of version {str(told.get('specversion'))[:20]} of CloudEvents; 1.0 is read")
    for key in _REQUIRED:
        if not isinstance(told.get(key), str) or not told[key]:
            raise BadInput(f"the event has no {key}")
    kind, version = _type(told)
    subject = told.get("subject")
    subject = subject if isinstance(subject, str) and subject else None
    data = _data(told)
    own = kind in EVENT_TYPES
    beside = {key: value for key, value in told.items() if key not in _ENVELOPE and not (own and key in _OWN)}
    beside.pop("datacontenttype", None) if beside.get("datacontenttype") == "application/json" else None
    time = moment(told.get("time"))
    if time is None and "time" in told:
        beside["time"] = told["time"]
    event = NewEvent(
        id=told["id"],
        source=told["source"],
        type=kind,
        version=version,
        data=payload(data, beside, "cloudevent"),
        actor=actor_of(kind, data, told.get("actor")),
        subject=subject,
        time=time,
        causation_id=_text(told, "causationid"),
        correlation_id=_text(told, "correlationid"),
        classification=_CLASSES.get(str(told.get("dataclassification"))),
    )
    story, title = _story(told, subject)
    return Outside(story=story, title=title, event=event, order=_order(told), branch=_branch(told) if own else "")


def _type(told: Mapping[str, Any]) -> tuple[str, int]:
    """Branchline's own name without what makes it one of CloudEvents; others as they are."""
    kind = told["type"]
    name, _, number = kind.removeprefix(PREFIX).rpartition(".v")
    if kind.startswith(PREFIX) and name in EVENT_TYPES and number.isdecimal() and number.isascii() and len(number) < 6:
        return name, int(number)
    version = told.get("typeversion")
    return kind, version if isinstance(version, int) and not isinstance(version, bool) and 0 < version < 10**6 else 1


def _data(told: Mapping[str, Any]) -> Any:
    if "data_base64" not in told:
        return told.get("data")
    if "data" in told:
        raise BadInput(f"event {told['id']} has both data and data_base64")
    try:
        base64.b64decode(told["data_base64"], validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise BadInput(f"event {told['id']}: data_base64 is not written in base64") from None
    return {"data_base64": told["data_base64"]}


def _story(told: Mapping[str, Any], subject: str | None) -> tuple[str, str]:
    for name in _STORIES:
        if (value := _text(told, name)) is not None:
            return value, f"{value} ({told['source']})"
    source = told["source"]
    return (f"{source} {subject}", f"{subject} ({source})") if subject else (source, source)


def _order(told: Mapping[str, Any]) -> int | None:
    value = told.get("sequence")
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 20 else None


def _branch(told: Mapping[str, Any]) -> str:
    """Branchline's own branch: "" for main; main and the side streams are called by their session and their name."""
    branch = _text(told, "branch") or MAIN
    name = branch.removeprefix(f"{_text(told, 'session')}/")
    return "" if name == MAIN else name if name in SIDE_STREAMS else branch


def _text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    return value if isinstance(value, str) and value else None
