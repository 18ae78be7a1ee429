"""Commands of the analyst's record: mark, note, tag, rate, notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.opening import opened_store
from app.cli.output import print_json, print_table
from app.domain.errors import BadInput
from app.domain.notebook import RATING_WORDS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from app.application.notebook import Notebook
    from app.domain.notebook import NotebookEntry


def mark(options: argparse.Namespace) -> int:
    return _write(options, lambda book, branch, at: book.set_marker(branch, at, options.label))


def note(options: argparse.Namespace) -> int:
    return _write(options, lambda book, branch, at: book.write_note(branch, at, options.text))


def tag(options: argparse.Namespace) -> int:
    return _write(options, lambda book, branch, at: book.add_tag(branch, at, options.tag))


def rate(options: argparse.Namespace) -> int:
    return _write(options, lambda book, branch, at: book.rate(branch, at, options.rating, options.why))


def _write(options: argparse.Namespace, write: Callable[[Notebook, str, int], NotebookEntry]) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session).header.id
        branch = core.library.branch(session, options.branch)
        entry = write(core.notebook, branch.id, core.library.position(branch, options.at))
        if options.json:
            print_json(entry.to_json({one.id: one.name for one in core.branch_labels.branches(session)}))
        else:
            print(entry.id)
    return 0


def notebook(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session).header.id
        branch = None if options.branch is None else core.library.branch(session, options.branch).id
        if options.remove is not None:
            core.notebook.remove(session, _entry_named(core.notebook.entries(session), options.remove))
        if options.undo:
            core.notebook.undo(session)
        names = {one.id: one.name for one in core.branch_labels.branches(session)}
        entries = core.notebook.entries(session, branch)
        if options.json:
            print_json([entry.to_json(names) for entry in entries])
        elif not entries:
            print("nothing noted yet; set a marker with: branchline mark SESSION --at N")
        else:
            print_table(("id", "event", "branch", "kind", "text"), (_row(entry, names) for entry in entries))
    return 0


def _row(entry: NotebookEntry, names: dict[str, str]) -> tuple[object, ...]:
    rating = f"{entry.rating} {RATING_WORDS[entry.rating - 1]}" if entry.rating else ""
    text = " – ".join(part for part in (rating, entry.text) if part)
    return entry.id, entry.position, names.get(entry.branch, entry.branch), entry.kind, text


def _entry_named(entries: tuple[NotebookEntry, ...], named: str) -> str:
    matching = [entry.id for entry in entries if named and entry.id.startswith(named)]
    if named in matching or not matching:
        return named
    if len(matching) > 1:
        raise BadInput(f"{named!r} names {len(matching)} entries ({', '.join(matching[:3])} …); give the id")
    return matching[0]
