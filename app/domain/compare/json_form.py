"""The JSON form of a comparison: a contract that others script against; keys may be added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.compare.metrics import METRIC_NAMES, METRICS
from app.domain.compare.similarity import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.compare.comparison import Cell, ComparedBranch, Comparison
    from app.domain.compare.metrics import TurnMetrics
    from app.domain.compare.runs import Run
    from app.domain.compare.turns import Part

_WHOLE: Final = frozenset({
    "prompt_tokens", "tokens", "characters", "words", "truncated", "cut_short", "failed", "checks_passed", "tool_calls",
})  # fmt: skip
"""Metrics that count something."""


def comparison_json(
    comparison: Comparison, *, rows: Iterable[int] | None = None, order: Sequence[int] | None = None
) -> dict[str, Any]:
    """The whole comparison; ``rows`` and ``order`` (indexes) choose the turns told and how branches are ordered.

    ``state`` leads from the baseline's state to that of the second branch; ``states`` has one for every branch.
    """
    told = range(len(comparison.rows)) if rows is None else rows
    order = range(len(comparison.branches)) if order is None else order
    return {
        "session": comparison.session,
        "title": comparison.title,
        "baseline": comparison.names[0],
        "trunk": comparison.trunk,
        "trunk_turns": comparison.trunk_turns,
        "first_divergence": comparison.first_divergence,
        "divergence": {one.name: one.diverges_at for one in comparison.branches},
        "branches": [_branch(comparison.branches[number]) for number in order],
        "turns": [_row(comparison, number) for number in told],
        "turns_compared": len(comparison.rows),
        "turns_differing": len(comparison.differing),
        "state": _patch(comparison.branches[1]),
        "states": {one.name: _patch(one) for one in comparison.branches[1:]},
        "ranks": {one.name: one.ranks.to_json() for one in comparison.branches if one.ranks is not None},
        "jitter": {one.name: one.jitter.to_json() if one.jitter else None for one in comparison.branches[1:]},
        "similarity": NAME,
        "metrics": [
            {"name": one.name, "title": one.title, "unit": one.unit, "overall": one.overall, "better": one.better}
            for one in METRICS
        ],
    }


def _patch(branch: ComparedBranch) -> list[dict[str, Any]]:
    return [change.to_json() for change in branch.state]


def _branch(one: ComparedBranch) -> dict[str, Any]:
    metrics = one.metrics
    return {
        "branch": one.name,
        "id": one.branch.id,
        "parent": one.parent,
        "fork_position": one.branch.fork_position if one.parent is not None else None,
        "events": one.branch.head,
        "at": one.at,
        "settings": [{**used.setting.to_json(), "positions": list(used.positions)} for used in one.settings],
        "metrics": {
            "turns": metrics.turns,
            "answers": metrics.answers,
            **{name: _number(name, value) for name, value in metrics.values.items()},
            "checks": metrics.checks,
        },
        "known": {name: [told.known, told.of] for name, told in metrics.summaries.items()},
    }


def _number(name: str, value: float | None) -> float | None:
    return int(value) if name in _WHOLE and value is not None else value


def _row(comparison: Comparison, number: int) -> dict[str, Any]:
    row, names = comparison.rows[number], comparison.names
    cells = [(name, cell) for name, cell in zip(names, row.cells, strict=True) if cell is not None]
    return {
        "turn": comparison.trunk_turns + number + 1,
        "positions": {name: cell.turn.position for name, cell in cells},
        "same": row.same,
        "match": row.match,
        "spans": {name: [cell.turn.first, cell.turn.last] for name, cell in cells},
        "groups": [[names[one] for one in group] for group in row.groups],
        "cells": {name: _cell(cell) for name, cell in cells},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    turn = cell.turn
    return {
        "question": _part(turn.question) if turn.question is not None else None,
        "replies": [_part(part) for part in turn.replies],
        "runs": [_run(run) for run in turn.runs],
        "metrics": _metrics(cell.metrics),
        "ranks": [change.to_json() for change in cell.ranks],
    }


def _metrics(metrics: TurnMetrics) -> dict[str, Any]:
    return {**{name: getattr(metrics, name) for name in METRIC_NAMES}, "checks": metrics.checks}


def _part(part: Part) -> dict[str, Any]:
    entry = part.entry
    told: dict[str, Any] = {"kind": entry.kind, "position": entry.position, "origin": part.origin}
    if entry.kind == "message":
        told |= {"id": entry.key, "role": entry.role, "text": entry.text, "model": entry.model}
        told |= {"partial": entry.partial, "edited": entry.edited, "retracted": entry.retracted}
    elif entry.kind == "call":
        told |= {"id": entry.key, "name": entry.name, "arguments": entry.arguments}
        told |= {"returned": entry.returned, "result": entry.result, "error": entry.error}
    else:
        told["items"] = list(entry.items)
    return told


def _run(run: Run) -> dict[str, Any]:
    return {
        "position": run.position,
        "ended_at": run.ended_at,
        "model": run.setting.model,
        "status": run.status,
        "done_reason": run.done_reason,
        "prompt_tokens": run.prompt_tokens,
        "tokens": run.tokens,
        "durations": dict(run.durations),
        "truncated": run.truncated,
        "reason": run.reason,
        "partial_text": run.partial,
    }
