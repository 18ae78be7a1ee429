"""All formats that are read, in one tuple, and which of them a file has."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.adapters.files import archives, bytes_in
from app.adapters.files.chats import chatgpt_beside
from app.adapters.files.chats.known import CHAT_FORMATS
from app.adapters.files.native import NativeFormat
from app.adapters.files.online_retail import OnlineRetailFormat
from app.adapters.files.openai_messages import OpenAIMessagesFormat
from app.adapters.files.sgd import SgdFormat
from app.adapters.files.share_file import ShareFormat
from app.adapters.files.star import StarFormat
from app.adapters.files.tau_bench import TauBenchFormat
from app.adapters.files.traces.known import TRACE_FORMATS
from app.adapters.own_files import is_of_store
from app.application.ports import FoundFile, LooksInside, Skipped
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.application.ports import SessionFormat

FORMATS: Final[tuple[SessionFormat, ...]] = (
    NativeFormat(),
    SgdFormat(),
    StarFormat(),
    OnlineRetailFormat(),
    TauBenchFormat(),
    *CHAT_FORMATS,
    *TRACE_FORMATS,
    OpenAIMessagesFormat(),
    ShareFormat(),
)

_OPEN_STORE: Final = "it belongs to the store that is open"
_NOTHING_IN_IT: Final = "the archive holds no file of a known format"


class KnownFormats:
    """The formats of this program, as the import use case asks for them."""

    def __init__(
        self,
        formats: tuple[SessionFormat, ...] = FORMATS,
        more: Callable[[], Iterable[SessionFormat]] = tuple,
        store: str | None = None,
    ) -> None:
        """``more`` is asked once, when formats are first wanted: those of plugins, and mappings of a folder.

        ``store`` is the location of the one that is open, whose files are left alone.
        """
        self._own, self._more, self._store = formats, more, store

    @cached_property
    def _formats(self) -> tuple[SessionFormat, ...]:
        taken = {known.name for known in self._own}
        return (*self._own, *(known for known in self._more() if known.name not in taken))

    def expand(self, paths: Iterable[Path], skipped: list[Skipped]) -> Iterator[FoundFile]:
        """The files behind paths; folders with all below them, in order of names, hidden ones left out.

        A file that was named is handed on whatever it is. One that only lies in a folder or an archive (a licence,
        a schema) and has no known format is no damage: it is noted as skipped.
        """
        for path in paths:
            if path.is_dir():
                for one in _files_below(path):
                    yield from self._expanded(one, skipped, is_named=False)
            elif path.is_file():
                yield from self._expanded(path, skipped, is_named=True)
            else:
                raise BadInput(f"{path} is not there" if not path.exists() else f"{path} is no file that can be read")

    def detect(self, path: Path) -> SessionFormat | None:
        """The format of a file by the shape of its head.

        Raises OSError when it cannot be read, BadInput when it has none because it is UTF-16.
        """
        head = bytes_in.head_of(path)
        known = next((one for one in self._formats if one.recognises(head)), None)
        if known is not None:
            return known
        inside = (one for one in self._formats if isinstance(one, LooksInside) and one.recognises_file(path))
        if (known := next(inside, None)) is None:
            bytes_in.refuse_utf16(head)
        return known

    def named(self, name: str) -> SessionFormat:
        for known in self._formats:
            if known.name == name:
                return known
        raise BadInput(f"there is no format {name}; there are {', '.join(known.name for known in self._formats)}")

    def digest(self, path: Path) -> str:
        if not path.is_file():  # a database server
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()

    def _expanded(self, path: Path, skipped: list[Skipped], *, is_named: bool) -> Iterator[FoundFile]:
        if self._store is not None and is_of_store(path, self._store):
            if is_named:
                yield FoundFile(str(path), path, _OPEN_STORE)
            else:
                skipped.append(Skipped(str(path), _OPEN_STORE))
            return
        try:
            if archives.is_archive(bytes_in.head_of(path)):
                yield from self._unpacked(path, skipped, is_named=is_named)
            elif is_named or self._is_known(path, str(path), skipped):
                yield FoundFile(str(path), path)
        except OSError as error:
            if is_named:
                yield FoundFile(str(path), path, f"cannot be read: {error.strerror or error}")
            else:
                skipped.append(Skipped(str(path), f"cannot be read: {error.strerror or error}"))

    def _unpacked(self, path: Path, skipped: list[Skipped], *, is_named: bool) -> Iterator[FoundFile]:
        found, told = 0, len(skipped)
        try:
            with archives.members(path, _may_hold_sessions, chatgpt_beside.NAMES) as unpacked:
                for member in unpacked:
                    name = f"{path}/{member.name}"
                    if self._is_known(member.path, name, skipped):
                        found += 1
                        yield FoundFile(name, member.path, member=member.name)
        except BadInput as error:
            yield FoundFile(str(path), path, str(error))
            return
        if not found and is_named:
            yield FoundFile(str(path), path, _NOTHING_IN_IT)
        elif not found and len(skipped) == told:
            skipped.append(Skipped(str(path), _NOTHING_IN_IT))

    def _is_known(self, path: Path, name: str, skipped: list[Skipped]) -> bool:
        try:
            reason = None if self.detect(path) is not None else "not recognised: none of the known formats"
        except BadInput as error:
            reason = str(error)
        if reason is not None and name.rpartition("/")[2] in chatgpt_beside.NAMES:
            reason = "no conversations; ratings and links in it are read with ChatGPT's conversations beside it"
        if reason is not None:
            skipped.append(Skipped(name, reason))
        return reason is None


def _may_hold_sessions(name: str) -> bool:
    """Pictures and sounds of an export are not unpacked; sessions refer to them."""
    return not name.lower().endswith(_MEDIA)


_MEDIA: Final = (
    ".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".svg", ".pdf", ".mp3", ".mp4", ".m4a", ".wav", ".webm", ".mov",
    ".html", ".zip", ".docx", ".xlsx", ".pptx",
)  # fmt: skip


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path
