"""The grammar of the command line; what commands do stands in the modules beside this one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import model_flags, options
from app.cli.compare_grammar import add_comparing
from app.cli.export_grammar import add_exporting
from app.cli.lab_grammar import add_lab
from app.cli.late import Late
from app.cli.redact_grammar import add_redacting
from app.cli.report_grammar import add_report
from app.domain.branch_labels import COLOURS

BENCHMARKS = (
    "append",
    "seek",
    "open",
    "drag",
    "step",
    "stream",
    "size",
    "query",
    "start",
    "overhead",
    "jitter",
    "redaction",
    "import",
)

if TYPE_CHECKING:
    from collections.abc import Callable


asking = Late("asking")
checking = Late("checking")
imported = Late("imported")
labelling = Late("labelling")
modelling = Late("modelling")
noting = Late("noting")
reading = Late("reading")
searching = Late("searching")
what_if = Late("what_if")
windows = Late("windows")
writing = Late("writing")


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="branchline",
        description="Scrub through LLM sessions, rebuild state at any event, branch and continue with a local model.",
        epilog="Without a command the window opens. Exit codes: 0 done, 1 failed, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=_version())
    _add_store(parser, default=None)
    parser.set_defaults(run=windows.window)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    grammar = _Grammar(commands)
    _add_windows(grammar)
    _add_reading(grammar)
    _add_searching(grammar)
    _add_asking(grammar)
    add_comparing(grammar)
    add_exporting(grammar)
    add_redacting(grammar)
    add_report(grammar)
    _add_writing(grammar)
    _add_noting(grammar)
    _add_what_if(grammar)
    _add_labelling(grammar)
    _add_models(grammar)
    add_lab(grammar, _count)
    _add_checking(grammar)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"branchline {version('branchline')}"
    except PackageNotFoundError:
        return "branchline (not installed)"


def _add_store(parser: argparse.ArgumentParser, *, default: Any) -> None:
    parser.add_argument(
        "--store",
        metavar="URL_OR_PATH",
        default=default,
        help="the store to use (default: $BRANCHLINE_STORE, else a file in your data folder)",
    )


class _Grammar:
    """Adds commands that share ``--store`` and, where they read, ``--json``."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def add(
        self, name: str, text: str, run: Callable[[argparse.Namespace], int], *, json: bool = False, store: bool = True
    ) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = self._commands.add_parser(name, help=text, description=text)
        parser.set_defaults(run=run)
        if store:
            _add_store(parser, default=argparse.SUPPRESS)
        if json:
            parser.add_argument("--json", action="store_true", help="print JSON for scripts")
        return parser

    def add_for_session(
        self, name: str, text: str, run: Callable[[argparse.Namespace], int], *, json: bool = True, branch: bool = True
    ) -> argparse.ArgumentParser:
        parser = self.add(name, text, run, json=json)
        parser.add_argument("session", metavar="SESSION", help="id, unique prefix, external id or exact title")
        if branch:
            parser.add_argument("--branch", metavar="B", default="main", help="name or id (default: main)")
        return parser

    def add_group(self, name: str, text: str) -> _Grammar:
        """A command whose first word says what it does."""
        parser: argparse.ArgumentParser = self._commands.add_parser(name, help=text, description=text)
        return _Grammar(parser.add_subparsers(metavar="WHAT", required=True))


def _count(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _at(parser: argparse.ArgumentParser, text: str = "position or event id (default: the last)") -> None:
    parser.add_argument("--at", metavar="N", help=text)


def _add_windows(grammar: _Grammar) -> None:
    demo = grammar.add("demo", "open the window on the demo sessions", windows.demo)
    demo.add_argument("--prepare", action="store_true", help="fetch and make all that a demo without network needs")
    demo.add_argument("--reset", action="store_true", help="bring the demo store back to how it was")
    opened = grammar.add_for_session("open", "open the window at a moment", windows.open_at, json=False)
    _at(opened)
    tested = grammar.add(
        "self-test",
        "start the real window offscreen, use it, and say whether all works",
        windows.self_test,
        store=False,
    )
    tested.add_argument("--require-model", action="store_true", help="fail where the built-in model is not there")


def _add_reading(grammar: _Grammar) -> None:
    sessions = grammar.add("sessions", "list sessions", reading.sessions, json=True)
    sessions.add_argument("--subject", metavar="ID", help="only those about this customer")
    sessions.add_argument("--holding", metavar="TEXT", help="only those with these words: an order, a tag, anything")
    events = grammar.add_for_session("events", "print events, one a line", reading.events)
    events.add_argument("--from", dest="first", metavar="N", type=int, default=1, help="first position")
    events.add_argument("--to", dest="last", metavar="M", type=int, help="last position (inclusive)")
    options.add_filters(events)
    events.add_argument("--stream", choices=("analyst", "derived"), help="a side stream instead of a branch")
    state = grammar.add_for_session("state", "print the state at a position", reading.state)
    _at(state)
    diff = grammar.add_for_session("diff", "differences of the state between two positions", reading.diff)
    diff.add_argument("--from", dest="first", metavar="A", required=True, help="position or event id")
    diff.add_argument("--to", dest="last", metavar="B", help="position or event id (default: the last)")
    diff.add_argument("--branch-from", metavar="B", help="branch of A (default: --branch)")
    diff.add_argument("--branch-to", metavar="B", help="branch of B (default: --branch)")
    diff.add_argument("--fold-from", metavar="V", type=int, help="version of the fold for A (default: today's)")
    diff.add_argument("--fold-to", metavar="V", type=int, help="version of the fold for B (default: today's)")


def _add_searching(grammar: _Grammar) -> None:
    text = 'find words in all sessions and branches ("quotes" hold a phrase together)'
    found = grammar.add("search", text, searching.search, json=True)
    found.add_argument("text", metavar="TEXT", nargs="?", default="", help="words that must all occur")
    found.add_argument("--session", metavar="S", help="only in this session")
    found.add_argument("--branch", metavar="B", help="only on this branch of the session")
    found.add_argument("--limit", metavar="N", type=_count, default=options.LIMIT, help="most hits (default: 200)")
    options.add_filters(found)
    story = grammar.add("story", "all events of a customer over their sessions", searching.story, json=True)
    story.add_argument("subject", metavar="SUBJECT", help="the customer's id")


def _add_asking(grammar: _Grammar) -> None:
    history = grammar.add_for_session("history", "the events that changed one field of the state", asking.history)
    history.add_argument("pointer", metavar="POINTER", help="a JSON pointer, such as /recommendation/shown/0/item")
    find = grammar.add_for_session("find", "the first position where a condition becomes true", asking.find)
    find.add_argument("expression", metavar="EXPRESSION", help="such as 'len(conversation.messages) > 20'")
    find.add_argument("--all", action="store_true", help="every position, not the first alone")
    for parser in (history, find):
        parser.add_argument("--from", dest="first", metavar="A", help="first position or event id")
        parser.add_argument("--to", dest="last", metavar="B", help="last position or event id (inclusive)")
    explain = grammar.add_for_session("explain", "why a field of the state is what it is", asking.explain)
    explain.add_argument("pointer", metavar="POINTER", help="a JSON pointer, such as /recommendation/predicted/0")
    _at(explain)


def _add_writing(grammar: _Grammar) -> None:
    importing = grammar.add("import", "import files or folders", writing.import_files, json=True)
    importing.add_argument("paths", metavar="PATH", nargs="*", type=Path)
    options.add_import_options(importing)
    told = grammar.add(
        "imports", "how sessions came in: files, what was left out or not captured", imported.list_imports, json=True
    )
    told.add_argument("session", metavar="SESSION", nargs="?", help="only how this one came in")
    branch = grammar.add_for_session(
        "branch", "make a branch; prints its id ($BRANCHLINE_AUTHOR is kept as who made it)", writing.branch
    )
    _at(branch)
    branch.add_argument("--name", required=True, help="what to call it")
    _reason(branch, default="")


def _add_what_if(grammar: _Grammar) -> None:
    edited = grammar.add_for_session("edit", "change one thing on a branch; prints the branch's id", what_if.edit)
    options.add_edit_options(edited)
    text = "leave one event out on a new branch and apply the later ones again; prints its id"
    left_out = grammar.add_for_session("leave-out", text, what_if.leave_out)
    options.add_leave_out_options(left_out)
    for parser in (edited, left_out):
        _at(parser)


def _reason(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument("--hypothesis", metavar="TEXT", default=default, help="why the branch is made")
    parser.add_argument("--expected", metavar="TEXT", default=default, help="what is expected of it")


def _add_labelling(grammar: _Grammar) -> None:
    text = "list the branches of a session, with stars, colours and reasons"
    listed = grammar.add_for_session("branches", text, labelling.branches, branch=False)
    listed.add_argument("--all", action="store_true", help="archived ones too (--json always lists all)")
    listed.add_argument("--undo", action="store_true", help="undo the last change of a name, star, colour … first")
    renamed = grammar.add_for_session("rename", "give a branch another name", labelling.rename)
    renamed.add_argument("name", metavar="NAME")
    star = grammar.add_for_session("star", "make a branch the default path of its session", labelling.star)
    star.add_argument("--off", action="store_true", help="take the star off")
    colour = grammar.add_for_session("colour", "give a branch a colour", labelling.colour)
    colour.add_argument("colour", metavar="COLOUR", help=f"{', '.join(COLOURS)}, or none")
    archive = grammar.add_for_session("archive", "fold a branch away; nothing is deleted", labelling.archive)
    archive.add_argument("--with-children", action="store_true", help="and all branches made from it")
    archive.add_argument("--off", action="store_true", help="bring it back")
    _reason(grammar.add_for_session("reason", "say why a branch was made", labelling.reason), default=None)


def _add_noting(grammar: _Grammar) -> None:
    mark = grammar.add_for_session("mark", "set a marker at an event; prints its id", noting.mark)
    mark.add_argument("--label", metavar="TEXT", help="what it says")
    note = grammar.add_for_session("note", "write a note at an event; prints its id", noting.note)
    note.add_argument("text", metavar="TEXT")
    tag = grammar.add_for_session("tag", "tag an event; prints the tag's id", noting.tag)
    tag.add_argument("tag", metavar="TAG")
    rate = grammar.add_for_session("rate", "rate an event from 1 (bad) to 5 (very good); prints its id", noting.rate)
    rate.add_argument("rating", metavar="1-5", type=int)
    rate.add_argument("--why", metavar="TEXT", default="", help="a remark")
    for parser in (mark, note, tag, rate):
        _at(parser)
    book = grammar.add_for_session("notebook", "list markers, notes, tags and ratings", noting.notebook, branch=False)
    book.add_argument("--branch", metavar="B", help="only those that this branch holds (name or id; default: all)")
    change = book.add_mutually_exclusive_group()
    change.add_argument("--remove", metavar="ID", help="take this entry off first (an id or the start of one)")
    change.add_argument("--undo", action="store_true", help="undo the last change first")


def _add_models(grammar: _Grammar) -> None:
    continued = grammar.add_for_session("continue", "continue a branch with a model", modelling.continue_branch)
    continued.add_argument("--say", metavar="TEXT", help="the next customer message")
    model_flags.add_instructions(continued)
    continued.add_argument("--variants", metavar="N", type=_count, help="N answers, each on a branch with its own seed")
    model_flags.add_options(continued)
    model_flags.add_content(continued)
    model_flags.add_state(continued)
    model_flags.add_retry(continued)
    text = "make a message of what a run had written before it failed or was stopped"
    kept = grammar.add_for_session("keep", text, modelling.keep)
    _at(kept, "position or id of the event that ended the run (default: the branch's last such run)")
    kept.add_argument("--name", metavar="NAME", default="", help="of the branch it needs where this one has gone on")
    listed = grammar.add("models", "list the models of the server", modelling.models, json=True, store=False)
    listed.add_argument("--pull", metavar="NAME", help="let the server fetch this model first")
    listed.add_argument("--allow-remote", action="store_true", help="also one that runs on somebody else's machine")
    serve = grammar.add(
        "serve-model", "serve the built-in model on loopback, with Ollama's API", modelling.serve_model, store=False
    )
    serve.add_argument("--model", metavar="PATH", type=Path, help="any GGUF file (default: the built-in model)")
    serve.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    serve.add_argument("--watch-stdin", action="store_true", help="end when the standard input is closed")


def _add_checking(grammar: _Grammar) -> None:
    grammar.add("verify", "check every byte of the store", checking.verify, json=True)
    backup = grammar.add("backup", "copy the store while it is in use, and verify the copy", checking.backup, json=True)
    backup.add_argument("file", metavar="FILE", type=Path)
    restore = grammar.add("restore", "make a store from a backup", checking.restore, json=True)
    restore.add_argument("file", metavar="FILE", type=Path)
    bench = grammar.add("bench", "measure this machine", checking.bench, json=True, store=False)
    bench.add_argument("what", choices=BENCHMARKS)
    bench.add_argument("--fresh", action="store_true", help="make the store anew, not the one kept from the last time")
    bench.add_argument("--megabytes", type=_count, default=250, help="size of the export that `bench import` makes")
    bench.add_argument("--events", type=_count, default=100_000, help="size of the store that is made")
