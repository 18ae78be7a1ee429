"""Options that several commands have, or that are many."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.domain.events import ACTORS, CLASSIFICATIONS, from_rfc3339

DAY = 86_400_000_000
_DATE_LENGTH = len("2024-02-29")
LIMIT = 200
"""Most hits of a search, where nothing else is said."""


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that choose events; each may be given several times, and then any of its values will do."""
    parser.add_argument(
        "--type", dest="types", metavar="T", action="append", default=[], help="a type, or an area such as behaviour"
    )
    parser.add_argument(
        "--actor", dest="actors", metavar="A", action="append", default=[], choices=sorted(ACTORS),
        help=f"one of {', '.join(sorted(ACTORS))}",
    )  # fmt: skip
    parser.add_argument(
        "--subject", dest="subjects", metavar="S", action="append", default=[], help="id of the customer it is about"
    )
    parser.add_argument(
        "--classification", dest="classifications", metavar="C", action="append", default=[], choices=CLASSIFICATIONS,
        help=f"one of {', '.join(CLASSIFICATIONS)}",
    )  # fmt: skip
    parser.add_argument("--since", metavar="TIME", type=_since, help="not before this time or day (RFC 3339, UTC)")
    parser.add_argument("--until", metavar="TIME", type=_until, help="not after this time or day (inclusive)")


def _since(text: str) -> int:
    try:
        return from_rfc3339(text)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2024-02-29 or 2024-02-29T13:00:00Z") from None


def _until(text: str) -> int:
    """A day means all of it."""
    moment = _since(text)
    return moment + DAY - 1 if len(text) == _DATE_LENGTH else moment


def add_edit_options(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--message", metavar="TEXT", help="the customer's message there, or the next one, says this")
    what.add_argument("--answer", metavar="TEXT", help="the assistant's answer there, or the next one, says this")
    what.add_argument("--instructions", metavar="TEXT", help="the system prompt is this from there on")
    what.add_argument(
        "--slot", metavar="SERVICE.SLOT=VALUE", help="a slot is this; empty: not set; a JSON list: several"
    )
    what.add_argument("--tool-result", metavar="CALL=JSON", help="a tool call (its id, or the tool) returned this")
    what.add_argument("--shown", metavar="FILE", help="the list shown is this: JSON, best first; - is stdin")
    parser.add_argument("--failed", action="store_true", help="with --tool-result: the call failed")
    parser.add_argument("--apply-later", action="store_true", help="apply the later recorded events again after it")
    _add_name(parser, "name of the new branch (default: on --branch itself, where that is a what-if and ends there)")


def add_leave_out_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep-dependents", action="store_true", help="keep the events that depend on it")
    _add_name(parser, "name of the new branch")


def _add_name(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--name", metavar="NAME", help=text)
    parser.add_argument("--preview", action="store_true", help="only say what would happen")


def add_import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", metavar="NAME", help="do not detect the format, it is this one")
    parser.add_argument(
        "--mapping", metavar="FILE", type=Path, help="read tables, lines or a database as this file tells"
    )
    parser.add_argument(
        "--database", metavar="URL", help="rows of a server: postgresql+psycopg://user:password@host/name"
    )
    parser.add_argument("--table", metavar="NAME", help="of a database; instead of the mapping's")
    parser.add_argument("--query", metavar="SELECT", help="of a database; instead of the mapping's")
