"""How this program starts itself once more, as a helper."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import app


def program() -> tuple[str, ...]:
    """This very program when it is frozen, else its Python."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")


def environment() -> dict[str, str]:
    """This process's own, in which the package is found from any folder."""
    root = str(Path(app.__file__).parents[1]) if app.__file__ else ""
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": root if not path else os.pathsep.join((root, path))}
