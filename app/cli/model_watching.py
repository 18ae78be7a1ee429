"""A continuation as it streams onto a terminal, and a model as it is pulled."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.cli.output import ProgressLine, escaped, one_line, say

if TYPE_CHECKING:
    from app.application.continue_request import ContinueUpdate
    from app.application.ports import PullProgress

_TOLD = ("connecting", "loading", "processing prompt", "thinking", "calling tool")


class Watcher:
    """Streams the answer: to stdout, or with ``--json`` to stderr; phases and thinking go to stderr."""

    def __init__(self, *, to_stdout: bool) -> None:
        self._stream = sys.stdout if to_stdout else sys.stderr
        self._written = self._thought = 0
        self._phase = ""
        self._is_kept = False

    def updated(self, update: ContinueUpdate) -> None:
        if len(update.text) < self._written or len(update.thinking) < self._thought:
            self._ended()  # the next request of the same run
        if update.phase != self._phase:
            self._phase = update.phase
            if update.phase in _TOLD:
                say(f"{update.phase} …")
        if len(update.thinking) > self._thought:
            sys.stderr.write(printable(update.thinking[self._thought :]))
            self._thought = len(update.thinking)
        if len(update.text) > self._written:
            if self._thought and not self._written:
                say("")
            self._stream.write(printable(update.text[self._written :]))
            self._stream.flush()
            self._written = len(update.text)
        self._is_kept = update.recorded and bool(update.text.strip())

    def finished(self) -> None:
        """Nothing more comes; of what broke off it is said what became of it."""
        self._ended()
        if self._is_kept:
            say("what it had written is kept as an event; branchline keep SESSION --branch B makes it a message")

    def _ended(self) -> None:
        if self._written:
            self._stream.write("\n")
        self._written = self._thought = 0


def printable(text: str) -> str:
    """A model's words for a terminal: what could steer it is written as escapes, lines and tabs stay."""
    return "".join(part if part in ("\n", "\t") else escaped(part) for part in _parts(text))


def _parts(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        for cell in line.split("\t"):
            lines += [cell, "\t"]
        lines[-1] = "\n"
    return lines[:-1]


class PullLine:
    """One line on stderr for the part that is being fetched; what is new is said once."""

    def __init__(self) -> None:
        self._bar = ProgressLine()
        self._status = ""

    def stepped(self, step: PullProgress) -> None:
        if step.total:
            self._bar(step.completed or 0, step.total, one_line(step.status))
        elif step.status != self._status:
            self._bar.close()
            say(one_line(step.status))
        self._status = step.status

    def close(self) -> None:
        self._bar.close()
