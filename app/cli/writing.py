"""Commands that add to the store: import, branch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from app.cli.labelling import labelled_json
from app.cli.mapped_import import chosen_mapping, mapped_import
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, print_json, say
from app.domain.counted import counted
from app.domain.errors import BadInput

if TYPE_CHECKING:
    import argparse

SHOWN_PROBLEMS = 20


def import_files(options: argparse.Namespace) -> int:
    progress = ProgressLine()
    with opened_store(options.store, create=True) as core:
        try:
            if not options.paths and not options.database:
                raise BadInput("there is nothing to import; name files or folders")
            if options.mapping or options.database:
                report = mapped_import(
                    core, options.paths, chosen_mapping(options), options.database, progress
                ).to_json()
            else:
                report = core.importing.run(options.paths, format_name=options.format, progress=progress).to_json()
        finally:
            progress.close()
    if options.json:
        print_json(report)
    else:
        _print_report(report)
    return 0 if report["sessions"] or not report["quarantined"] else 1


def _print_report(report: dict[str, Any]) -> None:
    print(
        f"{counted(report['files'], 'files')}, {counted(report['sessions'], 'sessions')}, "
        f"{counted(report['events'], 'events')} added, {report['duplicates']:,} there already"
    )
    read: Counter[str] = Counter()
    for file in report["reports"]:
        read.update(file["read"])
    if read:
        print("read: " + ", ".join(counted(count, one_line(what)) for what, count in read.items()))
    bad = report["quarantined"]
    if bad:
        print(f"quarantined: {len(bad):,}")
    for one in bad[:SHOWN_PROBLEMS]:
        place = f"{one['file']}:{one['line']}" if one["line"] else one["file"]
        print(f"  {place}: {one['reason']}")
    if len(bad) > SHOWN_PROBLEMS:
        print(f"  … {len(bad) - SHOWN_PROBLEMS:,} more; --json lists all")
    if report["skipped"]:
        skipped = len(report["skipped"])
        print(f"skipped: {counted(skipped, 'files')} that {'holds' if skipped == 1 else 'hold'} no sessions")
    for what, count in _missed(report).items():
        print(f"not captured: {one_line(what)}" + (f" ({count:,} times)" if count > 1 else ""))


def _missed(report: dict[str, Any]) -> Counter[str]:
    missed: Counter[str] = Counter()
    for file in report["reports"]:
        for one in file["not_captured"]:
            missed[one["what"]] += one["count"]
    return missed


def branch(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        parent = core.library.branch(session.header.id, options.branch)
        at = core.library.position(parent, options.at)
        fork = core.forking.allowed_fork(parent.id, at)
        if fork.is_moved:
            say(fork.why)
        made = core.branching.branch(parent.id, at, options.name, options.hypothesis, options.expected)
        holding = core.forking.holding(parent.id, made.fork_position)
        if options.json:
            told = {"asked": at, "moved": fork.why or None, "holds": holding.to_json()}
            print_json({**labelled_json(core, made), **told})
        else:
            print(made.id)
            say(holding.sentence)
    return 0
