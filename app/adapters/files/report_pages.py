"""Has a report set in pages by a process of its own.

Laying out long texts would keep the window waiting, and a text that breaks the layout breaks that process alone.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

import app
from app.adapters.files.report_outline import with_outline
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.application.ports import Progress
    from app.domain.report.paper import Paper

COMMAND: Final = "set-pages"
_LISTEN_S: Final = 0.1
_Inbox = queue.SimpleQueue["bytes | None"]


def write_pages(path: Path, paper: Paper, progress: Progress) -> None:
    """Write a PDF with an outline. Raises BadInput where it cannot be made, Cancelled."""
    content = json.dumps({
        "title": paper.title,
        "footer": paper.footer,
        "style": paper.style,
        "body": "".join(paper.pieces),
        "pictures": {
            address: [base64.b64encode(content).decode("ascii"), media_type]
            for address, (content, media_type) in paper.pictures.items()
        },
    }).encode("utf-8")  # fmt: skip
    _set(path, content, progress)
    path.write_bytes(with_outline(path.read_bytes(), paper.headings))


def _set(path: Path, content: bytes, progress: Progress) -> None:
    progress(0, None, "setting pages")
    process = subprocess.Popen(  # noqa: S603 -- our own program
        (*_program(), COMMAND, str(path)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    inbox: _Inbox = queue.SimpleQueue()
    thread = threading.Thread(target=_talk, args=(process, content, inbox), name="set pages")
    thread.start()
    try:
        _hear(inbox, progress)
        ended = process.wait()
    finally:
        process.kill()
        thread.join()
        process.wait()
    if ended != 0:
        raise BadInput("the pages could not be set; the report as HTML can be printed from a browser instead")


def _talk(process: subprocess.Popen[bytes], content: bytes, inbox: _Inbox) -> None:
    """Hand over what is to be set, then hear how far it is; ``None`` is the end."""
    with process:
        try:
            if process.stdin is not None:
                with process.stdin:
                    process.stdin.write(content)
            for line in process.stdout or ():
                inbox.put(line)
        except OSError:
            pass  # it ended early; its exit code tells
    inbox.put(None)


def _hear(inbox: _Inbox, progress: Progress) -> None:
    page, pages = 0, 0
    while True:
        try:
            line = inbox.get(timeout=_LISTEN_S)
        except queue.Empty:
            progress(page, pages or None, "setting pages")
            continue
        if line is None:
            return
        page, pages = (int(number) for number in line.split())
        progress(page, pages or None, "setting pages")


def _program() -> tuple[str, ...]:
    """This very program when it is frozen, else its Python."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")


def _environment() -> dict[str, str]:
    """This process's own, in which the package is found from any folder, and in which no screen is needed."""
    root = str(Path(app.__file__).parents[1]) if app.__file__ else ""
    path = os.environ.get("PYTHONPATH")
    found = root if not path else os.pathsep.join((root, path))
    return {**os.environ, "PYTHONPATH": found, "QT_QPA_PLATFORM": "offscreen"}
