"""A file of a report: written beside its place first, so that there is a whole one or none."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.adapters.files.new_file import is_database
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def whole_file(path: Path, *, replace: bool) -> Iterator[Path]:
    """Where to write; what stands there at the end of the block becomes ``path``, or is removed if the block failed.

    Without ``replace`` a file that is there stays, also one that came in the meantime. Raises BadInput.
    """
    if not replace and os.path.lexists(path):
        raise BadInput(f"{path} is there already; it was not touched")
    if is_database(path):
        raise BadInput(f"{path} is a store; it was not touched")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        _put(part, path, replace=replace)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, path: Path, *, replace: bool) -> None:
    if replace:
        part.replace(path)
        return
    try:
        os.link(part, path)  # fails where a file is; rename would write over it
    except FileExistsError:
        raise BadInput(f"{path} is there already; it was not touched") from None
    except OSError:
        # A file system without links: look once more, then rename.
        if os.path.lexists(path):
            raise BadInput(f"{path} is there already; it was not touched") from None
        part.rename(path)


def write_report(path: Path, pieces: Iterator[str], *, replace: bool) -> None:
    """Raises BadInput, and what the pieces raise."""
    with whole_file(path, replace=replace) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(pieces)
