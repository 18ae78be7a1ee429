"""Compare branches: on the screen, or as a file to be passed on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from app.adapters.files.new_file import write_new
from app.application.ports import no_progress
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, print_json
from app.cli.redacting import redaction_of
from app.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from app import bootstrap
    from app.domain.branches import Branch
    from app.domain.compare.comparison import Comparison


def compare(options: argparse.Namespace) -> int:
    from app.domain.compare.comparison import sorted_by
    from app.domain.compare.metrics import METRIC_NAMES

    form = "json" if options.json else options.format
    if options.json and options.format not in ("text", "json"):
        raise BadInput(f"--json is --format json; give one of the two, not --format {options.format} as well")
    if options.sort is not None and options.sort not in METRIC_NAMES:
        raise BadInput(f"there is no metric {options.sort!r}; there are {', '.join(METRIC_NAMES)}")
    if form == "text" and options.out is not None:
        raise BadInput("text is for the screen; give --format markdown, html or json with --out")
    progress = ProgressLine()
    with opened_store(options.store) as core:
        session = core.library.session(options.session).header.id
        branches = [core.library.branch(session, named) for named in options.branches]
        at = _position(core, branches, options.at)
        try:
            ids, redaction = [one.id for one in branches], redaction_of(core, options)
            found = core.compared(session, ids, redaction, at=at, progress=progress)
            rows = found.differing if options.different_only else tuple(range(len(found.rows)))
            order = tuple(range(len(branches)))
            if options.sort is not None:
                order = sorted_by(found, options.sort, reverse=options.reverse)
            if options.out is not None:
                write_new(options.out, core.compared_as(form, found, rows, order, progress))
        finally:
            progress.close()
        if options.out is None:
            _print(form, core, found, rows, order)
    return 0


def _print(form: str, core: bootstrap.Core, found: Comparison, rows: Sequence[int], order: Sequence[int]) -> None:
    if form == "text":
        from app.cli.comparison_text import ComparisonPrinter

        ComparisonPrinter(found, order).print(rows)
    elif form == "json":
        from app.domain.compare.json_form import comparison_json

        print_json(comparison_json(found, rows=rows, order=order))
    else:
        sys.stdout.writelines(core.compared_as(form, found, rows, order, no_progress))


def _position(core: Any, branches: Sequence[Branch], named: str | None) -> int | None:
    """A position, or an event that any of the branches holds: it has the same position on all that do."""
    if named is None:
        return None
    longest_first = sorted(branches, key=lambda branch: -branch.head)
    for branch in longest_first[:-1]:
        try:
            return int(core.library.position(branch, named))
        except NotFound:
            continue
    return int(core.library.position(longest_first[-1], named))
