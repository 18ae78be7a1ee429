"""Commands by which sessions leave: export and share."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.adapters.files.new_file import write_new, write_over
from app.application.outgoing.wish import ExportWish
from app.cli.export_grammar import PAIRS, SEVERAL
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, print_json, say
from app.cli.redacting import redaction_of
from app.domain.errors import BadInput, NotFound
from app.domain.events import SIDE_STREAMS
from app.domain.excerpts import Excerpt

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from app.application.outgoing.wish import Export
    from app.domain.branches import Branch

_PAIRS_ARE = "a branch gives one where it first answers otherwise to the very same conversation"


def export(options: argparse.Namespace) -> int:
    _require_sense(options)
    with opened_store(options.store) as core:
        wish = export_wish(core, options)
        progress = ProgressLine()
        try:
            found = core.export(wish, progress)
            pieces = found.pieces
            if options.format in PAIRS:
                told = list(pieces)
                say(f"{len(told):,} pairs: {_PAIRS_ARE}")
                pieces = iter(told)
            _write(pieces, options)
        finally:
            progress.close()
        _tell(found, options)
    return 0


def _require_sense(options: argparse.Namespace) -> None:
    if options.against and options.format not in PAIRS:
        raise BadInput(f"--against belongs to --format {' and '.join(PAIRS)}")
    if options.model is not None and options.format != "modelfile":
        raise BadInput("--model belongs to --format modelfile")
    if options.branches and options.format not in SEVERAL:
        raise BadInput(f"--format {options.format} holds one branch, which --branch names")
    if options.at is not None and options.last is not None:
        raise BadInput("--at and --to say the same; give one of the two")
    if options.json and options.output is None:
        raise BadInput("--json reports on what was written to a file; give --output too")


def share(options: argparse.Namespace) -> int:
    from app.application.sharing import ShareWish

    with bootstrap.core(options.store) as core:
        wish = export_wish(core, options, only_named=True)
        branch = core.store.branch(wish.branch)
        at = None if options.at is None else core.library.position(branch, options.at)
        by = options.by if options.by is not None else os.environ.get("BRANCHLINE_AUTHOR", "").strip()
        wanted = ShareWish(export=wish, at=at, field=options.field, by=by, note=options.note)
        progress = ProgressLine()
        try:
            made = core.sharing.share(options.output, wanted, overwrite=options.overwrite, progress=progress)
        finally:
            progress.close()
    if options.json:
        print_json(made.to_json())
        return 0
    named = one_line(", ".join(made.branches))
    say(f"{made.events:,} events of {named}; open it with: branchline open {options.output}")
    if made.share.first > 1:
        say(f"of the events before {made.share.first} all is in it that the state rests on, but none of the words said")
    for one in made.report["losses"]:
        say(f"not as in the store: {one['what']}: {one['count']:,}")
    if made.report["redaction"] is not None:
        say(made.report["redaction"]["sentence"])
    return 0


def export_wish(core: bootstrap.Core, options: argparse.Namespace, *, only_named: bool = False) -> ExportWish:
    """What the options of export and share ask for. Raises BadInput, NotFound, OutOfRange.

    ``only_named``: where no branches are chosen, that of ``--branch`` alone is meant, and ``all`` means all.
    """
    session = core.library.session(options.session).header.id
    branch = core.library.branch(session, options.branch)
    against = [core.library.branch(session, named).id for named in getattr(options, "against", ())]
    if getattr(options, "format", "") in PAIRS and not against:
        against = list(core.winners.others(branch.id))
    named = [one.strip() for words in options.branches for one in words.split(",") if one.strip()]
    if only_named and named == ["all"]:
        chosen = [one for one in core.store.branches(session) if one.kind not in SIDE_STREAMS]
    else:
        chosen = [core.library.branch(session, one) for one in named]
    if only_named and branch.id not in {one.id for one in chosen}:
        chosen.insert(0, branch)
    if any(one.kind in SIDE_STREAMS for one in chosen):
        raise BadInput("--branches names branches; side streams go along unless --without leaves them out")
    lines = chosen or [branch]
    last = options.last if options.last is not None or only_named else options.at
    return ExportWish(
        form=getattr(options, "format", "native"),
        session=session,
        branch=branch.id,
        excerpt=Excerpt(
            branches=tuple(one.id for one in chosen) or None,
            first=1 if options.first is None else _position(core, lines, options.first),
            last=None if last is None else _position(core, lines, last),
            streams=tuple(one for one in SIDE_STREAMS if one not in options.without),
        ),
        redaction=redaction_of(core, options),
        against=tuple(against),
        model=getattr(options, "model", None),
    )


def _position(core: bootstrap.Core, lines: list[Branch], named: str) -> int:
    """A position, or an event that any of these branches holds: it has the same position on all that do."""
    *others, longest = sorted(lines, key=lambda branch: branch.head)
    for line in others if not named.isdecimal() else ():
        with suppress(NotFound):
            return core.library.position(line, named)
    return core.library.position(longest, named)


def _write(pieces: Iterator[str], options: argparse.Namespace) -> None:
    if options.output is None:
        for piece in pieces:
            sys.stdout.write(piece)
    elif options.overwrite:
        write_over(options.output, pieces)
    else:
        write_new(options.output, pieces)


def _tell(found: Export, options: argparse.Namespace) -> None:
    """What the format could not hold: on stderr, or in the report."""
    report: dict[str, Any] = found.report()
    if options.json:
        size = options.output.stat().st_size
        print_json({"file": str(options.output), "format": options.format, "bytes": size, **report})
        return
    for sentence in found.losses.sentences():
        say(f"not written: {sentence}")
    if report["redaction"] is not None:
        say(report["redaction"]["sentence"])
