"""The flags by which commands say what a model is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

AGAIN: Final = "last"
"""What ``--retry`` means without an id."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the model is and how it runs."""
    parser.add_argument("--model", metavar="M", help="a model of the server (default: its first)")
    parser.add_argument("--seed", metavar="S", type=int)
    parser.add_argument("--temperature", metavar="T", type=float)
    add_fixed(parser)


def add_fixed(parser: argparse.ArgumentParser) -> None:
    """What stays the same where models, temperatures and seeds are tried."""
    parser.add_argument("--num-ctx", metavar="N", type=int, help="context length in tokens")
    parser.add_argument("--num-predict", metavar="N", type=int, help="longest answer in tokens")
    parser.add_argument(
        "--option", metavar="NAME=VALUE", action="append", default=[], help="any option of Ollama, such as top_p=0.9"
    )
    parser.add_argument("--format", metavar="FORM", help='"json", a JSON schema, or a file that holds one')
    parser.add_argument(
        "--think", metavar="HOW", nargs="?", const="yes", help="think first: yes, no, low, medium, high or max"
    )
    parser.add_argument("--keep-alive", metavar="TIME", help="how long the model stays loaded: 10m, seconds, -1")
    parser.add_argument("--allow-remote", action="store_true", help="also a model that does not run on this machine")


def add_instructions(parser: argparse.ArgumentParser) -> None:
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--instructions", metavar="TEXT", help="a new system prompt (default: the branch's)")
    told.add_argument("--instructions-from", metavar="NAME@V", help="a version from the library of instructions")


def add_content(parser: argparse.ArgumentParser) -> None:
    """What the model is given."""
    parser.add_argument("--image", metavar="FILE", type=Path, action="append", default=[], help="goes with --say")
    parser.add_argument(
        "--context", metavar="WHICH", default="all", help="earlier messages: all, last:N turns, or ids with commas"
    )
    parser.add_argument("--with-thinking", action="store_true", help="earlier thinking goes along too")
    add_tools(parser)
    parser.add_argument(
        "--tool-definitions", metavar="FILE", type=Path, help="JSON (default: tools that the session has called)"
    )
    parser.add_argument("--stub", metavar="JSON", help="what a call gets that was never recorded")
    parser.add_argument("--may-cut", action="store_true", help="send a prompt that is too long all the same")


def add_tools(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tools", choices=("recorded", "stub"), help="let the model call tools; results from the record, or a stub"
    )


def add_state(parser: argparse.ArgumentParser) -> None:
    """What of the branch's state goes into the prompt."""
    parser.add_argument(
        "--recommend",
        metavar="STRATEGY",
        help="show a list of Branchline's own at each turn from here on: interests, popular, recent, or off",
    )
    parser.add_argument(
        "--template", metavar="NAME[@V]|FILE", help="put slots and lists behind the instructions by this template"
    )


def add_retry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--retry", metavar="ID", nargs="?", const=AGAIN, help="try the last failed request again, or this one"
    )
    parser.add_argument("--preview", action="store_true", help="print what would be sent; send nothing")
