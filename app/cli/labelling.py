"""Commands about branches themselves: branches, rename, star, colour, archive, reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.cli.output import print_json, print_table, say
from app.domain.branch_labels import PLAIN
from app.domain.branches import branch_json
from app.domain.errors import BadInput
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from app.application.branch_labels import BranchLabels
    from app.domain.branches import Branch


def branches(options: argparse.Namespace) -> int:
    with bootstrap.core(options.store) as core:
        session = core.library.session(options.session).header.id
        if options.undo:
            core.branch_labels.undo(session)
        told = [
            labelled_json(core, one) for one in core.branch_labels.branches(session) if one.kind not in SIDE_STREAMS
        ]
        if options.json:
            print_json(told)
            return 0
        shown = [one for one in told if options.all or not one["archived"]]
        heads = ("id", "", "name", "parent", "fork_position", "events", "own_events", "colour", "hypothesis")
        print_table([head.replace("_", " ") for head in heads], (_row(one, heads) for one in shown))
        if folded := len(told) - len(shown):
            say(f"{folded:,} archived; --all lists them too")
    return 0


def _row(told: dict[str, Any], heads: tuple[str, ...]) -> list[object]:
    sign = ("★" if told["starred"] else "") + ("archived" if told["archived"] else "")
    return [told[head] if head else sign for head in heads]


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
    with bootstrap.core(options.store) as core:
        session = core.library.session(options.session).header.id
        branch = core.library.branch(session, options.branch)
        if write(core.branch_labels, branch) is None:
            say("it is so already; nothing was changed")
        if options.json:
            print_json(labelled_json(core, core.store.branch(branch.id)))
        else:
            print(branch.id)
    return 0
