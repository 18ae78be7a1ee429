"""Where the plain files live: beside the sources, inside a wheel, or in a frozen program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of icons, themes and demo sessions."""
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """One file below it, such as ``resource_path("icons", "play.svg")``; it need not exist."""
    return resources().joinpath(*parts)
