"""The grammar of the lab's commands: rerun, variants, jitter, instructions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import model_flags
from app.cli.late import Late
from app.domain.lab.carrying import KINDS
from app.domain.lab.levels import ALPHA, FEWEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.cli.parser import _Grammar as Grammar


instructing = Late("instructing")
repeating = Late("repeating")
rerunning = Late("rerunning")
varying = Late("varying")


def add_lab(grammar: Grammar, count: Callable[[str], int]) -> None:
    """``count`` reads a number of at least 1."""
    _add_rerun(grammar, count)
    _add_variants(grammar)
    _add_jitter(grammar, count)
    _add_library(grammar, "instructions")
    _add_library(grammar, "templates")


def _add_rerun(grammar: Grammar, count: Callable[[str], int]) -> None:
    text = "play the customer's remaining turns again, on a new branch; of one session or of many"
    rerun = grammar.add("rerun", text, rerunning.rerun, json=True)
    rerun.add_argument("session", metavar="SESSION", nargs="?", help="id, unique prefix, external id or exact title")
    rerun.add_argument("--branch", metavar="B", default="main", help="name or id (default: main)")
    rerun.add_argument("--at", metavar="N", help="play again what follows this position or event id")
    rerun.add_argument("--turn", metavar="K", type=count, help="begin with the customer's K-th message (default: 1)")
    rerun.add_argument("--turns", metavar="N", type=count, help="play at most so many turns (default: all)")
    rerun.add_argument("--name", metavar="NAME", help="what to call the branch")
    chosen = rerun.add_argument_group("many sessions; the same command again goes on where it stopped")
    chosen.add_argument("--sessions", metavar="ID,ID…|@FILE", help="these, or those that a file names, one a line")
    chosen.add_argument("--all", action="store_true", help="every session")
    chosen.add_argument("--subject", metavar="ID", help="those about this customer")
    chosen.add_argument("--filter", metavar="EXPRESSION", help="those whose last state fulfils this, as in find")
    model_flags.add_instructions(rerun)
    model_flags.add_options(rerun)
    model_flags.add_state(rerun)
    model_flags.add_tools(rerun)
    _add_leaving_out(rerun)
    _add_checks(rerun)


def _add_checks(parser: argparse.ArgumentParser) -> None:
    """The options that say what answers are held against; each but the file may be given several times."""
    group = parser.add_argument_group("checks of every answer")
    group.add_argument("--checks", metavar="FILE", type=Path, help="a TOML or JSON file of checks (see README)")
    group.add_argument("--contains", metavar="TEXT", action="append", default=[], help="the answer contains TEXT")
    group.add_argument("--lacks", metavar="TEXT", action="append", default=[], help="the answer does not contain TEXT")
    group.add_argument("--matches", metavar="REGEX", action="append", default=[], help="REGEX occurs in the answer")
    group.add_argument("--schema", metavar="FILE", type=Path, action="append", default=[],
                       help="the answer follows the JSON schema in FILE")  # fmt: skip
    group.add_argument("--holds", metavar="EXPRESSION", action="append", default=[],
                       help="a condition on the state, as in find, holds after the answer")  # fmt: skip
    group.add_argument("--similar", metavar="0-1", type=float, action="append", default=[],
                       help="ROUGE-L F1 to the recorded answer is at least this")  # fmt: skip
    group.add_argument("--fail-on-check", action="store_true", help="exit with 1 when a check failed")


def _add_variants(grammar: Grammar) -> None:
    text = "answer once with every combination of models, instructions, temperatures and seeds, each on a branch"
    variants = grammar.add_for_session("variants", text, varying.variants)
    variants.add_argument("--at", metavar="N", help="position or event id to leave from (default: the last)")
    variants.add_argument("--models", metavar="M,M…", type=_texts, help="models of the server (default: its first)")
    variants.add_argument("--instructions", metavar="NAME@V,…", type=_texts, help="versions from the library")
    variants.add_argument("--instructions-text", metavar="TEXT", action="append", default=[], help="typed ones")
    variants.add_argument("--unchanged", action="store_true", help="also the instructions that the branch has")
    variants.add_argument("--temperatures", metavar="T,T…", type=_floats)
    variants.add_argument("--seeds", metavar="S,S…", type=number_list, help="numbers and ranges: 1,2,5-8")
    variants.add_argument("--say", metavar="TEXT", help="the customer's next message (default: as recorded)")
    variants.add_argument("--rest", action="store_true", help="play all remaining turns, not the next alone")
    variants.add_argument("--name", metavar="NAME", help="what the names of the branches begin with")
    variants.add_argument("--plan", action="store_true", help="only list what would be done, in order")
    _add_common(variants)
    model_flags.add_state(variants)
    model_flags.add_tools(variants)
    _add_leaving_out(variants)


def _add_jitter(grammar: Grammar, count: Callable[[str], int]) -> None:
    text = "repeat a branch to see how much chance changes, and whether a change differs more than that"
    jitter = grammar.add_for_session("jitter", text, repeating.jitter)
    jitter.add_argument("--at", metavar="N", help="repeat what follows this position (default: the branch's own trial)")
    jitter.add_argument("--turns", metavar="N", type=count, help="repeat at most so many turns (default: all)")
    jitter.add_argument("--k", metavar="K", type=count, default=FEWEST, help=f"repetitions a side (default: {FEWEST})")
    jitter.add_argument("--seeds", choices=("varied", "recorded"), default="varied",
                        help="one for each repetition, or as recorded (default: varied)")  # fmt: skip
    jitter.add_argument(
        "--alpha", metavar="P", type=_share, default=ALPHA, help=f"level of the test (default: {ALPHA})"
    )
    asked = jitter.add_argument_group("how it is asked (default: as the branch was)")
    asked.add_argument("--model", metavar="M", help="a model of the server")
    asked.add_argument("--instructions", metavar="TEXT")
    asked.add_argument("--instructions-from", metavar="NAME@V", help="a version from the library")
    asked.add_argument("--temperature", metavar="T", type=float)
    changed = jitter.add_argument_group("the change to hold against it (default: none, only the floor is measured)")
    changed.add_argument("--against", metavar="B", help="as this branch was asked")
    changed.add_argument("--to-model", metavar="M")
    changed.add_argument("--to-instructions", metavar="TEXT")
    changed.add_argument("--to-instructions-from", metavar="NAME@V", help="a version from the library")
    changed.add_argument("--to-temperature", metavar="T", type=float)
    _add_common(jitter)
    _add_leaving_out(jitter)


def _add_library(grammar: Grammar, kind: str) -> None:
    library = grammar.add_group(kind, f"the library of {kind}: names, versions, differences")
    listed = library.add("list", "list names, newest versions first in each", instructing.list_all, json=True)
    shown = library.add("show", "print a version", instructing.show, json=True)
    shown.add_argument("name", metavar="NAME[@V]", help="without a version the newest")
    saved = library.add("save", "save a new version; prints its name", instructing.save, json=True)
    saved.add_argument("name", metavar="NAME")
    source = saved.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", metavar="TEXT")
    source.add_argument("--file", metavar="FILE", type=Path, help="read the text from a file (-: from stdin)")
    saved.add_argument("--note", metavar="TEXT", default="", help="what was changed, and why")
    changed = library.add("diff", "what changed between two versions, word by word", instructing.diff, json=True)
    changed.add_argument("name", metavar="NAME[@V]")
    changed.add_argument("other", metavar="NAME[@V]", nargs="?", help="default: NAME against the version before it")
    for parser in (listed, shown, saved, changed):
        parser.set_defaults(library=kind)


def _add_common(parser: argparse.ArgumentParser) -> None:
    """Options of the model that are the same for all that is tried."""
    parser.set_defaults(seed=None, temperature=None)
    model_flags.add_fixed(parser)


def _add_leaving_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--leave-out", metavar="KIND,…", type=_texts, default=[],
        help=f"recorded events between messages that are not repeated: {', '.join(KINDS)}",
    )  # fmt: skip


def _texts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _floats(text: str) -> list[float]:
    try:
        return [float(part) for part in _texts(text)]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers such as 0,0.7") from None


def number_list(text: str) -> list[int]:
    """``1,2,5-8`` as numbers. Raises ArgumentTypeError."""
    found: list[int] = []
    for part in text.split(","):
        first, mark, last = part.strip().partition("-")
        if not first.isdecimal() or (mark and not last.isdecimal()):
            raise argparse.ArgumentTypeError(f"{part.strip()!r} is no number and no range such as 1-5")
        found += range(int(first), int(last if mark else first) + 1)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} names no number")
    return found


def _share(text: str) -> float:
    number = float(text)
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return number
