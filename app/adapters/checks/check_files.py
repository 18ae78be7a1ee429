"""Checks from a file: TOML, or the same in JSON."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from app.adapters.files.text_in import read_text
from app.domain.errors import BadInput
from app.domain.lab.checks import read_checks

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.lab.checks import Check


def read_check_file(path: Path) -> tuple[Check, ...]:
    """The checks of a file. Raises BadInput, which names it."""
    text = read_text(path)
    is_json = path.suffix.lower() == ".json"
    try:
        told = json.loads(text) if is_json else tomllib.loads(text)
    except ValueError as error:
        raise BadInput(f"{path} is no {'JSON' if is_json else 'TOML'}: {error}") from None
    try:
        return read_checks(told)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None
