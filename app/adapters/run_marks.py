"""Locked files beside a store, one for each run of a model: the lock goes when the program does, the file stays."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from pathlib import Path
from typing import IO, Final

_NAME: Final = re.compile(r"[\w.-]{1,120}")


class FileRunMarks:
    """Implements the port ``RunMarks`` in the folder ``STORE.runs``, which is there only while something runs."""

    def __init__(self, store: str) -> None:
        self._folder = Path(f"{store}.runs")
        self._held: dict[str, IO[str]] = {}
        self._guard = threading.Lock()

    def begin(self, request: str, branch: str) -> None:
        """A mark that cannot be set is left out: it only tells the next opening what it may not guess."""
        if not _NAME.fullmatch(request):
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            file = (self._folder / request).open("w", encoding="utf-8")
            if not _locked(file):
                file.close()
                return
            json.dump({"request": request, "branch": branch}, file)
            file.flush()
            with self._guard:
                self._held[request] = file

    def end(self, request: str) -> None:
        with self._guard:
            file = self._held.pop(request, None)
        if file is not None:
            file.close()
        if _NAME.fullmatch(request):
            self._remove(self._folder / request)

    def abandoned(self) -> tuple[tuple[str, str], ...]:
        found = (_read_if_free(path) for path in self._paths() if path.name not in self._held)
        return tuple(told for told in found if told is not None)

    def close(self) -> None:
        """Let go of what is held; what has not ended by now stays marked."""
        with self._guard:
            held, self._held = self._held, {}
        for file in held.values():
            file.close()

    def _paths(self) -> list[Path]:
        try:
            return sorted(path for path in self._folder.iterdir() if path.is_file())
        except OSError:
            return []

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink()
            self._folder.rmdir()  # only when it was the last


def _read_if_free(path: Path) -> tuple[str, str] | None:
    """(request, branch) of a mark that no program holds."""
    try:
        with path.open("r+", encoding="utf-8") as file:
            if not _locked(file):
                return None
            told = json.load(file)
            return str(told["request"]), str(told["branch"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _locked(file: IO[str]) -> bool:
    """Take the lock, which goes with the file's closing and with the program's end, however sudden."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return _locked_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _locked_on_windows(file: IO[str]) -> bool:
    import importlib  # noqa: PLC0415 - its name is unknown elsewhere

    msvcrt = importlib.import_module("msvcrt")
    try:
        file.seek(_BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    except OSError:
        return False
    return True


_BEYOND: Final = 4096
"""On Windows a locked byte cannot be read by others, so one behind the content is locked."""
