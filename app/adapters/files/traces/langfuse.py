"""Traces of Langfuse: as its window downloads them, as its API gives them, and as batches for its ingestion."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.langfuse_batch import from_batch
from app.adapters.files.traces.langfuse_steps import opinion_of, step_of, text, trace_step
from app.adapters.files.traces.said import parsed
from app.adapters.files.traces.sessions import Gathered
from app.adapters.files.traces.span_steps import CONVERSATIONS, first
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPES: Final = (
    frozenset({"trace.id", "trace.timestamp"}),
    frozenset({"observations[].traceId", "observations[].type"}),
    frozenset({"id", "timestamp", "projectId", "sessionId"}),
    frozenset({"data[].timestamp", "data[].projectId"}),
    frozenset({"batch[].type", "batch[].body", "batch[].timestamp"}),
    frozenset({"traceId", "type", "startTime", "parentObservationId"}),
)
_ABOUT: Final = ("name", "environment", "release", "version", "tags", "metadata", "public", "bookmarked")


class LangfuseFormat:
    """Recognised by traces with observations, or by a batch of things that were created."""

    name = "langfuse"
    title = "Langfuse traces"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return any(paths >= shape for shape in _SHAPES)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        with closing(Gathered(self.name, notes)) as gathered:
            gathering = _Gathering(gathered)
            try:
                for record in records(path):
                    try:
                        if record.problem is not None:
                            raise BadInput(record.problem)
                        gathering.take(strict_json.decode(record.raw))
                    except JSON_ERRORS as error:
                        notes.quarantine(record.line, explain(error))
            except JSON_ERRORS as error:
                notes.quarantine(None, explain(error))
            yield from gathered.sessions()


class _Gathering:
    """Takes records of every form."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self._notes = gathered, gathered.notes

    def take(self, record: Any) -> None:
        if not isinstance(record, dict):
            raise BadInput("this is no object")
        if isinstance(record.get("batch"), list):
            for trace, observations in from_batch(record["batch"], self._notes):
                self._trace(trace, observations)
        elif isinstance(record.get("data"), list):
            for one in record["data"]:
                self._tried(one)
        elif isinstance(record.get("trace"), dict):
            self._trace(record["trace"], record.get("observations") or record["trace"].get("observations"))
        elif "traceId" in record and "startTime" in record:
            self._trace({"id": record["traceId"]}, [record])
        elif "timestamp" in record and "id" in record:
            self._trace(record, record.get("observations"))
        else:
            raise BadInput("this is neither a trace nor an observation")

    def _tried(self, record: Any) -> None:
        try:
            self.take(record)
        except BadInput as error:
            self._notes.quarantine(None, str(error))

    def _trace(self, trace: Mapping[str, Any], observations: Any) -> None:
        own = text(trace.get("id"))
        if not own:
            raise BadInput("a trace has no id")
        metadata = parsed(trace.get("metadata"))
        conversation = text(trace.get("sessionId")) or first(
            metadata if isinstance(metadata, dict) else {}, CONVERSATIONS
        )
        self._notes.saw("traces")
        spoken = False
        for observation in _objects(observations):
            self._notes.saw("observations")
            try:
                step = step_of(observation, own)
            except BadInput as error:
                self._notes.quarantine(None, f"trace {own}: {error}")
                continue
            step.conversation = conversation or step.conversation
            step.subject = text(trace.get("userId")) or None
            spoken = spoken or step.has_words
            self.gathered.take(step)
        if not spoken and (whole := trace_step(trace, own)) is not None:
            whole.conversation = conversation
            self.gathered.take(whole)
        told = {key: trace[key] for key in _ABOUT if trace.get(key) not in (None, [], {}, "", "{}")}
        if isinstance(metadata, dict) and "metadata" in told:
            told["metadata"] = {key: value for key, value in metadata.items() if key != "attributes"}
        self.gathered.about.setdefault(own, told)
        for key in ("scores", "corrections"):
            for score in _objects(trace.get(key)):
                self._notes.saw("scores")
                self.gathered.judge(opinion_of(score, own))


def _objects(value: Any) -> Iterable[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
