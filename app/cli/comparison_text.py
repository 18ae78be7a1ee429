"""A comparison on a terminal: foreign text cannot steer it, long lines are folded where it is one."""

from __future__ import annotations

import shutil
import sys
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Final

from app.cli.output import escaped, one_line, print_table
from app.domain.compare.metrics import METRICS
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
    from collections.abc import Sequence

    from app.domain.compare.comparison import AlignedTurn, Comparison

MOST_CHANGES: Final = 40
"""Differences of state that are printed of a branch."""
MOST_VALUE: Final = 240


class ComparisonPrinter:
    """Prints one comparison; ``order`` are the indexes of its branches as they are to be listed."""

    def __init__(self, comparison: Comparison, order: Sequence[int]) -> None:
        self._told, self._order = comparison, order
        self._names = [one_line(name) for name in comparison.names]
        live = sys.stdout.isatty()
        self._width = max(40, shutil.get_terminal_size().columns) if live else 0

    def print(self, rows: Sequence[int]) -> None:
        self._head()
        self._metrics()
        self._settings()
        shown = set(rows)
        hidden = 0
        for number, row in enumerate(self._told.rows):
            if number not in shown:
                hidden += 1
                continue
            hidden = self._skipped(hidden)
            self._row(number, row)
        self._skipped(hidden)
        for number in self._order:
            self._state(number)

    def _line(self, text: str, indent: int = 0) -> None:
        space = " " * indent
        for line in text.splitlines() or [""]:
            safe = escaped(line)
            if self._width and len(safe) + indent > self._width:
                safe = TextWrapper(
                    self._width - indent, replace_whitespace=False, drop_whitespace=False, break_on_hyphens=False
                ).fill(safe)
            for part in safe.splitlines() or [""]:
                print(f"{space}{part}".rstrip())

    def _head(self) -> None:
        told = self._told
        self._line(f"{one_line(told.title)}  ({one_line(told.session)})")
        self._line(f"baseline          {self._names[0]}")
        self._line(f"shared            {trunk_text(told)}")
        self._line(f"first difference  {one_line(divergence_text(told))}")
        different = len(told.differing)
        self._line(f"turns             {len(told.rows):,} compared, {different:,} different")
        self._line("")

    def _metrics(self) -> None:
        rows = [
            (
                metric.title,
                *(branch_value(metric, self._told.branches[number].metrics) for number in self._order),
            )
            for metric in METRICS
        ]
        counts = [
            (title, *(getattr(self._told.branches[number].metrics, name) for number in self._order))
            for title, name in (("turns", "turns"), ("answers", "answers"))
        ]
        print_table(("", *(self._names[number] for number in self._order)), [*counts, *rows])
        self._line("")

    def _settings(self) -> None:
        used = [(number, setting) for number in self._order for setting in self._told.branches[number].settings]
        for number, setting in used:
            facts = ", ".join(f"{what} {value}" for what, value in setting_facts(setting))
            self._line(f"{self._names[number]}: {one_line(facts)}")
        if not used:
            self._line("no model answered beyond what the branches share")
        for number in self._order:
            if (chance := jitter_text(self._told.branches[number])) is not None:
                self._line(f"{self._names[number]} {chance}")
        self._line("")

    def _skipped(self, count: int) -> int:
        if count:
            self._line(f"… {count:,} turn{'s' if count != 1 else ''} the same on all branches\n")
        return 0

    def _row(self, number: int, row: AlignedTurn) -> None:
        places = ", ".join(
            f"{name} {cell.turn.position:,}"
            for name, cell in zip(self._names, row.cells, strict=True)
            if cell is not None
        )
        how = "same" if row.same else "different"
        if row.match == "place":
            how += ", side by side only by their place"
        self._line(f"turn {self._told.trunk_turns + number + 1:,}  {how}  (event: {places})")
        self._questions(row)
        for group in row.groups:
            self._answer(row, group)
        without, missing = silent(row)
        for branch in without:
            self._line(f"{self._names[branch]}: no answer", 2)
            for line in turn_problems(row.cells[branch]):
                self._line(_short(line), 6)
        for branch in missing:
            self._line(f"{self._names[branch]}: has no such turn", 2)
        self._line("")

    def _questions(self, row: AlignedTurn) -> None:
        for text, asking in questions(row, self._names):
            who = "customer" if len(asking) == len(self._names) else f"customer on {', '.join(asking)}"
            self._line(f"{who}:", 2)
            self._line(text, 4)

    def _answer(self, row: AlignedTurn, group: Sequence[int]) -> None:
        cell = row.cells[group[0]]
        if cell is None:
            return
        self._line(f"{group_text(self._names, group)}: {one_line(origins_text(row, group))}", 2)
        if row.is_variation(group[0]):
            self._line(inline_diff(row.answer_pieces(group[0])), 4)
        elif cell.turn.answer is not None:
            self._line(cell.turn.answer, 4)
        for part in cell.turn.calls:
            self._line(_short(call_text(part)), 4)
        for line in group_facts(row, group, self._names):
            self._line(_short(line), 6)
        for number in group:
            one = row.cells[number]
            for line in (*map(rank_text, one.ranks if one is not None else ()), *turn_problems(one)):
                self._line(_short(line), 6)

    def _state(self, number: int) -> None:
        one = self._told.branches[number]
        if not number or one.ranks is None:
            return
        changes = state_changes(one)
        self._line(f"state of {self._names[number]} against {self._names[0]}: {state_text(one)}")
        for change in changes[:MOST_CHANGES]:
            self._line(_short(change_text(change)), 2)
        if len(changes) > MOST_CHANGES:
            self._line(f"… {len(changes) - MOST_CHANGES:,} more; --json has all", 2)
        for title, ranks in (("shown", one.ranks.shown), ("predicted", one.ranks.predicted)):
            for rank in ranks:
                self._line(_short(f"{title}: {rank_text(rank)}"), 2)
        self._line("")


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MOST_VALUE else f"{line[: MOST_VALUE - 1]}…"
