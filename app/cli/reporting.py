"""Write a report of a session: what somebody without Branchline can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import bootstrap
from app.application.report_wish import ReportWish
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, say
from app.cli.redacting import redaction_of
from app.domain.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from app.domain.branches import Branch


def report(options: argparse.Namespace) -> int:
    form = _form(options.format, options.output)
    progress = ProgressLine()
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        branches = [core.library.branch(session.header.id, named) for named in options.branch or ["main"]]
        wish = ReportWish(
            session=session.header.id,
            branches=tuple(dict.fromkeys(one.id for one in branches)),
            first=_at(core, branches[0], options.first),
            last=_at(core, branches[0], options.last),
            at=tuple(core.library.position(branches[0], one) for one in options.at),
            author=core.author if options.by is None else options.by,
            notes=not options.without_notes,
            pictures=not options.without_pictures,
            verify=not options.no_verify,
            redaction=redaction_of(core, options),
        )
        try:
            made = bootstrap.write_report(core, wish, form, options.output, progress, replace=options.overwrite)
        finally:
            progress.close()
    say(f"written: {options.output}")
    for sentence in (made.verdict, *made.redaction):
        say(sentence)
    return 0


def _at(core: bootstrap.Core, branch: Branch, named: str | None) -> int | None:
    return None if named is None else core.library.position(branch, named)


def _form(named: str | None, path: Path) -> str:
    """The format that was named, else the one that the file's ending says."""
    if named is not None:
        return named
    ending = path.suffix.lower()
    if ending in (".html", ".htm"):
        return "html"
    if ending == ".pdf":
        return "pdf"
    raise BadInput(f"{path.name} ends neither in .html nor in .pdf; say --format html or --format pdf")
