"""The grammar of compare."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli.late import Late
from app.cli.redact_grammar import add_redact_option

if TYPE_CHECKING:
    from app.cli.parser import _Grammar as Grammar


comparing = Late("comparing")

FEWEST: Final = 2
MOST: Final = 8
"""Branches that can be compared at once."""
COMPARISONS: Final = ("text", "markdown", "html", "json")


def add_comparing(grammar: Grammar) -> None:
    text = "hold branches against each other: turns aligned, what differs, how much"
    compared = grammar.add_for_session("compare", text, comparing.compare, branch=False)
    compared.add_argument(
        "branches", metavar="BRANCH", nargs="+", action=_Several, help="2 to 8 names or ids; the first is the baseline"
    )
    compared.add_argument(
        "--at", metavar="N", help="as they were at this position or event id (default: their ends)"
    )  # fmt: skip
    compared.add_argument("--different-only", action="store_true", help="leave out turns that are the same everywhere")
    compared.add_argument(
        "--sort", metavar="METRIC", help="best branch first by this metric, such as tokens_per_second"
    )
    compared.add_argument("--reverse", action="store_true", help="with --sort: worst first")
    compared.add_argument("--format", choices=COMPARISONS, default="text", help="what to write (default: text)")
    compared.add_argument("--out", metavar="FILE", type=Path, help="write to a new file instead of the screen")
    add_redact_option(compared)


class _Several(argparse.Action):
    """As many branches as can be compared; others are wrong usage."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: Any, values: Any, _option: Any = None) -> None:
        if not FEWEST <= len(set(values)) == len(values) <= MOST:
            parser.error(f"{FEWEST} to {MOST} different branches can be compared")
        setattr(namespace, self.dest, values)
