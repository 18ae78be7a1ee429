"""The command that tells how sessions came into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.opening import opened_store
from app.cli.output import one_line, print_json
from app.domain.counted import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

_SHOWN_PARTS = 20


def list_imports(options: argparse.Namespace) -> int:
    """Of one session, or of all files."""
    with opened_store(options.store) as core:
        if options.session is None:
            files = [one.to_json() for one in core.imports.files()]
            if options.json:
                print_json(files)
            else:
                for report in files:
                    _print_file(report)
                if not files:
                    print(f"no file was imported into {core.store.location}")
            return 0
        session = core.library.session(options.session).header
        found = [one.to_json() for one in core.imports.of_session(session.id)]
    if options.json:
        print_json(found)
    else:
        for one in found:
            print(f"{one_line(one['file'])} ({one['format']}), imported {one['imported']}")
            _print_counts("read", one.get("read", {}))
            _print_missed(one.get("not_captured", ()))
        if not found:
            print("the session was not imported: it was made here, or comes from another store")
    return 0


def _print_file(report: Mapping[str, Any]) -> None:
    print(
        f"{one_line(report['file'])} ({report['format'] or 'of no known format'}), imported {report['imported']}: "
        f"{counted(report['sessions'], 'sessions')}, {_branches(report['branches'])}, "
        f"{counted(report['events'], 'events')} added, {report['duplicates']:,} there already"
    )
    _print_counts("read", report["read"])
    _print_missed(report["not_captured"])
    if report["quarantined"]:
        print(f"  quarantined: {report['quarantined']:,}")
        for part in report["quarantined_parts"][:_SHOWN_PARTS]:
            place = f"line {part['line']}: " if part["line"] else ""
            print(f"    {place}{one_line(part['reason'])}")


def _branches(count: int) -> str:
    return f"{count:,} more {'branch' if count == 1 else 'branches'}"


def _print_counts(word: str, counts: Mapping[str, int]) -> None:
    if counts:
        print(f"  {word}: " + ", ".join(counted(count, one_line(what)) for what, count in counts.items()))


def _print_missed(missed: Any) -> None:
    for one in missed:
        times = f" ({one['count']:,} times)" if one["count"] > 1 else ""
        print(f"  not captured: {one_line(one['what'])}{times}")
