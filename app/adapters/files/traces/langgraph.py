"""Threads of LangGraph: its checkpoint database, and the history of states that its API gives as JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import strict_json
from app.adapters.files.drafting import SessionWriter, shortened, source_of
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.checkpoint_blobs import decoded, plain
from app.adapters.files.traces.checkpoint_db import SIGNATURE, opened
from app.adapters.files.traces.checkpoint_story import Checkpoint, Thread
from app.adapters.files.traces.moments import moment
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from app.adapters.files.traces.checkpoint_db import Database, Row
    from app.application.ports import ImportNotes, SessionDraft

_NAME: Final = "langgraph"
_PLACES: Final = ("config.configurable.checkpoint_id", "checkpoint.checkpoint_id")
_KINDS: Final = {"__error__": "langgraph.task-failed", "__interrupt__": "langgraph.task-interrupted"}


class LangGraphFormat:
    """Recognised by SQLite's first bytes and the columns of its table of checkpoints."""

    name = _NAME
    title = "LangGraph checkpoints (SQLite)"

    def recognises(self, head: bytes) -> bool:
        return head.startswith(SIGNATURE) and b"parent_checkpoint_id" in head and b"thread_id" in head

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        try:
            with opened(path) as database:
                for thread, rows in groupby(database.rows(), key=lambda row: row.thread):
                    draft = _thread(thread, list(_decoded(rows, notes)), database, notes)
                    if draft is not None:
                        yield draft
        except BadInput as error:
            notes.quarantine(None, str(error))


class LangGraphHistoryFormat:
    """Recognised by states with the checkpoint that each was taken from."""

    name = "langgraph-history"
    title = "LangGraph state history (JSON)"

    def recognises(self, head: bytes) -> bool:
        if not all(name in head for name in (b'"checkpoint_id"', b'"thread_id"', b'"values"')):
            return False
        return any(path.endswith(_PLACES) for path in key_paths(head))

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        threads: dict[str, dict[str, Checkpoint]] = {}
        try:
            for record in records(path):
                try:
                    if record.problem is not None:
                        raise BadInput(record.problem)
                    for state in _states(strict_json.decode(record.raw)):
                        notes.saw("checkpoints")
                        thread, one = _of_state(state)
                        threads.setdefault(thread, {}).setdefault(one.id, one)
                except JSON_ERRORS as error:
                    notes.quarantine(record.line, explain(error))
        except JSON_ERRORS as error:
            notes.quarantine(None, explain(error))
        for thread, found in threads.items():
            draft = _thread(thread, sorted(found.values(), key=lambda one: one.id), None, notes)
            if draft is not None:
                yield draft


def _thread(
    thread: str, checkpoints: list[Checkpoint], database: Database | None, notes: ImportNotes
) -> SessionDraft | None:
    if not checkpoints:
        return None
    by_id = {one.id: one for one in checkpoints}
    if database is not None and database.is_table("writes"):
        for own, channel, kind, blob in database.interruptions(thread):
            if own in by_id:
                by_id[own].told.append((_KINDS[channel], _tried(kind, blob)))
    notes.saw("threads")
    writer = SessionWriter(source_of(_NAME), thread)
    try:
        return Thread(writer, notes, _NAME).tell(checkpoints)
    except BadInput as error:
        notes.quarantine(None, f"thread {shortened(thread)}: {error}")
        return None


def _decoded(rows: Iterable[Row], notes: ImportNotes) -> Iterator[Checkpoint]:
    """The checkpoints of a thread's own graph; those of graphs within it repeat what it holds."""
    for row in rows:
        notes.saw("checkpoints")
        if row.namespace:
            notes.missed("langgraph: checkpoints of graphs within the graph")
            continue
        try:
            yield _checkpoint(row)
        except BadInput as error:
            notes.quarantine(None, f"thread {shortened(row.thread)}, checkpoint {shortened(row.id)}: {error}")


def _checkpoint(row: Row) -> Checkpoint:
    if row.blob is None:
        raise BadInput("it is missing, or larger than 64 MiB")
    content = decoded(row.kind, row.blob)
    if not isinstance(content, dict) or not isinstance(content.get("channel_values", {}), dict):
        raise BadInput("it does not hold the values of channels")
    metadata = _metadata(row.metadata)
    return Checkpoint(
        id=row.id,
        parent=row.parent,
        time=moment(content.get("ts")),
        values=content.get("channel_values", {}),
        source=str(metadata.get("source", "")),
        step=metadata.get("step"),
    )


def _metadata(stored: Any) -> dict[str, Any]:
    """JSON in current versions, msgpack in some older ones."""
    content = stored.encode() if isinstance(stored, str) else stored
    for kind in ("json", "msgpack"):
        try:
            found = decoded(kind, content) if isinstance(content, bytes) else None
        except BadInput:
            continue
        if isinstance(found, dict):
            return found
    return {}


def _tried(kind: str | None, blob: bytes) -> Any:
    try:
        return decoded(kind, blob)
    except BadInput as error:
        return f"(not read: {error})"


def _states(record: Any) -> Iterator[Any]:
    """One state, or mappings of threads to lists of them. Raises BadInput where there is none."""
    if not isinstance(record, dict) or "values" in record:
        yield record
        return
    found = [state for states in record.values() if isinstance(states, list) for state in states]
    if not found:
        raise BadInput("there are no states of a thread")
    yield from found


def _of_state(state: Any) -> tuple[str, Checkpoint]:
    here = _place(state, "config", "checkpoint")
    values = state.get("values") if isinstance(state, dict) else None
    if here is None or not isinstance(values, dict):
        raise BadInput("a state does not tell its checkpoint and its values")
    before = _place(state, "parent_config", "parent_checkpoint")
    metadata = state.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    one = Checkpoint(
        id=here[1],
        parent=before[1] if before is not None else None,
        time=moment(state.get("created_at")),
        values=plain(values),
        source=str(metadata.get("source", "")),
        step=metadata.get("step"),
    )
    return here[0], one


def _place(state: Any, *keys: str) -> tuple[str, str] | None:
    """(thread, checkpoint) of the first of ``keys`` that tells them."""
    for key in keys:
        found = state.get(key) if isinstance(state, dict) else None
        found = found.get("configurable", found) if isinstance(found, dict) else {}
        if isinstance(found, dict) and isinstance(found.get("checkpoint_id"), str):
            return str(found.get("thread_id", "")), found["checkpoint_id"]
    return None
