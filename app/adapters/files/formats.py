"""All known formats in one tuple, and which of them a file has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.adapters.files import bytes_in
from app.adapters.files.native import NativeFormat
from app.adapters.files.online_retail import OnlineRetailFormat
from app.adapters.files.openai_messages import OpenAIMessagesFormat
from app.adapters.files.sgd import SgdFormat
from app.adapters.files.star import StarFormat
from app.adapters.files.tau_bench import TauBenchFormat
from app.application.ports import Skipped
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.ports import ImportNotes, SessionFormat

FORMATS: Final[tuple[SessionFormat, ...]] = (
    NativeFormat(),
    SgdFormat(),
    StarFormat(),
    OnlineRetailFormat(),
    TauBenchFormat(),
    OpenAIMessagesFormat(),
)


class KnownFormats:
    """The formats of this program, as the import use case asks for them."""

    def __init__(self, formats: tuple[SessionFormat, ...] = FORMATS) -> None:
        self._formats = formats

    def expand(self, paths: Iterable[Path], notes: ImportNotes) -> Iterator[Path]:
        """The files behind paths; folders with all below them, in order of names, hidden ones left out.

        A file that was named is handed on whatever it is. One that only lies in a folder (a licence, a schema)
        and has no known format is no damage: it is noted as skipped.
        """
        for path in paths:
            if path.is_dir():
                yield from self._within(path, notes)
            elif path.is_file():
                yield path
            else:
                raise BadInput(f"{path} is not there" if not path.exists() else f"{path} is no file that can be read")

    def detect(self, path: Path) -> SessionFormat | None:
        """The format of a file by the shape of its head; raises OSError when it cannot be read."""
        head = bytes_in.head_of(path)
        return next((known for known in self._formats if known.recognises(head)), None)

    def named(self, name: str) -> SessionFormat:
        for known in self._formats:
            if known.name == name:
                return known
        raise BadInput(f"there is no format {name}; there are {', '.join(known.name for known in self._formats)}")

    def _within(self, folder: Path, notes: ImportNotes) -> Iterator[Path]:
        for path in _files_below(folder):
            try:
                known = self.detect(path)
            except OSError as error:
                notes.skipped.append(Skipped(str(path), f"cannot be read: {error.strerror or error}"))
                continue
            if known is None:
                notes.skipped.append(Skipped(str(path), "not recognised: none of the known formats"))
            else:
                yield path


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path
