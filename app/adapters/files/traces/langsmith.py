"""Runs of LangSmith: bodies of its ingestion (``post`` at the start, ``patch`` at the end) and exports, one a line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.adapters.files.json_shape import key_paths
from app.adapters.files.traces.langsmith_steps import opinions_of, step_of
from app.adapters.files.traces.sessions import Gathered
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPES: Final = (
    frozenset({"post[].trace_id", "post[].run_type"}),
    frozenset({"patch[].trace_id", "patch[].dotted_order"}),
    frozenset({"run_type", "trace_id"}),
    frozenset({"run_type", "dotted_order"}),
    frozenset({"runs[].run_type", "runs[].trace_id"}),
    frozenset({"post[].dotted_order"}),
)


class LangSmithFormat:
    """Recognised by runs with a ``run_type`` and a trace."""

    name = "langsmith"
    title = "LangSmith runs"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return any(paths >= shape for shape in _SHAPES)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        runs: dict[str, tuple[int, dict[str, Any]]] = {}
        try:
            for record in records(path):
                try:
                    if record.problem is not None:
                        raise BadInput(record.problem)
                    _take(strict_json.decode(record.raw), record.line, runs, notes)
                except JSON_ERRORS as error:
                    notes.quarantine(record.line, explain(error))
        except JSON_ERRORS as error:
            notes.quarantine(None, explain(error))
        with closing(Gathered(self.name, notes)) as gathered:
            for line, run in runs.values():
                try:
                    gathered.take(step_of(run))
                except BadInput as error:
                    notes.quarantine(line, str(error))
                    continue
                if project := run.get("session_name"):
                    gathered.about.setdefault(str(run.get("trace_id") or run["id"]), {"project": project})
                for opinion in opinions_of(run):
                    gathered.judge(opinion)
            yield from gathered.sessions()


def _take(record: Any, line: int, runs: dict[str, tuple[int, dict[str, Any]]], notes: ImportNotes) -> None:
    """Put what was told at a run's start and at its end together: the end knows better what it knows at all."""
    if not isinstance(record, dict):
        raise BadInput("this is no object")
    lists = [record[key] for key in ("post", "patch", "runs") if isinstance(record.get(key), list)]
    found = [one for some in lists for one in some] if lists else [record]
    for run in found:
        own = run.get("id") if isinstance(run, dict) else None
        if not isinstance(own, str) or not own:
            notes.quarantine(line, "a run has no id")
            continue
        _, known = runs.setdefault(own, (line, {}))
        if not known:
            notes.saw("runs")
        known.update({key: value for key, value in run.items() if value not in (None, {}, [], "") or key not in known})
