"""Files that are written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_new(path: Path, pieces: Iterator[str]) -> None:
    """A file that was not there; half a file is removed again. Raises BadInput."""
    try:
        out = path.open("x", encoding="utf-8", errors="backslashreplace", newline="\n")
    except FileExistsError:
        raise BadInput(f"{path} is there already; it was not touched") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
    try:
        with out:
            out.writelines(pieces)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
        raise


def write_over(path: Path, pieces: Iterator[str]) -> None:
    """A file that may be there: it stays as it was until the new one is whole. Raises BadInput."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    write_new(part, pieces)
    try:
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
