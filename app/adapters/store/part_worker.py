"""What a process does that helps to verify a store: it proves one part of the log.

It is started by ``part_process`` as ``PROGRAM verify-part FILE FIRST LAST``; a last word ``structure`` has it check the
file's structure too. It answers in lines of JSON on its standard output: how far it is, and in the end what it found.
Without that last line there is a doubt. It ends when nobody reads its lines any more.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from app.adapters.store import sqlite_schema
from app.adapters.store.opening import reading_engine
from app.adapters.store.proof import Doubt, Proof, prove
from app.adapters.store.small_tables import read_small_tables
from app.domain.errors import BranchlineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from app.application.ports import StoreProblem

COMMAND: Final = "verify-part"
STRUCTURE: Final = "structure"
_TOLD_EVERY: Final = 20_000
_FAILED: Final = 3


class Message(msgspec.Struct):
    """One line: a number of events that are done, or the result."""

    done: int | None = None
    proof: Proof | None = None
    structure: list[tuple[int | None, str]] | None = None


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when the last line is the result."""
    file, first, last, *more = arguments
    try:
        engine = reading_engine(Path(file))
        try:
            with engine.connect() as connection:
                result = Message(proof=_prove(connection, int(first), int(last)))
                if STRUCTURE in more:
                    result.structure = list(sqlite_schema.structure_problems(connection))
        finally:
            engine.dispose()
        _say(result)
    except (Doubt, BranchlineError, BrokenPipeError):
        return _FAILED
    return 0


def _prove(connection: Connection, first: int, last: int) -> Proof:
    tables = read_small_tables(connection, _doubt)
    said = 0

    def told(done: int) -> None:
        nonlocal said
        if done - said >= _TOLD_EVERY:
            said = done
            _say(Message(done=done))

    return prove(connection, tables, first, last, told)


def _doubt(problem: StoreProblem) -> None:
    raise Doubt(problem.reason)


def _say(message: Message) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()
