"""A batch for Langfuse's ingestion: what was created and later updated, put together by its ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.application.ports import ImportNotes

_TYPES: Final = {
    "span": "SPAN", "generation": "GENERATION", "event": "EVENT", "agent": "AGENT", "tool": "TOOL", "chain": "CHAIN",
    "retriever": "RETRIEVER", "evaluator": "EVALUATOR", "embedding": "EMBEDDING", "guardrail": "GUARDRAIL",
    "observation": "",
}  # fmt: skip


def from_batch(
    batch: Sequence[Any], notes: ImportNotes
) -> Iterator[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]]:
    """Traces with their observations; what only says how the ingestion went is counted."""
    traces: dict[str, dict[str, Any]] = {}
    observations: dict[str, dict[str, dict[str, Any]]] = {}
    for entry in batch:
        body = entry.get("body") if isinstance(entry, dict) else None
        if not isinstance(body, dict):
            notes.quarantine(None, "an entry of the batch has no body")
            continue
        kind, _, _ = str(entry.get("type", "")).partition("-")
        told = {key: value for key, value in body.items() if value is not None}
        if kind == "trace" and (own := str(body.get("id") or "")):
            traces.setdefault(own, {"timestamp": entry.get("timestamp")}).update(told)
        elif kind == "score" and (own := str(body.get("traceId") or "")):
            score = {"timestamp": entry.get("timestamp"), **told}
            traces.setdefault(own, {"timestamp": None}).setdefault("scores", []).append(score)
        elif kind in _TYPES and body.get("id"):
            of_trace = observations.setdefault(str(body.get("traceId") or body["id"]), {})
            known = of_trace.setdefault(str(body["id"]), {"type": _TYPES[kind]} if _TYPES[kind] else {})
            known.update(told)
        else:
            notes.missed("langfuse: entries of a batch that are neither traces, observations nor scores")
    for own in {**dict.fromkeys(traces), **dict.fromkeys(observations)}:
        yield {**traces.get(own, {}), "id": own}, list(observations.get(own, {}).values())
