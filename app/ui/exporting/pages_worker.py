"""The program's own helper that sets pages: what ``set-pages FILE`` runs, with the text on standard input."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.domain.report.paper import Paper
from app.ui.exporting.pdf_pages import write_pages

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """``done total`` on standard output for each page; the exit code is 0 where the file is whole."""
    given = json.load(sys.stdin.buffer)
    paper = Paper(given["title"], given["footer"], given["style"], pieces=iter((given["body"],)))
    for address, (content, media_type) in given["pictures"].items():
        paper.pictures[address] = (base64.b64decode(content), media_type)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv[:1])
    try:
        write_pages(Path(arguments[0]), paper, _say)
    finally:
        app.quit()
    return 0


def _say(done: int, total: int | None, what: str) -> None:
    print(done, total or 0, flush=True)  # noqa: T201 -- whoever started this process reads it
