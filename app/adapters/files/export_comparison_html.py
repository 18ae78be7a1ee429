"""A comparison as one HTML file: no script, nothing loaded, readable on paper, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.html_text import block, inline
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
from app.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.application.ports import Progress
    from app.domain.compare.comparison import AlignedTurn, Cell, ComparedBranch, Comparison

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TAGS: Final = {"same": ("", ""), "removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>")}


def export_comparison_html(
    comparison: Comparison, rows: Sequence[int], order: Sequence[int], progress: Progress = no_progress
) -> Iterator[str]:
    """The page piece by piece; ``rows`` are the turns to be told, ``order`` the branches (indexes)."""
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{block(' '.join(comparison.title.split()))}</title>\n<style>\n"
    yield resource_path("exports", "comparison.css").read_text(encoding="utf-8")
    yield "</style>\n</head>\n<body>\n"
    branches = [comparison.branches[number] for number in order]
    yield from _head(comparison, len(rows))
    yield from _metrics(branches)
    yield from _settings(branches)
    yield "<main>\n<h2>Turns</h2>\n"
    for done, number in enumerate(rows):
        progress(done, len(rows), "writing")
        yield from _row(comparison, number)
    for one in branches:
        yield from _state(one, comparison.names[0])
    yield "</main>\n</body>\n</html>\n"


def _head(comparison: Comparison, told: int) -> Iterator[str]:
    yield f"<h1>{inline(comparison.title)}</h1>\n<table>\n"
    facts = (
        ("Session", comparison.session),
        ("Baseline", comparison.names[0]),
        ("Shared", trunk_text(comparison)),
        ("First difference", divergence_text(comparison)),
        ("Turns", f"{len(comparison.rows):,} compared, {len(comparison.differing):,} different, {told:,} told"),
    )
    for name, fact in facts:
        yield f'<tr><th scope="row">{name}</th><td>{inline(fact)}</td></tr>\n'
    yield "</table>\n"


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]], cell: str) -> Iterator[str]:
    """The first cell of a row is its head."""
    yield '<div class="scroll"><table>\n<tr>'
    first, *others = (inline(head) for head in heads)
    yield f'<th scope="col">{first}</th>' + "".join(f'<th scope="col"{cell}>{head}</th>' for head in others)
    yield "</tr>\n"
    for first, *others in rows:
        values = "".join(f"<td{cell}>{inline(value)}</td>" for value in others)
        yield f'<tr><th scope="row">{inline(first)}</th>{values}</tr>\n'
    yield "</table></div>\n"


def _metrics(branches: Sequence[ComparedBranch]) -> Iterator[str]:
    yield "<h2>Metrics</h2>\n"
    rows = [
        ("turns", *(f"{one.metrics.turns:,}" for one in branches)),
        ("answers", *(f"{one.metrics.answers:,}" for one in branches)),
        *((metric.title, *(branch_value(metric, one.metrics) for one in branches)) for metric in METRICS),
    ]
    yield from _table(("", *(one.name for one in branches)), rows, ' class="number"')
    yield f'<p class="muted">– is not known. Similarity is {NAME} of the answers, by word, Chinese by character.</p>\n'


def _settings(branches: Sequence[ComparedBranch]) -> Iterator[str]:
    yield "<h2>Models</h2>\n"
    used = [(one.name, dict(setting_facts(setting))) for one in branches for setting in one.settings]
    if not used:
        yield "<p>No model answered beyond what the branches share.</p>\n"
        return
    heads = list(dict.fromkeys(what for _, facts in used for what in facts))
    rows = [(name, *(facts.get(what, "") for what in heads)) for name, facts in used]
    yield from _table(("branch", *heads), rows, "")
    for one in branches:
        if (chance := jitter_text(one)) is not None:
            yield f"<p>{inline(f'{one.name} {chance}')}</p>\n"


def _row(comparison: Comparison, number: int) -> Iterator[str]:
    row, names = comparison.rows[number], comparison.names
    how = '<span class="same">same</span>' if row.same else '<span class="differs">different</span>'
    place = ' <span class="muted">side by side only by their place</span>' if row.match == "place" else ""
    title = f"Turn {comparison.trunk_turns + number + 1:,}"
    yield f'<section class="turn">\n<header><h3>{title}</h3> {how}{place}</header>\n'
    for text, asking in questions(row, names):
        who = "Customer" if len(asking) == len(names) else f"Customer on {', '.join(asking)}"
        yield f'<p class="muted">{inline(who)}</p>\n<div class="text question" dir="auto">{block(text)}</div>\n'
    yield '<div class="cells">\n'
    for group in row.groups:
        yield from _answer(row, group, names)
    without, missing = silent(row)
    for branch in without:
        yield f'<div class="cell"><h3>{inline(names[branch])}</h3><p class="muted">no answer</p>'
        yield from _list(turn_problems(row.cells[branch]), "problem")
        yield "</div>\n"
    for branch in missing:
        yield f'<div class="cell"><h3>{inline(names[branch])}</h3><p class="muted">has no such turn</p></div>\n'
    yield "</div>\n</section>\n"


def _answer(row: AlignedTurn, group: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    cell = row.cells[group[0]]
    if cell is None:
        return
    recorded = all(part.origin in ("recorded", "reapplied") for part in cell.turn.outgoing)
    at = ", ".join(f"event {one.turn.position:,}" for number in group if (one := row.cells[number]) is not None)
    yield f'<div class="cell{"" if recorded else " model"}"><h3>{inline(group_text(names, group))}</h3>'
    yield f'<p class="muted">{inline(origins_text(row, group))} · {at}</p>'
    yield from _text(row, group[0], cell)
    for part in cell.turn.calls:
        yield f'<code class="call">{inline(call_text(part))}</code>'
    for facts in group_facts(row, group, names):
        yield f'<p class="muted">{inline(facts)}</p>'
    for number in group:
        one = row.cells[number]
        yield from _list(map(rank_text, one.ranks if one is not None else ()), "muted")
        yield from _list(turn_problems(one), "problem")
    yield "</div>\n"


def _text(row: AlignedTurn, branch: int, cell: Cell) -> Iterator[str]:
    """The answer; where it varies the baseline's, with the differences marked."""
    if cell.turn.answer is None:
        return
    yield '<div class="text" dir="auto">'
    if row.is_variation(branch):
        for piece in row.answer_pieces(branch):
            start, end = _TAGS[piece.kind]
            yield f"{start}{block(piece.text)}{end}"
    else:
        yield block(cell.turn.answer)
    yield "</div>"


def _list(lines: Iterable[str], kind: str) -> Iterator[str]:
    told = [f"<li>{inline(line)}</li>" for line in lines]
    if told:
        yield f'<ul class="{kind}">{"".join(told)}</ul>\n'


def _state(one: ComparedBranch, baseline: str) -> Iterator[str]:
    if one.ranks is None:
        return
    yield f"<h2>State of {inline(one.name)} against {inline(baseline)}</h2>\n"
    yield f"<p>{state_text(one)}, at the end of what was compared.</p>\n"
    if changes := state_changes(one):
        yield "<details><summary>Changes of state</summary><ul>\n"
        for change in changes:
            yield f"<li><code>{inline(change_text(change))}</code></li>\n"
        yield "</ul></details>\n"
    for title, ranks in (("Shown", one.ranks.shown), ("Predicted by Branchline", one.ranks.predicted)):
        yield from _list((f"{title}: {rank_text(change)}" for change in ranks), "ranks")
