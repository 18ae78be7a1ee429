"""Share files: one compressed stream that holds a part of a session in Branchline's own JSONL, and nothing else.

The file is a zstd frame behind a skippable one that names it, so that ``zstd -d`` reads it too. It holds no names of
files and no places to write to; what is unpacked goes into one file of ours. Whoever made it is a stranger: sizes,
ratio, counts and depth are limited, every hash is checked by the store, and nothing in it is ever run or loaded.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import zstandard

from app.adapters.files import bytes_in, native_cloud, strict_json
from app.adapters.files.export_native import native_bytes
from app.adapters.files.new_file import write_new, write_over
from app.application.ports import no_progress
from app.domain.errors import BadInput, EventConflict, WrongPosition
from app.domain.events import SIDE_STREAMS
from app.domain.shares import SHARE_ENDING, Share, share_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from app.adapters.files.cloud_lines import Manifest
    from app.application.outgoing.losses import Losses
    from app.application.outgoing.view import OutgoingView
    from app.application.ports import EventStore, ImportNotes, Progress, SessionDraft, Stored
    from app.domain.redaction.tally import Tally

_WINDOW: Final = 32 * 1024**2
"""Bytes that unpacking may look back; what ``LEVEL`` asks for is less."""
LEVEL: Final = 9
_PIECE: Final = 1024**2
_SKIPPABLE: Final = b"\x5b\x2a\x4d\x18"
_NAME: Final = b"branchline share 1\n"
_HEAD: Final = _SKIPPABLE + struct.pack("<I", len(_NAME)) + _NAME
_ANY_VERSION: Final = b"branchline share "
_UNPACKED: Final = "shared.jsonl"
_SQLITE: Final = b"SQLite format 3\0"
_CUT: Final = "it is cut short or damaged, so nothing of it was opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a stranger's file may ask for; sizes in bytes.

    ``ratio`` is bytes for one compressed byte, looked at beyond ``harmless`` bytes; shared sessions have 3 to 10.
    """

    file: int = 1024**3
    unpacked: int = 4 * 1024**3
    ratio: int = 200
    harmless: int = 64 * 1024**2
    events: int = 5_000_000
    branches: int = 20_000

    def allow(self, manifest: Manifest) -> None:
        """Refuse what is too much before it is read. Raises BadInput."""
        if manifest.sessions != 1:
            raise BadInput(f"a share file holds one session, not {manifest.sessions:,}")
        if manifest.events > self.events or max(manifest.branches, manifest.attachments) > self.branches:
            raise BadInput(
                f"a share file has at most {self.events:,} events, {self.branches:,} branches and as many attachments"
            )


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class SharedSession:
    """What a share file holds, unpacked and whole."""

    share: Share
    draft: SessionDraft
    redaction: object


def is_share(path: Path) -> bool:
    """Whether a file says of itself that it is a share file, of whatever version."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEAD) + 64)
    except OSError:
        return False
    return head.startswith(_SKIPPABLE) and head[8:].startswith(_ANY_VERSION)


def looks_shared(path: Path) -> bool:
    """Whether opening a file as a share file tells a person most: it is one, or has its name and is not a store."""
    if is_share(path):
        return True
    with suppress(OSError), path.open("rb") as file:
        return path.suffix == SHARE_ENDING and not file.read(16).startswith(_SQLITE)
    return False


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of a share file around those of a native one."""
    yield _HEAD
    packing = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
    for piece in pieces:
        if made := packing.compress(piece):
            yield made
    yield packing.flush()


def opened(path: Path, unpacked: Path, progress: Progress = no_progress, limits: Limits = LIMITS) -> SharedSession:
    """Unpack into a file that is not there yet, and check what it holds. Raises BadInput, Cancelled.

    The draft's events are read from ``unpacked`` while a store takes them.
    """
    try:
        with path.open("rb") as file, unpacked.open("xb") as out:
            _require_head(path, file)
            _unpack(file, out, limits, progress)
        _refuse_depth(unpacked)
        manifest, found = native_cloud.checked(unpacked, limits.allow)
        share = share_from_json(manifest.share)
        (draft,) = native_cloud.drafts(unpacked, found)
    except OSError as error:
        raise BadInput(f"{path} cannot be opened: {error.strerror or error}") from error
    except BadInput as error:
        raise BadInput(f"{path.name} cannot be opened: {error}") from error
    return SharedSession(share, draft, manifest.redaction)


def _require_head(path: Path, file: IO[bytes]) -> None:
    head = file.read(len(_HEAD))
    if head == _HEAD:
        return
    if not head:
        raise BadInput("it is empty")
    if len(head) >= len(_SKIPPABLE) and _HEAD.startswith(head):
        raise BadInput(_CUT)
    if head.startswith(_SKIPPABLE) and head[8:].startswith(_ANY_VERSION):
        raise BadInput("it was written by a newer Branchline")
    if head.startswith(_SQLITE):
        raise BadInput("it is a store, not a share file: open it with --store")
    raise BadInput("it is no share file")


def _unpack(file: IO[bytes], out: IO[bytes], limits: Limits, progress: Progress) -> None:
    """A stream that ends too early is not told from its end; what is missing shows by its first line or its length."""
    size = os.fstat(file.fileno()).st_size
    if size > limits.file:
        raise BadInput(f"it is larger than {limits.file // 1024**2:,} MiB")
    written, is_begun = 0, False
    unpacking = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        with unpacking.stream_reader(file, read_across_frames=False, closefd=False) as reader:
            while piece := reader.read(_PIECE):
                written += len(piece)
                if written > limits.unpacked:
                    raise BadInput(f"it unpacks to more than {limits.unpacked // 1024**2:,} MiB")
                if written > limits.harmless and written > size * limits.ratio:
                    raise BadInput(f"it unpacks to more than {limits.ratio} times its size, as bombs do")
                out.write(piece)
                is_begun = is_begun or b"\n" in piece
                progress(min(file.tell(), size), size, "unpacking")
    except zstandard.ZstdError:
        raise BadInput("it is damaged: what is packed in it cannot be unpacked") from None
    if not is_begun:
        raise BadInput(_CUT)


def _refuse_depth(unpacked: Path) -> None:
    """Deep JSON is refused before anything else reads it: what few brackets cannot build is not looked at."""
    for line in bytes_in.lines(unpacked):
        content = line.content
        if content is None:
            raise BadInput(f"line {line.number}: {bytes_in.too_long()}")
        if content.count(b"[") + content.count(b"{") > strict_json.DEEPEST:
            try:
                strict_json.decode(content)
            except BadInput as error:
                raise BadInput(f"line {line.number}: {error}") from None


def write_share(
    path: Path,
    view: OutgoingView,
    share: Share,
    *,
    overwrite: bool,
    losses: Losses,
    written: Tally,
    progress: Progress,
) -> None:
    """Write a share file and open it once more before it gets its name. Raises BadInput, Cancelled."""

    def check(part: Path) -> None:
        with TemporaryDirectory(prefix="branchline-") as folder:
            opened(part, Path(folder, _UNPACKED), progress)

    pieces = packed(native_bytes([view], share.to_json(), progress, losses, written))
    (write_over if overwrite else write_new)(path, pieces, check)


def import_share(path: Path, folder: Path, store: EventStore, progress: Progress = no_progress) -> int:
    """Bring what a share file holds into a store, by way of a folder of ours; returns how many events are new.

    Raises BadInput, Cancelled; nothing of it is stored then.
    """
    return _stored(path, folder, store, progress)[1].added


def store_shared(path: Path, folder: Path, store: EventStore, progress: Progress = no_progress) -> Share:
    """The same, and the moment to open at is one of the session's. Raises BadInput, Cancelled."""
    share, stored = _stored(path, folder, store, progress)
    _require_place(store, stored.session, share)
    return share


def _stored(path: Path, folder: Path, store: EventStore, progress: Progress) -> tuple[Share, Stored]:
    found = opened(path, folder / _UNPACKED, progress)
    try:
        stored = store.store_session(found.draft, progress)
    except (EventConflict, WrongPosition) as error:
        raise BadInput(f"{path.name} cannot be brought in: {error}") from error
    finally:
        (folder / _UNPACKED).unlink(missing_ok=True)
    return found.share, stored


def _require_place(store: EventStore, session: str, share: Share) -> None:
    """Whether the moment to open at is one of the session's."""
    for branch in store.branches(session):
        if branch.id == share.branch and branch.kind not in SIDE_STREAMS and share.position <= branch.head:
            return
    raise BadInput("the share file names a moment to open at that its session does not have")


class ShareFormat:
    """Share files among the formats that are imported."""

    name = "share"
    title = "Branchline share files"

    def recognises(self, head: bytes) -> bool:
        return head.startswith(_SKIPPABLE) and head[8:].startswith(_ANY_VERSION)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        with TemporaryDirectory(prefix="branchline-") as folder:
            try:
                draft = opened(path, Path(folder, _UNPACKED)).draft
            except BadInput as error:
                notes.quarantine(None, str(error))
            else:
                notes.saw("sessions")
                yield draft
