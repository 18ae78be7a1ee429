"""A comparison in words, the same for the command line and every export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from app.domain.compare.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain.compare.comparison import AlignedTurn, Cell, ComparedBranch, Comparison, UsedSetting
    from app.domain.compare.metrics import BranchMetrics, Metric, TurnMetrics
    from app.domain.compare.ranks import RankChange
    from app.domain.compare.turns import Part
    from app.domain.diff import Change
    from app.domain.text_diff import Piece

UNKNOWN: Final = "–"
"""Stands for a value that nothing tells."""
_ORIGINS: Final = {
    "recorded": "recorded",
    "reapplied": "recorded, applied again",
    "changed": "changed by a person",
    "continued": "continued",
    "re-run": "re-run",
}
_PROBLEMS: Final = {
    "truncated": "prompt truncated by the server: the model did not see all of it",
    "cut_short": "answer cut short: it is as long as it was allowed to be",
}
_ELSEWHERE: Final = frozenset({*_PROBLEMS, "failed"})
"""Metrics whose turns are told by ``turn_problems``."""
_SIGNS: Final = {"add": "+", "remove": "-", "replace": "~"}
_DIGEST: Final = 12
_COMPUTED: Final = ("/recommendation/interests/", "/recommendation/predicted/")
_IN_TURNS: Final = ("/conversation/messages/", "/conversation/calls/", "/generation/runs/")


def metric_text(metric: Metric, value: float | None) -> str:
    """A value as people read it, with its unit; ``UNKNOWN`` for None."""
    if value is None:
        return UNKNOWN
    if metric.unit == "ms":
        return f"{value / 1e3:.2f} s" if value >= 1_000 else f"{value:.0f} ms"
    if metric.overall == "sum":
        return f"{value:,.0f}"
    return f"{value:.2f}" if metric.name in ("similarity", "rating") else f"{value:.1f}"


def branch_value(metric: Metric, told: BranchMetrics) -> str:
    """A branch's value, with how many turns tell it where not all of those with an answer do."""
    text = metric_text(metric, told.values[metric.name])
    known = told.summaries[metric.name].known
    if metric.name == "checks_passed" and told.checks is not None:
        return f"{text} of {told.checks:,}"
    return f"{text} ({known} of {told.answers})" if 0 < known < told.answers else text


def turn_facts(metrics: TurnMetrics, *, baseline: bool) -> Iterator[str]:
    """What is known of a turn, one phrase a metric."""
    for metric in METRICS:
        value = metrics.value(metric.name)
        if value is None or metric.name in _ELSEWHERE:
            continue
        if (metric.name == "similarity" and baseline) or (metric.name == "tool_calls" and not value):
            continue
        if metric.name == "checks_passed":
            yield f"{metrics.checks_passed} of {metrics.checks} checks passed"
        else:
            yield f"{metric.title} {metric_text(metric, value)}"


def group_facts(row: AlignedTurn, group: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    """What is known of each branch of a group, a line each; by name where they are several."""
    for number in group:
        if (cell := row.cells[number]) is not None:
            facts = ", ".join(turn_facts(cell.metrics, baseline=number == 0))
            yield f"{names[number]}: {facts}" if len(group) > 1 else facts


def turn_problems(cell: Cell | None) -> Iterator[str]:
    """What went wrong in a turn: cuts, and runs that failed or were stopped with what they had written."""
    if cell is None:
        return
    yield from (sentence for name, sentence in _PROBLEMS.items() if cell.metrics.value(name))
    for run in cell.turn.runs:
        if run.status in ("failed", "cancelled"):
            how = "failed" if run.status == "failed" else "was stopped"
            why = f" ({run.reason})" if run.reason else ""
            wrote = f"; it had written: {run.partial}" if run.partial else ""
            yield f"a run of {run.setting.model} {how}{why}{wrote}"


def setting_facts(used: UsedSetting) -> Iterator[tuple[str, str]]:
    """(what, value) of a setting; what the events do not tell is ``UNKNOWN``."""
    setting = used.setting
    yield "model", setting.model
    yield "digest", setting.digest[:_DIGEST] if setting.digest else UNKNOWN
    yield "server", setting.server_version or UNKNOWN
    yield "seed", UNKNOWN if setting.seed is None else str(setting.seed)
    yield "temperature", UNKNOWN if setting.temperature is None else f"{setting.temperature:g}"
    yield "options", _pairs(setting.options) or UNKNOWN
    if setting.request:
        yield "request", _pairs(setting.request)
    yield "instructions", setting.instructions.label if setting.instructions is not None else "none"
    yield "runs", str(len(used.positions))


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in sorted(values.items()))


def jitter_text(branch: ComparedBranch) -> str | None:
    """Whether the branch differs from the baseline more than chance does; None where nothing was repeated."""
    told = branch.jitter
    if told is None:
        return None
    counts = f"{told.repetitions_b} and {told.repetitions_a} repetitions"
    if told.verdict == "too few repetitions":
        floor = f"; among the baseline's own {told.floor_a.mean:.2f}" if told.floor_a is not None else ""
        return (
            f"was repeated too seldom ({counts}) to say whether it differs from the baseline by more than chance: "
            f"mean distance {told.between:.2f}{floor}"
        )
    how = "more than" if told.verdict == "differs" else "no more than"
    p_value = f"p = {told.test.p_value:.4f}, level {told.alpha:g}"
    return f"differs from the baseline {how} repetition does ({p_value}; {counts})"


def origin_text(part: Part) -> str:
    """``recorded``, ``continued by MODEL``, ``re-run by MODEL`` …, and whether it was cut off or changed."""
    entry = part.entry
    words = [_ORIGINS[part.origin] + (f" by {entry.model}" if entry.model else "")]
    marks = (("partial", entry.partial), ("edited", entry.edited), ("retracted", entry.retracted))
    return ", ".join([*words, *(word for word, applies in marks if applies)])


def origins_text(row: AlignedTurn, group: Sequence[int]) -> str:
    """Where the answers of a group came from, each way once, and whether the customer's words were typed here."""
    cells = [cell for number in group if (cell := row.cells[number]) is not None]
    told = dict.fromkeys(origin_text(part) for cell in cells for part in cell.turn.outgoing)
    return "; ".join([*told, *(["customer typed here"] if any(cell.turn.is_typed for cell in cells) else [])])


def questions(row: AlignedTurn, names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """What was asked, each text once, with the names of the branches that ask it."""
    asked: dict[str, list[str]] = {}
    for name, cell in zip(names, row.cells, strict=True):
        if cell is not None and cell.turn.asked is not None:
            asked.setdefault(cell.turn.asked, []).append(name)
    return list(asked.items())


def state_text(branch: ComparedBranch) -> str:
    """How much the state differs from the baseline's, what was recorded and what Branchline computed apart."""
    computed = sum(change.path.startswith(_COMPUTED) for change in branch.state)
    recorded = len(state_changes(branch))
    return (
        f"{len(branch.state):,} changes, {recorded:,} of them of what was recorded beside messages, calls and runs, "
        f"and {computed:,} of what Branchline computed"
    )


def trunk_text(comparison: Comparison) -> str:
    events, turns = comparison.trunk, comparison.trunk_turns
    shared = f"{events:,} shared events" if events != 1 else "1 shared event"
    return f"{shared}, {turns:,} whole turns" if turns != 1 else f"{shared}, 1 whole turn"


def divergence_text(comparison: Comparison) -> str:
    if comparison.first_divergence is None:
        return "nowhere: what was said and done is the same"
    places = [
        f"{one.name} {one.diverges_at:,}" if one.diverges_at is not None else f"{one.name} has no more"
        for one in comparison.branches
    ]
    different = {one.diverges_at for one in comparison.branches}
    told = "" if len(different) == 1 else f" ({', '.join(places)})"
    return f"event {comparison.first_divergence:,}{told}"


def group_text(names: Sequence[str], group: Sequence[int]) -> str:
    """The branches that answered identically, with ×N where they are several."""
    told = ", ".join(names[number] for number in group)
    return f"{told} ×{len(group)}" if len(group) > 1 else told


def silent(row: AlignedTurn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Indexes of the branches that have the turn without an answer, and of those that do not have it."""
    answered = {number for group in row.groups for number in group}
    present = [number for number, cell in enumerate(row.cells) if cell is not None]
    return (
        tuple(number for number in present if number not in answered),
        tuple(number for number, cell in enumerate(row.cells) if cell is None),
    )


def rank_text(change: RankChange) -> str:
    item = f"{change.name} ({change.item})" if change.name else change.item
    match change.kind:
        case "entered":
            return f"{item} came in at {change.after}"
        case "left":
            return f"{item}, which was at {change.before}, left"
        case "moved":
            return f"{item} moved from {change.before} to {change.after}"


def state_changes(branch: ComparedBranch) -> tuple[Change, ...]:
    """Differences of what was recorded, without messages, calls and runs, which stand in the turns already.

    What Branchline computed is told by ranks: its weights decay, and so differ wherever two branches are not as long.
    """
    return tuple(change for change in branch.state if not change.path.startswith((*_IN_TURNS, *_COMPUTED)))


def change_text(change: Change) -> str:
    """One difference of state in a line: sign, pointer, value."""
    value = "" if change.op == "remove" else json.dumps(change.after, ensure_ascii=False)
    return f"{_SIGNS[change.op]} {change.path}  {value}".rstrip()


def call_text(part: Part) -> str:
    """A tool call and what it returned, in a line."""
    entry = part.entry
    arguments = json.dumps(entry.arguments, ensure_ascii=False, default=str)
    if not entry.returned:
        return f"{entry.name}({arguments}) has not returned"
    result = json.dumps(entry.result, ensure_ascii=False, default=str)
    return f"{entry.name}({arguments}) {'failed' if entry.error else 'returned'} {result}"


def inline_diff(pieces: Sequence[Piece]) -> str:
    """Word differences in plain text: ``[-removed-]`` and ``{+added+}``."""
    marks = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return "".join(f"{marks[one.kind][0]}{one.text}{marks[one.kind][1]}" for one in pieces)
