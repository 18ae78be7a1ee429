"""Imports in a process of its own, so that a window stays smooth however large the files are.

One line of JSON on the helper's standard input says what to import; it answers in lines of JSON: how far it is, and in
the end the report or why there is none. When its input ends, it stops: whole sessions stay.
"""

from __future__ import annotations

import queue
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.own_process import environment, program
from app.domain.errors import BranchlineError, Cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from app.application.ports import Progress

COMMAND: Final = "import-files"

_LISTEN_S: Final = 0.1
_PATIENCE_S: Final = 3.0
"""What reads a large record may hear late that it should stop; then it is ended, which loses that session only."""


class Wish(msgspec.Struct, kw_only=True):
    """What is to be imported into which store: files, or a database server's rows; ``mapping`` is the JSON of one."""

    store: str
    paths: list[str]
    mapping: dict[str, Any] | None = None
    database: str | None = None


class Answer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One line of the helper: progress, the report, or a sentence that says what went wrong."""

    done: int | None = None
    total: int | None = None
    what: str = ""
    report: dict[str, Any] | None = None
    error: str | None = None


_decode: Final = msgspec.json.Decoder(Answer).decode


def run(wish: Wish, progress: Progress) -> Mapping[str, Any]:
    """The report of ``branchline import --json``. Raises Cancelled where ``progress`` does, BranchlineError."""
    helper = subprocess.Popen(  # noqa: S603 - our own program
        (*program(), COMMAND),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(helper.stdout, lines), name="import listener")
    listener.start()
    try:
        _say(helper, wish)
        return _heard(helper, lines, progress)
    except Cancelled:
        _ask_to_stop(helper)
        raise
    finally:
        helper.kill()
        helper.wait()
        listener.join()
        if helper.stdin is not None:
            _close(helper.stdin)


def _heard(
    helper: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes | None], progress: Progress
) -> Mapping[str, Any]:
    last: tuple[int, int | None, str] = (0, None, "")
    while True:
        try:
            line = lines.get(timeout=_LISTEN_S)
        except queue.Empty:
            progress(*last)
            continue
        if line is None:
            code = helper.wait()
            raise BranchlineError(f"the import ended before it was done (exit code {code}); whole sessions are in")
        answer = _decode(line)
        if answer.report is not None:
            return answer.report
        if answer.error is not None:
            raise BranchlineError(answer.error)
        last = (answer.done or 0, answer.total, answer.what)
        progress(*last)


def _say(helper: subprocess.Popen[bytes], wish: Wish) -> None:
    if helper.stdin is not None:
        with suppress(OSError):  # when it is gone, what it says, or does not, tells more
            helper.stdin.write(msgspec.json.encode(wish) + b"\n")
            helper.stdin.flush()


def _ask_to_stop(helper: subprocess.Popen[bytes]) -> None:
    if helper.stdin is not None:
        _close(helper.stdin)
    with suppress(subprocess.TimeoutExpired):
        helper.wait(_PATIENCE_S)


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):
        pipe.close()


def _listen(pipe: IO[bytes] | None, lines: queue.SimpleQueue[bytes | None]) -> None:
    if pipe is not None:
        with pipe:
            for line in pipe:
                lines.put(line)
    lines.put(None)
