"""A stop of a report: the state there, each value beside what it was at the stop before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.report_text import inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.report.parts import Row, StateTable, Stop

_TRUTHS: Final = {"recorded": "recorded", "computed": "ƒ computed by Branchline"}
_WIDE: Final = frozenset({"item", "because of", "value", "field", "slot", "interest"})
"""Columns whose texts may be long; the others are kept in one line."""
_NAMES: Final = frozenset({"item", "field", "slot", "interest"})
_SHORT: Final = 24


def stop_html(stop: Stop) -> Iterator[str]:
    yield '<div class="stop">\n'
    sign = "⚑ " if stop.is_marker else ""
    yield f'<h3><a name="stop-{stop.number}" id="stop-{stop.number}"></a>'
    yield f'<span class="number">{stop.number}</span> {sign}{inline(stop.label)}</h3>\n'
    changed = sum(1 for table in stop.tables for row in table.rows if row.change)
    since = f"since event {stop.since:,}" if stop.since else "since the beginning"
    said = f"{changed:,} values changed {since}" if changed != 1 else f"1 value changed {since}"
    at = f"State after event {stop.position:,}{' · ' + inline(stop.time) if stop.time else ''}"
    yield f'<p class="muted kept">{at} · '
    yield f"{said if changed else f'nothing changed {since}'}</p>\n"
    for table in stop.tables:
        yield from _table(table, stop.since)
    if not stop.tables:
        yield "<p>The state is empty here.</p>\n"
    yield "</div>\n"


def _table(table: StateTable, since: int) -> Iterator[str]:
    heads = [*table.heads[:-1], f"at event {since:,}" if since else "at the start", ""]
    yield f'<h4 class="{table.truth}">{inline(table.title)} <span class="truth">{_TRUTHS[table.truth]}</span></h4>\n'
    yield f'<table class="rows {table.truth}" width="100%">\n<tr>' + "".join(_head(head) for head in heads) + "</tr>\n"
    for row in table.rows:
        yield _row(row, table.heads)
    yield "</table>\n"
    if table.cut:
        yield f'<p class="muted">{len(table.rows):,} of {len(table.rows) + table.cut:,} shown</p>\n'


def _width(head: str, text: str) -> str:
    """``name`` keeps its words whole; ``wide`` takes what is left."""
    if head in _NAMES:
        return "name"
    return "wide" if head in _WIDE or len(text) > _SHORT else "narrow"


def _head(head: str) -> str:
    kind = "" if head in _WIDE else ' class="narrow"'
    return f'<th scope="col"{kind}>{inline(head)}</th>'


def _row(row: Row, heads: tuple[str, ...]) -> str:
    told = [inline(cell) for cell in row.cells]
    if row.change in ("new", "changed"):
        told[1] = f"<b>{told[1]}</b>"
    cells = "".join(
        f'<td class="{_width(head, plain)}">{cell}</td>'
        for head, cell, plain in zip(heads, told, row.cells, strict=True)
    )
    kind = f' class="{row.change}"' if row.change else ""
    return f'<tr{kind}>{cells}<td class="narrow change">{row.change}</td></tr>\n'
