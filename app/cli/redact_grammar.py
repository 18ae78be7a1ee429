"""The grammar of redaction, and the option that exporting commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.cli.late import Late

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

redacting = Late("redacting")


class Grammar(Protocol):
    """What adds commands, see ``parser``."""

    def add_for_session(
        self, name: str, text: str, run: Callable[[argparse.Namespace], int], *, branch: bool = True
    ) -> argparse.ArgumentParser: ...


def add_redacting(grammar: Grammar) -> None:
    text = "list what should not leave a session: e-mail addresses, phone numbers, cards, keys, names … (a dry run)"
    redact = grammar.add_for_session("redact", text, redacting.redact, branch=False)
    redact.add_argument(
        "--branch", dest="branches", metavar="B", action="append", default=[],
        help="only this branch, name or id; may be given several times (default: all, and the side streams)",
    )  # fmt: skip
    redact.add_argument("--from", dest="first", metavar="N", type=int, default=1, help="first position")
    redact.add_argument("--to", dest="last", metavar="M", type=int, help="last position (inclusive)")
    redact.add_argument("--profile", metavar="PROFILE", default="standard", help=_PROFILE)
    _add_names(redact)


def add_redact_option(parser: argparse.ArgumentParser) -> None:
    """``--redact PROFILE`` for a command whose result leaves; ``redacting.redaction_of`` reads it."""
    parser.add_argument("--redact", metavar="PROFILE", help=f"take out what is found; {_PROFILE}")
    _add_names(parser)


def _add_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--name-to-redact", dest="redact_names", metavar="NAME", action="append", default=[],
        help="a name to take out beside those of the profile; may be given several times",
    )  # fmt: skip


_PROFILE = "a JSON or TOML file of detectors, names, patterns …, or the word standard"
