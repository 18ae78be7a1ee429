"""OTLP traces and logs in JSON: one request, or one a line, as the file exporter of OpenTelemetry writes them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from app.adapters.files import strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.log_steps import (
    content_id,
    is_opinion,
    opinion_of_log,
    step_beside,
    step_of_logs,
    tells_a_call,
)
from app.adapters.files.traces.otlp_records import RawLog, RawSpan, records_in
from app.adapters.files.traces.sessions import Gathered
from app.adapters.files.traces.shelf import Place, Shelf
from app.adapters.files.traces.span_steps import checked, merged, opinions_of
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPES = (
    frozenset({"resourceSpans[].scopeSpans[].spans[].spanId"}),
    frozenset({"resourceSpans[].instrumentationLibrarySpans[].spans[].spanId"}),
    frozenset({"resourceLogs[].scopeLogs[].logRecords[].body"}),
    frozenset({"resourceLogs[].scopeLogs[].logRecords[].timeUnixNano"}),
)


class OtlpJsonFormat:
    """Recognised by ``resourceSpans`` or ``resourceLogs`` with what lies below them."""

    name = "otlp"
    title = "OpenTelemetry traces and logs (OTLP/JSON)"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        known = any(paths >= shape for shape in _SHAPES)
        return known or any(path.startswith(("resourceSpans[].", "resourceLogs[].")) for path in paths)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        with closing(SpansAndLogs(self.name, notes)) as gathering:
            try:
                for record in records(path):
                    try:
                        if record.problem is not None:
                            raise BadInput(record.problem)
                        gathering.take(records_in(strict_json.decode(record.raw)), record.line)
                    except JSON_ERRORS as error:
                        notes.quarantine(record.line, explain(error))
            except JSON_ERRORS as error:
                notes.quarantine(None, explain(error))
            yield from gathering.sessions()


class SpansAndLogs:
    """Gathers the records of a file; spans and the logs about them come in any order. To be closed."""

    def __init__(self, name: str, notes: ImportNotes) -> None:
        self._notes, self._name = notes, name
        self._gathered = Gathered(name, notes)
        self._shelf = Shelf()
        self._calls: dict[tuple[str, str], list[Place]] = {}
        self._logs: set[str] = set()
        self._loose = ""

    def close(self) -> None:
        self._shelf.close()
        self._gathered.close()

    def take(self, found: Iterable[RawSpan | RawLog | BadInput], line: int | None) -> None:
        """Raises BadInput when there are more than can be held."""
        for record in found:
            if isinstance(record, BadInput):
                self._notes.quarantine(line, str(record))
            elif isinstance(record, RawLog):
                self._log(record)
            else:
                self._span(record, line)

    def sessions(self) -> Iterator[SessionDraft]:
        gathered = self._gathered
        for (trace, own), places in self._calls.items():
            try:
                step = step_of_logs(trace, own, map(self._shelf.get, places))
                span = gathered.get(trace, own)
                if span is None:
                    gathered.take(step)
                else:
                    merged(span, step)
                    gathered.put_back(span)
            except JSON_ERRORS as error:
                self._notes.quarantine(None, explain(error))
        yield from gathered.sessions()

    def _span(self, span: RawSpan, line: int | None) -> None:
        self._notes.saw("spans")
        try:
            step = checked(span)
            opinions = list(opinions_of(span))
        except BadInput as error:
            self._notes.quarantine(line, str(error))
            return
        if isinstance(service := span.resource.get("service.name"), str):
            self._gathered.about.setdefault(span.trace, {"service": service})
        self._gathered.take(step)
        for opinion in opinions:
            self._gathered.judge(opinion)

    def _log(self, log: RawLog) -> None:
        self._notes.saw("log records")
        own = content_id(log)
        if own in self._logs:
            self._notes.missed(f"{self._name}: log records that were delivered more than once (kept once)")
            return
        self._logs.add(own)
        if is_opinion(log):
            self._gathered.judge(opinion_of_log(log, own))
        elif tells_a_call(log):
            self._loose = self._loose or f"logs {own}"  # records without a trace are one conversation
            key = (log.trace, log.span) if log.span else (log.trace or self._loose, own)
            self._calls.setdefault(key, []).append(self._shelf.put(log))
        elif log.trace:
            self._gathered.take(step_beside(log, own))
        else:
            self._notes.missed(f"{self._name}: log records that name no trace and tell nothing of a conversation")
