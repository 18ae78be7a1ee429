"""Parse, run, and turn every failure into one line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import make_every_text_printable, one_line
from app.cli.parser import make_parser
from app.collector import collect_seldom
from app.domain.errors import BranchlineError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def _tell_of_plugins() -> None:
    loaded = sys.modules.get("app.adapters.plugins")  # commands that open no store never ask for plugins
    for sentence in loaded.problems if loaded is not None else ():
        print(f"branchline: {one_line(sentence)}", file=sys.stderr)


def run(arguments: Sequence[str]) -> int:
    """The exit code of one command. Never raises but for programming errors."""
    collect_seldom()
    make_every_text_printable()
    parser = make_parser()
    if len(arguments) == 1 and Path(arguments[0]).is_file():
        arguments = ["open", *arguments]  # what a desktop hands over when a file is double-clicked
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else WRONG_USAGE
    try:
        code: int = options.run(options)
        _tell_of_plugins()
        sys.stdout.flush()
    except BranchlineError as error:
        print(f"branchline: {one_line(error)}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever reads our output has seen enough; without this the interpreter complains while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
            raise
        print(f"branchline: the output cannot be written: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("branchline: stopped", file=sys.stderr)
        return INTERRUPTED
    return code
