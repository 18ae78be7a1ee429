"""The grammar of export and share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli.late import Late
from app.cli.redact_grammar import add_redact_option

if TYPE_CHECKING:
    import argparse

    from app.cli.parser import _Grammar as Grammar

exporting = Late("exporting")

EXPORTS: Final = (
    "native", "markdown", "openai", "chatgpt", "otlp", "csv", "modelfile", "pairs", "openai-pairs",
)  # fmt: skip
PAIRS: Final = ("pairs", "openai-pairs")
SEVERAL: Final = ("native", "chatgpt", "otlp", "csv")
"""Formats that hold more than one branch."""


def add_exporting(grammar: Grammar) -> None:
    text = "write a session or a branch to a file or to the screen; what the format cannot hold is told"
    export = grammar.add_for_session("export", text, exporting.export)
    export.add_argument("--format", choices=EXPORTS, required=True, help="what to write")
    export.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to (default: the screen)")
    export.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    export.add_argument("--at", metavar="N", help="up to this position or event id: --to by another name")
    _add_choice(export, f"{', '.join(SEVERAL)}: only these branches (repeatable, or with commas between; default: all)")
    export.add_argument(
        "--against",
        metavar="B",
        action="append",
        default=[],
        help="pairs: a branch whose answers were not preferred (repeatable; default: all others)",
    )
    export.add_argument("--model", metavar="M", help="modelfile: build on this model instead of the one that answered")

    _add_share(grammar)


def _add_share(grammar: Grammar) -> None:
    text = "hand a part of a session to somebody else: one file that branchline open shows, read-only, at a moment"
    share = grammar.add_for_session("share", text, exporting.share)
    share.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="where to (NAME.branchline)")
    share.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    share.add_argument("--at", metavar="N", help="open at this position or event id (default: the last of the range)")
    share.add_argument("--field", metavar="POINTER", default="", help="look at this field of the state")
    share.add_argument("--by", metavar="NAME", help="who shares it (default: $BRANCHLINE_AUTHOR, else nobody is named)")
    share.add_argument("--note", metavar="TEXT", default="", help="a word to whoever opens it")
    _add_choice(share, "these branches too, or all (repeatable, or with commas between; default: --branch alone)")


def _add_choice(parser: argparse.ArgumentParser, branches: str) -> None:
    parser.add_argument("--branches", metavar="B", action="append", default=[], help=branches)
    parser.add_argument("--from", dest="first", metavar="A", help="first position or event id (default: 1)")
    parser.add_argument("--to", dest="last", metavar="B", help="last position or event id (default: the last)")
    parser.add_argument(
        "--without", metavar="STREAM", action="append", default=[], choices=("analyst", "derived"),
        help="leave this side stream out (repeatable)",
    )  # fmt: skip
    add_redact_option(parser)
