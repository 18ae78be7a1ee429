"""The helper that imports for a window; see ``app/adapters/import_process.py`` for what is said."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from time import monotonic
from typing import Final

import msgspec

from app import bootstrap
from app.adapters.import_process import Answer, Wish
from app.cli.mapped_import import mapped_import
from app.collector import collect_seldom
from app.domain.errors import BranchlineError, Cancelled
from app.domain.mapping.mapping import parse

_TOLD_EVERY_S: Final = 0.05
_wish: Final = msgspec.json.Decoder(Wish).decode


def main() -> int:
    """The exit code: 0 when the last line is a report."""
    collect_seldom()
    wish = _wish(sys.stdin.buffer.readline())
    stop = threading.Event()
    threading.Thread(target=_wait_for_end, args=(stop,), daemon=True, name="end of input").start()
    try:
        with bootstrap.core(wish.store) as core:
            report = mapped_import(
                core,
                [Path(one) for one in wish.paths],
                parse(wish.mapping) if wish.mapping else None,
                wish.database,
                _Told(stop),
            ).to_json()
    except BrokenPipeError:
        return 1
    except BranchlineError as error:
        _say(Answer(error=str(error)))
        return 1
    _say(Answer(report=report))
    return 0


class _Told:
    """A ``Progress`` that says now and then how far the import is. Raises Cancelled once input has ended."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._last = 0.0

    def __call__(self, done: int, total: int | None, what: str) -> None:
        if self._stop.is_set():
            raise Cancelled("stopped as asked; whole sessions are in")
        now = monotonic()
        if now - self._last >= _TOLD_EVERY_S:
            self._last = now
            _say(Answer(done=done, total=total, what=what))


def _wait_for_end(stop: threading.Event) -> None:
    while sys.stdin.buffer.read(1):
        pass
    stop.set()


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
