"""All formats that are read, in one tuple, and which of them a file has; all that are written, in one table."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.adapters.files import archives, bytes_in
from app.adapters.files.chats.known import CHAT_FORMATS
from app.adapters.files.export_comparison_html import export_comparison_html
from app.adapters.files.export_comparison_json import export_comparison_json
from app.adapters.files.export_comparison_markdown import export_comparison_markdown
from app.adapters.files.export_markdown import export_markdown
from app.adapters.files.export_modelfile import export_modelfile
from app.adapters.files.export_native import export_native
from app.adapters.files.export_pairs import export_openai, export_openai_pairs, export_pairs
from app.adapters.files.native import NativeFormat
from app.adapters.files.online_retail import OnlineRetailFormat
from app.adapters.files.openai_messages import OpenAIMessagesFormat
from app.adapters.files.sgd import SgdFormat
from app.adapters.files.star import StarFormat
from app.adapters.files.tau_bench import TauBenchFormat
from app.adapters.files.traces.known import TRACE_FORMATS
from app.application.ports import FoundFile, Skipped, no_progress
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from app.application.ports import EventStore, Progress, SessionFormat
    from app.application.winners import Preference, Winners
    from app.domain.compare.comparison import Comparison

FORMATS: Final[tuple[SessionFormat, ...]] = (
    NativeFormat(),
    SgdFormat(),
    StarFormat(),
    OnlineRetailFormat(),
    TauBenchFormat(),
    *CHAT_FORMATS,
    *TRACE_FORMATS,
    OpenAIMessagesFormat(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporting:
    """What is to be written of a session.

    Attributes:
        session, branch: ids; ``upto``: position of the branch; ``native`` writes the session whole.
        against: ids of the branches whose answers were not preferred.
        model: the model to build on instead of the one that answered.
    """

    store: EventStore
    winners: Winners
    session: str
    branch: str
    upto: int
    against: tuple[str, ...] = ()
    model: str | None = None
    progress: Progress = no_progress

    def native(self) -> Iterator[str]:
        return export_native(self.store, [self.session])

    def markdown(self) -> Iterator[str]:
        return export_markdown(self.store, self.session, self.branch, self.upto)

    def modelfile(self) -> Iterator[str]:
        return export_modelfile(self.winners.winner(self.branch, self.upto, self.model))

    def openai(self) -> Iterator[str]:
        return export_openai(self.winners.winner(self.branch, self.upto))

    def pairs(self) -> Iterator[str]:
        return export_pairs(self._preferences())

    def openai_pairs(self) -> Iterator[str]:
        return export_openai_pairs(self._preferences())

    def _preferences(self) -> Sequence[Preference]:
        return self.winners.preferences(self.branch, self.upto, self.against, self.progress)


EXPORTS: Final[Mapping[str, Callable[[Exporting], Iterator[str]]]] = {
    "native": Exporting.native,
    "markdown": Exporting.markdown,
    "openai": Exporting.openai,
    "modelfile": Exporting.modelfile,
    "pairs": Exporting.pairs,
    "openai-pairs": Exporting.openai_pairs,
}
"""What a session or branch can be written as."""

COMPARISONS: Final[Mapping[str, Callable[[Comparison, Sequence[int], Sequence[int], Progress], Iterator[str]]]] = {
    "html": export_comparison_html,
    "markdown": export_comparison_markdown,
    "json": export_comparison_json,
}
"""What a comparison can be written as: of the comparison, its rows to be told, its branches in order."""


class KnownFormats:
    """The formats of this program, as the import use case asks for them."""

    def __init__(self, formats: tuple[SessionFormat, ...] = FORMATS) -> None:
        self._formats = formats

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
        """The format of a file by the shape of its head; raises OSError when it cannot be read."""
        head = bytes_in.head_of(path)
        return next((known for known in self._formats if known.recognises(head)), None)

    def named(self, name: str) -> SessionFormat:
        for known in self._formats:
            if known.name == name:
                return known
        raise BadInput(f"there is no format {name}; there are {', '.join(known.name for known in self._formats)}")

    def digest(self, path: Path) -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()

    def _expanded(self, path: Path, skipped: list[Skipped], *, is_named: bool) -> Iterator[FoundFile]:
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
        found = 0
        try:
            with archives.members(path, _may_hold_sessions) as unpacked:
                for member in unpacked:
                    name = f"{path}/{member.name}"
                    if self._is_known(member.path, name, skipped):
                        found += 1
                        yield FoundFile(name, member.path)
        except BadInput as error:
            yield FoundFile(str(path), path, str(error))
            return
        if not found and is_named:
            yield FoundFile(str(path), path, "the archive holds no file of a known format")

    def _is_known(self, path: Path, name: str, skipped: list[Skipped]) -> bool:
        if self.detect(path) is None:
            skipped.append(Skipped(name, "not recognised: none of the known formats"))
            return False
        return True


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
