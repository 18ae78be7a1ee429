"""The grammar of report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli.late import Late
from app.cli.redact_grammar import add_redact_option

if TYPE_CHECKING:
    from app.cli.parser import _Grammar as Grammar

reporting = Late("reporting")

REPORTS: Final = ("html", "pdf")


def add_report(grammar: Grammar) -> None:
    text = "write a report that anybody can read: conversation, markers, notes, state and differences at the markers"
    report = grammar.add_for_session("report", text, reporting.report, json=False, branch=False)
    report.add_argument(
        "--branch",
        metavar="B",
        action="append",
        help="name or id; several are told one after the other (default: main)",
    )
    report.add_argument("--from", dest="first", metavar="N", help="first position or event id (default: the first)")
    report.add_argument("--to", dest="last", metavar="M", help="last position or event id (inclusive)")
    report.add_argument(
        "--at", metavar="N", action="append", default=[],
        help="tell the state at this position or event id too, as at a marker (repeatable)",
    )  # fmt: skip
    report.add_argument("--format", choices=REPORTS, help="default: what the file's ending says")
    report.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="where to")
    report.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    report.add_argument("--by", metavar="NAME", help="who makes it, as it shall say (default: $BRANCHLINE_AUTHOR)")
    add_redact_option(report)
    report.add_argument("--without-notes", action="store_true", help="leave out markers, notes, tags and ratings")
    report.add_argument("--without-pictures", action="store_true", help="leave out attached pictures")
    report.add_argument("--no-verify", action="store_true", help="do not check the hash chain first")
