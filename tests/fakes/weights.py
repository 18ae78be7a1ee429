"""The built-in model's file for tests: the one place where a test run may fetch something."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import platformdirs
import pytest

from app.adapters.engine.weights import ensure_weights, present_weights
from app.application.ports import no_progress
from app.domain.errors import ModelError

_NAMED = os.environ.get("BRANCHLINE_WEIGHTS")
_FOLDER = Path(os.environ.get("BRANCHLINE_DATA") or platformdirs.user_data_path("branchline", appauthor=False))
"""Read at import, for tests see temporary folders in place of the user's."""


@functools.cache
def model_file() -> Path:
    """``BRANCHLINE_WEIGHTS``, or the user's own copy, or a fresh one fetched to where the program would keep it.

    Skips the test when there is none to be had.
    """
    if _NAMED:
        return Path(_NAMED)
    try:
        return present_weights(_FOLDER) or ensure_weights(_FOLDER, no_progress)
    except ModelError as error:
        pytest.skip(str(error))
