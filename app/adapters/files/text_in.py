"""Reads a text that a person named, whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path


def read_text(path: Path) -> str:
    """The text of a file; ``-`` is standard input. Raises BadInput for what cannot be read, or is no UTF-8."""
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8") from None
