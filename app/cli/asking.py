"""Commands that ask why and when: history, explain, find."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.cli.opening import opened_store
from app.cli.output import ProgressLine, escaped, one_line, print_json, print_table, say
from app.domain.conditions import BadCondition
from app.domain.events import to_rfc3339
from app.domain.pointers import ABSENT

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from app import bootstrap
    from app.application.explaining import Contribution, Explanation
    from app.domain.branches import Branch
    from app.domain.events import Event

WIDEST_VALUE = 44


@contextmanager
def _asked(options: argparse.Namespace) -> Iterator[tuple[bootstrap.Core, Branch, ProgressLine]]:
    """The open store, the branch that is asked about, and a line that shows progress."""
    progress = ProgressLine()
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        try:
            yield core, core.library.branch(session.header.id, options.branch), progress
        finally:
            progress.close()


def _range(core: bootstrap.Core, branch: Branch, options: argparse.Namespace, start: int) -> tuple[int, int]:
    first = start if options.first is None else core.library.position(branch, options.first)
    return first, core.library.position(branch, options.last)


def history(options: argparse.Namespace) -> int:
    with _asked(options) as (core, branch, progress):
        first, last = _range(core, branch, options, 1)
        changes = core.histories.history(branch.id, options.pointer, first=first, last=last, progress=progress)
    if options.json:
        print_json([one.to_json() for one in changes])
    elif not changes:
        say(f"nothing changed {one_line(options.pointer)} on {one_line(branch.name)}, events {first:,} to {last:,}")
    else:
        print_table(
            ("position", "type", "before", "after"),
            ((one.position, one.type, _short(one.before), _short(one.after)) for one in changes),
        )
    return 0


def find(options: argparse.Namespace) -> int:
    with _asked(options) as (core, branch, progress):
        first, last = _range(core, branch, options, 0)
        limit = None if options.all else 1
        try:
            found = core.finding.find(
                branch.id, options.expression, first=first, last=last, limit=limit, progress=progress
            )
        except BadCondition as error:
            _show_place(options.expression, error.column)
            raise
    if options.json:
        print_json(list(found))
    elif not found:
        say(f"it never becomes true on {one_line(branch.name)}, events {first:,} to {last:,}")
    for position in () if options.json else found:
        print(position)
    return 0


def _show_place(expression: str, column: int) -> None:
    """The condition with a caret under what is wrong; the sentence itself follows as for every error."""
    if expression.isprintable() and len(expression) <= 200:
        say(f"  {expression}\n  {' ' * (column - 1)}^")


def explain(options: argparse.Namespace) -> int:
    with _asked(options) as (core, branch, progress):
        position = core.library.position(branch, options.at)
        told = core.histories.explain(branch.id, position, options.pointer, progress=progress)
    if options.json:
        print_json(told.to_json())
    elif told.kind == "recorded":
        _print_recorded(told)
    else:
        _print_computed(told)
    return 0


def _print_recorded(told: Explanation) -> None:
    print(f"{_short(told.value)}   recorded; state at {told.position:,}")
    if told.event is None:
        print("  no event changed it: it is as it was at the start")
        return
    print(f"  brought by  {_line(told.event)}")
    for cause in told.causes:
        print(f"  caused by   {_line(cause)}")
    if told.lost_cause is not None:
        print(f"  caused by   {one_line(told.lost_cause)}, which this branch has no event of")
    elif not told.causes:
        print("  what caused that event was not recorded")


def _line(event: Event) -> str:
    time = to_rfc3339(event.time) or "-"
    return f"event {event.position:,}  {one_line(event.type)}  by {event.actor}  {time}"


def _print_computed(told: Explanation) -> None:
    print(f"{_short(told.value)}   computed by Branchline, not recorded; state at {told.position:,}")
    if not told.contributions:
        print("  no event weighs in it")
        return
    rows = [_row(one) for one in told.contributions]
    print_table(("event", "type", "for", "item", "brought", "share", "left now"), rows)
    print(f"  sum of what is left: {told.total:.6f}")


def _row(one: Contribution) -> tuple[Any, ...]:
    weight = one.weight
    return (
        weight.position, one.type, weight.key, weight.item or "", f"{weight.brought:+.2f}", f"{weight.share:.2f}",
        f"{weight.now:+.6f}",
    )  # fmt: skip


def _short(value: Any) -> str:
    if value is ABSENT:
        return "(absent)"
    text = escaped(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= WIDEST_VALUE else f"{text[: WIDEST_VALUE - 1]}…"
