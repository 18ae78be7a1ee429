"""Redaction profiles as small files, JSON or TOML."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Final

from app.adapters.files.new_file import write_over
from app.domain.errors import BadInput
from app.domain.redaction.profile import STANDARD, profile_from_json

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.redaction.profile import RedactionProfile

LARGEST: Final = 4 * 1024 * 1024
"""Bytes; twenty thousand names need less."""


def read_profile(path: Path) -> RedactionProfile:
    """The profile in a file; TOML where its name ends so, else JSON. Raises BadInput."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"the redaction profile {path} cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise BadInput(f"the redaction profile {path} is larger than {LARGEST // (1024 * 1024)} MB")
    try:
        text = content.decode("utf-8-sig")
        given = tomllib.loads(text) if path.suffix.casefold() == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"the redaction profile {path} is no valid {_form(path)}: {error}") from None
    if isinstance(given, dict):
        given.setdefault("name", path.stem)
    return profile_from_json(given)


def write_profile(path: Path, profile: RedactionProfile) -> None:
    """As JSON; a file that is there is replaced. Raises BadInput."""
    write_over(path, iter((json.dumps(profile.to_json(), ensure_ascii=False, indent=2), "\n")))


def named_profile(named: str, path: Path) -> RedactionProfile:
    """``standard``, or a profile from a file. Raises BadInput."""
    return STANDARD if named == STANDARD.name else read_profile(path)


def _form(path: Path) -> str:
    return "TOML" if path.suffix.casefold() == ".toml" else "JSON"
