"""The built-in model's file for tests: the one place where a test run may fetch something."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from app.adapters.engine.weights import present_weights

_NAMED = os.environ.get("BRANCHLINE_WEIGHTS")
_FOLDER = Path(os.environ.get("BRANCHLINE_DATA") or platformdirs.user_data_path("branchline", appauthor=False))
"""Read at import, for tests see temporary folders in place of the user's."""

_FETCH = """
import sys
from pathlib import Path
from app.adapters.engine.weights import ensure_weights
from app.application.ports import no_progress
from app.domain.errors import ModelError
try:
    ensure_weights(Path(sys.argv[1]), no_progress)
except ModelError as error:
    sys.exit(str(error))
"""


def model_file() -> Path:
    """``BRANCHLINE_WEIGHTS``, or the user's own copy, or a fresh one fetched to where the program would keep it.

    Skips the test when there is none to be had.
    """
    found, why_not = _look()
    if found is None:
        pytest.skip(why_not)
    return found


@functools.cache
def _look() -> tuple[Path | None, str]:
    """Once a run. The fetching is left to another process, for this one is watched for writing elsewhere."""
    if _NAMED:
        return Path(_NAMED), ""
    if (found := present_weights(_FOLDER)) is not None:
        return found, ""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _FETCH, str(_FOLDER)]
    fetched = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return present_weights(_FOLDER), fetched.stderr.strip()
