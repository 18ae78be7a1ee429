"""A comparison as Markdown that a person reads: facts, metrics, then turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.files.markdown_text import collapsed, inline, quoted
from app.application.ports import no_progress
from app.domain.compare.metrics import METRICS
from app.domain.compare.similarity import NAME
from app.domain.compare.telling import (
    branch_value,
    call_text,
    change_text,
    divergence_text,
    group_facts,
    group_text,
    inline_diff,
    jitter_text,
    origins_text,
    questions,
    rank_text,
    setting_facts,
    silent,
    state_changes,
    state_text,
    trunk_text,
    turn_problems,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.application.ports import Progress
    from app.domain.compare.comparison import AlignedTurn, ComparedBranch, Comparison


def export_comparison_markdown(
    comparison: Comparison, rows: Sequence[int], order: Sequence[int], progress: Progress = no_progress
) -> Iterator[str]:
    """The text piece by piece; ``rows`` are the turns to be told, ``order`` the branches (indexes)."""
    yield f"# {inline(comparison.title)}\n\n"
    yield f"- Session: {inline(comparison.session)}\n"
    yield f"- Baseline: {inline(comparison.names[0])}\n"
    yield f"- Shared: {trunk_text(comparison)}\n"
    yield f"- First difference: {inline(divergence_text(comparison))}\n"
    yield f"- Turns: {len(comparison.rows):,} compared, {len(comparison.differing):,} different, {len(rows):,} told\n\n"
    branches = [comparison.branches[number] for number in order]
    yield from _metrics(branches)
    yield from _settings(branches)
    yield "## Turns\n\n"
    for done, number in enumerate(rows):
        progress(done, len(rows), "writing")
        yield from _row(comparison, number)
    for one in branches:
        yield from _state(one, comparison.names[0])


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = [inline(head) for head in heads]
    yield f"| {' | '.join(cells)} |\n|{'---|' * len(cells)}\n"
    for row in rows:
        yield f"| {' | '.join(map(inline, row))} |\n"
    yield "\n"


def _metrics(branches: Sequence[ComparedBranch]) -> Iterator[str]:
    yield "## Metrics\n\n"
    counts = [
        ("turns", *(f"{one.metrics.turns:,}" for one in branches)),
        ("answers", *(f"{one.metrics.answers:,}" for one in branches)),
    ]
    values = [(metric.title, *(branch_value(metric, one.metrics) for one in branches)) for metric in METRICS]
    yield from _table(("", *(one.name for one in branches)), [*counts, *values])
    yield f"– is not known. Similarity is {NAME} of the answers, by word, Chinese by character.\n\n"


def _settings(branches: Sequence[ComparedBranch]) -> Iterator[str]:
    yield "## Models\n\n"
    told = False
    for one in branches:
        for used in one.settings:
            told = True
            facts = ", ".join(f"{what} {value}" for what, value in setting_facts(used))
            yield f"- {inline(one.name)}: {inline(facts)}\n"
    yield "\n" if told else "No model answered beyond what the branches share.\n\n"
    chances = [(one.name, chance) for one in branches if (chance := jitter_text(one)) is not None]
    yield from (f"- {inline(name)} {chance}\n" for name, chance in chances)
    yield "\n" if chances else ""


def _row(comparison: Comparison, number: int) -> Iterator[str]:
    row, names = comparison.rows[number], comparison.names
    how = "same" if row.same else "different"
    place = ", side by side only by their place" if row.match == "place" else ""
    yield f"### Turn {comparison.trunk_turns + number + 1:,}: {how}{place}\n\n"
    for text, asking in questions(row, names):
        who = "Customer" if len(asking) == len(names) else f"Customer on {', '.join(asking)}"
        yield f"**{inline(who)}**\n\n"
        yield from quoted(text)
        yield "\n"
    for group in row.groups:
        yield from _answer(row, group, names)
    without, missing = silent(row)
    for branch in without:
        yield f"**{inline(names[branch])}** · no answer\n\n"
        yield from _list(turn_problems(row.cells[branch]))
    for branch in missing:
        yield f"**{inline(names[branch])}** · has no such turn\n\n"


def _answer(row: AlignedTurn, group: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    cell = row.cells[group[0]]
    if cell is None:
        return
    at = ", ".join(f"event {one.turn.position:,}" for number in group if (one := row.cells[number]) is not None)
    yield f"**{inline(group_text(names, group))}** · {inline(origins_text(row, group))} · {at}\n\n"
    if cell.turn.answer is not None:
        yield from quoted(cell.turn.answer)
        yield "\n"
    for part in cell.turn.calls:
        yield from collapsed(f"Call of {part.entry.name}", call_text(part))
    if row.is_variation(group[0]):
        yield from collapsed(f"Words otherwise than on {names[0]}", inline_diff(row.answer_pieces(group[0])))
    yield from _list(group_facts(row, group, names))
    for number in group:
        if (one := row.cells[number]) is not None:
            yield from _list([*map(rank_text, one.ranks), *turn_problems(one)])


def _list(lines: Iterable[str]) -> Iterator[str]:
    told = [f"- {inline(line)}\n" for line in lines]
    if told:
        yield from told
        yield "\n"


def _state(one: ComparedBranch, baseline: str) -> Iterator[str]:
    if one.ranks is None:
        return
    yield f"## State of {inline(one.name)} against {inline(baseline)}\n\n"
    yield f"{state_text(one)}, at the end of what was compared.\n\n"
    if changes := state_changes(one):
        yield from collapsed("Changes of state", "\n".join(change_text(change) for change in changes))
    for title, ranks in (("Shown", one.ranks.shown), ("Predicted by Branchline", one.ranks.predicted)):
        yield from _list(f"{title}: {rank_text(change)}" for change in ranks)
