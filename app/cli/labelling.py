"""Commands about branches themselves: branches, rename, star, colour, archive, reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.cli.branch_graph import LINES, graph
from app.cli.branch_graph import PLAIN as PLAIN_LANES
from app.cli.opening import opened_store
from app.cli.output import can_print, one_line, print_json, say, shown_width
from app.domain.branch_labels import PLAIN
from app.domain.branches import branch_json
from app.domain.errors import BadInput
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app import bootstrap
    from app.application.branch_labels import BranchLabels
    from app.domain.branch_labels import BranchLabel
    from app.domain.branch_layout import Twig
    from app.domain.branch_merging import Merged
    from app.domain.branches import Branch

WIDEST_NAME: Final = 48
WIDEST_REASON: Final = 60
"""Characters of a name in the tree, half of it where it is named beside another branch; and of a hypothesis."""


def branches(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session).header.id
        if options.undo:
            core.branch_labels.undo(session)
        made = [one for one in core.branch_labels.branches(session) if one.kind not in SIDE_STREAMS]
        labels = core.branch_labels.labels(session)
        folded = set() if options.all or options.json else {one for one, label in labels.items() if label.archived}
        merged = core.shared_prefixes.merged(made, folded)
        told = {branch.id: _told(branch, made, labels, merged) for branch in made}
    if options.json:
        print_json(list(told.values()))
        return 0
    for line in _lines(told, merged.twigs):
        print(line)
    if folded:
        say(f"{len(folded):,} archived; --all lists them too")
    return 0


def _lines(told: Mapping[str, dict[str, Any]], twigs: Sequence[Twig]) -> Iterator[str]:
    """The tree, each branch with where it was made and what is its own."""
    drawn = [(told[branch], lanes) for branch, lanes in graph(twigs, LINES if can_print(LINES.branch) else PLAIN_LANES)]
    rows = [(f"{lanes}{_cut(one['name'], WIDEST_NAME)}", *_cells(one)) for one, lanes in drawn]
    widths = [max(shown_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        room = [" " * (width - shown_width(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [f"{cell}{space}" for cell, space in zip(row, room, strict=True)]
        cells[2] = f"{room[2]}{row[2]}"  # a number
        yield "  ".join(cells).rstrip()


def _cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    fork = "" if one["parent"] is None else f"after {one['fork_position']:,} of {_cut(one['parent'])}"
    own = f"{one['events']:,} events" if one["parent"] is None else f"{one['own_events']:,} own"
    repeats = one["repeats"]
    signs = (
        "★" if one["starred"] else "",
        "archived" if one["archived"] else "",
        one["colour"] or "",
        f"first {repeats['events']:,} as in {_cut(repeats['branch'])}" if repeats else "",
    )
    return fork, own, one["id"][:13], " · ".join(sign for sign in signs if sign), _cut(one["hypothesis"], WIDEST_REASON)


def _cut(text: str, most: int = WIDEST_NAME // 2) -> str:
    """Foreign text in one line, as much of it as a column has room for."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _told(branch: Branch, made: Sequence[Branch], labels: Mapping[str, BranchLabel], merged: Merged) -> dict[str, Any]:
    names = {one.id: one.name for one in made}
    repeated = merged.repeated.get(branch.id)
    repeats = None if repeated is None else {"branch": names[repeated.branch], "events": repeated.count}
    return {**branch_json(branch, names), **labels.get(branch.id, PLAIN).to_json(), "repeats": repeats}


def labelled_json(core: bootstrap.Core, branch: Branch) -> dict[str, Any]:
    """The JSON form of a branch with what people made of it."""
    names = {one.id: one.name for one in core.branch_labels.branches(branch.session)}
    label = core.branch_labels.labels(branch.session).get(branch.id, PLAIN)
    return {**branch_json(core.branch_labels.named(branch), names), **label.to_json()}


def rename(options: argparse.Namespace) -> int:
    return _write(options, lambda labels, branch: labels.rename(branch.id, options.name))


def star(options: argparse.Namespace) -> int:
    return _write(options, lambda labels, branch: labels.star(branch.id, starred=not options.off))


def colour(options: argparse.Namespace) -> int:
    wanted = None if options.colour == "none" else options.colour
    return _write(options, lambda labels, branch: labels.colour(branch.id, wanted))


def archive(options: argparse.Namespace) -> int:
    def write(labels: BranchLabels, branch: Branch) -> str | None:
        made = labels.branches(branch.session)
        below = _below(branch.id, made) if options.with_children else []
        return labels.archive([branch.id, *below], archived=not options.off)

    return _write(options, write)


def _below(branch: str, made: tuple[Branch, ...]) -> list[str]:
    """All that was made from a branch, directly or not; parents stand before their children."""
    found = {branch}
    for one in made:
        if one.parent in found:
            found.add(one.id)
    return [one.id for one in made if one.id in found and one.id != branch]


def reason(options: argparse.Namespace) -> int:
    if options.hypothesis is None and options.expected is None:
        raise BadInput("nothing is said: give --hypothesis, --expected or both")

    def write(labels: BranchLabels, branch: Branch) -> str | None:
        now = labels.labels(branch.session).get(branch.id, PLAIN)
        hypothesis = now.hypothesis if options.hypothesis is None else options.hypothesis
        return labels.describe(branch.id, hypothesis, now.expected if options.expected is None else options.expected)

    return _write(options, write)


def _write(options: argparse.Namespace, write: Callable[[BranchLabels, Branch], str | None]) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session).header.id
        branch = core.library.branch(session, options.branch)
        if write(core.branch_labels, branch) is None:
            say("it is so already; nothing was changed")
        if options.json:
            print_json(labelled_json(core, core.store.branch(branch.id)))
        else:
            print(branch.id)
    return 0
