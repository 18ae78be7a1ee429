"""Commands about the store itself: verify, backup, restore, bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, print_json, print_table

if TYPE_CHECKING:
    import argparse


def verify(options: argparse.Namespace) -> int:
    progress = ProgressLine()
    with opened_store(options.store, read_only=True) as core:
        try:
            found = core.store.verify(progress)
        finally:
            progress.close()
    if options.json:
        print_json({"ok": found.ok, "events": found.events, "problems": [one.to_json() for one in found.problems]})
    else:
        for one in found.problems:
            place = ", ".join(
                f"{name} {value}"
                for name, value in (("session", one.session), ("branch", one.branch), ("position", one.position))
                if value is not None
            )
            print(f"{place}: {one.reason}" if place else one.reason)
        print(f"{found.events:,} events: {'sound' if found.ok else f'{len(found.problems)} problems'}")
    return 0 if found.ok else 1


def backup(options: argparse.Namespace) -> int:
    progress = ProgressLine()
    with opened_store(options.store, read_only=True) as core:
        try:
            found = core.store.backup(options.file, progress)
        finally:
            progress.close()
    return _told(options, found.events, verified=found.ok)


def restore(options: argparse.Namespace) -> int:
    found = bootstrap.restore(options.file, options.store)
    return _told(options, found.events, verified=found.ok)


def _told(options: argparse.Namespace, events: int, *, verified: bool) -> int:
    if options.json:
        print_json({"file": str(options.file), "events": events, "verified": verified})
    else:
        print(f"{options.file}: {events:,} events, {'verified' if verified else 'NOT sound; see branchline verify'}")
    return 0 if verified else 1


def bench(options: argparse.Namespace) -> int:
    from app import benchmarks

    progress = ProgressLine()
    try:
        figures = benchmarks.measure(
            options.what, options.events, megabytes=options.megabytes, fresh=options.fresh, progress=progress
        )
    finally:
        progress.close()
    if options.json:
        print_json(figures)
    else:
        kinds = figures.pop("kinds", None)
        for name, value in figures.items():
            print(f"{name}: {value}")
        if kinds is not None:
            heads = ("kind", *next(iter(kinds.values())))
            print_table(heads, [(kind, *map(str, one.values())) for kind, one in kinds.items()])
    return 0
