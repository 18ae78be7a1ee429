"""The engine as a child process: a crash in llama.cpp never takes the window with it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from typing import IO, TYPE_CHECKING, Final, Self

from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

START_TIMEOUT_S: Final = 120.0
_END_TIMEOUT_S: Final = 5.0


def engine_command() -> tuple[str, ...]:
    """What starts the engine: this very program when it is frozen, else its Python."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "serve-model")
    return (sys.executable, "-m", "app.adapters.engine")


class EngineProcess:
    """A running engine on a free loopback port. It ends with ``close`` and when this process dies."""

    def __init__(self, gguf: Path, command: Sequence[str] | None = None) -> None:
        """Start and wait until the model can be asked. Raises ``ModelError``."""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        arguments = (*(command or engine_command()), "--model", str(gguf), "--port", "0", "--watch-stdin")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            self._errors.close()
            raise ModelError(f"The built-in model cannot be started: {error}.") from None
        try:
            self.address, self.model = self._announced()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """End the process and wait for it; may be called again."""
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        stdin.close()
        self._process.terminate()
        try:
            self._process.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        stdout.close()
        self._errors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _announced(self) -> tuple[str, str]:
        """The first line it prints; without one, the reason it gave."""
        watchdog = threading.Timer(START_TIMEOUT_S, self._process.kill)
        watchdog.start()
        try:
            line = _pipe(self._process.stdout).readline()
        finally:
            watchdog.cancel()
            watchdog.join()
        try:
            announced = json.loads(line)
            return str(announced["address"]), str(announced["model"])
        except (ValueError, KeyError, TypeError):
            self._process.kill()
            status = self._process.wait()
            raise ModelError(f"The built-in model did not start: {self._last_words(status)}") from None

    def _last_words(self, status: int) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"its process ended with status {status}."


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("started without pipes")
    return pipe
