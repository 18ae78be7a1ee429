"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


_SQLITE: Final = b"SQLite format 3\0"


def write_new(path: Path, pieces: Iterable[str] | Iterable[bytes], check: Callable[[Path], None] | None = None) -> None:
    """A file that was not there; it appears under its name once it is whole. Raises BadInput.

    ``check`` looks at what was written first, and raises to have it removed again.
    """
    if os.path.lexists(path):
        raise _there_already(path)
    part = _part_of(path)
    _fill(part, path, pieces, check)
    try:
        try:
            os.link(part, path)  # refuses, unlike a rename, where a file came to be meanwhile
        except FileExistsError:
            raise _there_already(path) from None
        except OSError:  # a file system without links
            if os.path.lexists(path):
                raise _there_already(path) from None
            part.rename(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def write_over(
    path: Path, pieces: Iterable[str] | Iterable[bytes], check: Callable[[Path], None] | None = None
) -> None:
    """A file that may be there: it stays as it was until the new one is whole. Raises BadInput.

    A store is never replaced, whatever it is called.
    """
    if is_database(path):
        raise BadInput(f"{path} is a store; it was not touched")
    part = _part_of(path)
    _fill(part, path, pieces, check)
    try:
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def is_database(path: Path) -> bool:
    """Whether a store lies there, whatever it is called."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _part_of(path: Path) -> Path:
    """Where the file grows; another name each time, for two programs may write the same file."""
    return path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")


def _fill(
    part: Path, path: Path, pieces: Iterable[str] | Iterable[bytes], check: Callable[[Path], None] | None
) -> None:
    try:
        out = part.open("xb")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with out:
            for piece in pieces:
                out.write(piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace"))
            out.flush()
            os.fsync(out.fileno())
        if check is not None:
            check(part)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def _there_already(path: Path) -> BadInput:
    return BadInput(f"{path} is there already; it was not touched")


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(f"{path} cannot be written: {error.strerror or error}")
