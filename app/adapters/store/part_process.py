"""Starts the processes that verify parts of a store, and hears what they find."""

from __future__ import annotations

import queue
import subprocess
import threading
from typing import TYPE_CHECKING, Final

import msgspec

from app.adapters.own_process import environment, program
from app.adapters.store.part_worker import COMMAND, Message
from app.adapters.store.proof import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_LISTEN_S: Final = 0.1
_decode: Final = msgspec.json.Decoder(Message).decode
_Inbox = queue.SimpleQueue["tuple[int, bytes | None]"]


def results_of(file: Path, jobs: Sequence[tuple[str, ...]], told: Callable[[int], None]) -> list[Message]:
    """The results of jobs (arguments behind the file's name), each done by a process of its own.

    ``told`` hears how many events are done by all of them, several times a second, and may raise to stop everything.
    Raises ``Doubt`` when one of them has no result, ``OSError`` when one cannot be started.
    """
    inbox: _Inbox = queue.SimpleQueue()
    results: dict[int, Message] = {}
    done = [0] * len(jobs)
    working: list[_Working] = []
    try:
        for index, job in enumerate(jobs):
            working.append(_Working(index, (*program(), COMMAND, str(file), *job), inbox))
        ended = 0
        while ended < len(jobs):
            try:
                index, line = inbox.get(timeout=_LISTEN_S)
            except queue.Empty:
                told(sum(done))
                continue
            message = None if line is None else _message(line)
            if message is None:
                ended += 1
                if index not in results:
                    raise Doubt
            elif message.done is None:
                results[index] = message
            else:
                done[index] = message.done
                told(sum(done))
    finally:
        for one in working:
            one.end()
    return [results[index] for index in range(len(jobs))]


class _Working:
    """A process, and the thread that waits for its lines."""

    def __init__(self, index: int, command: Sequence[str], inbox: _Inbox) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._thread = threading.Thread(target=self._listen, args=(index, inbox), name=f"verify part {index}")
        self._thread.start()

    def end(self) -> None:
        """Stop it if it still works, and wait until it is gone."""
        self._process.kill()
        self._thread.join()
        self._process.wait()

    def _listen(self, index: int, inbox: _Inbox) -> None:
        lines = self._process.stdout
        if lines is not None:
            with lines:
                for line in lines:
                    inbox.put((index, line))
        inbox.put((index, None))


def _message(line: bytes) -> Message:
    try:
        return _decode(line)
    except msgspec.MsgspecError as error:
        raise Doubt from error
