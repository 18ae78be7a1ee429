"""Archives: their files one by one, unpacked into a folder of ours under names of ours, within limits.

Nothing of a member's name is used as a place: ``../`` and absolute names are only shown, links are never followed.
"""

from __future__ import annotations

import gzip
import stat
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

MOST_MEMBERS: Final = 20_000
LARGEST_MEMBER: Final = 4 * 1024**3
LARGEST_SUM: Final = 8 * 1024**3
LARGEST_RATIO: Final = 200
"""Bytes for one compressed byte; JSON of chats has 4 to 12. Looked at beyond ``HARMLESS`` bytes."""
HARMLESS: Final = 64 * 1024**2

_PIECE: Final = 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"


class Member(NamedTuple):
    """A file of an archive: what to call it, and where it lies unpacked until the next one is asked for."""

    name: str
    path: Path


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_archive(head: bytes) -> bool:
    return head.startswith((_ZIP, _GZIP))


@contextmanager
def members(path: Path, wanted: Callable[[str], bool], beside: Container[str] = ()) -> Iterator[Iterator[Member]]:
    """The files of an archive whose names are ``wanted``; iterating raises BadInput for a bomb or a broken one.

    Files called as in ``beside`` lie next to each other one, under that name, while it is read.
    """
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        place = Path(folder, "member")
        with path.open("rb") as file:
            is_zip = file.read(4) == _ZIP
        yield _zip_members(path, place, wanted, beside) if is_zip else _gzip_member(path, place)


def _zip_members(path: Path, place: Path, wanted: Callable[[str], bool], beside: Container[str]) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS:
                raise BadInput(f"the archive holds {len(infos):,} files; at most {MOST_MEMBERS:,} are read")
            left = LARGEST_SUM
            for info in infos:
                name = info.filename.rpartition("/")[2]  # one of ours where it is one of theirs: never a place
                if name in beside and not info.flag_bits & 1 and not stat.S_ISLNK(info.external_attr >> 16):
                    with archive.open(info) as packed:
                        left -= _unpack(packed, place.with_name(name), info.filename, info.compress_size, left)
            for info in infos:
                if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16) or not wanted(info.filename):
                    continue
                if info.flag_bits & 1:
                    raise BadInput(f"{info.filename} is encrypted")
                with archive.open(info) as packed:
                    left -= _unpack(packed, place, info.filename, info.compress_size, left)
                yield Member(info.filename, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadInput(f"the archive is damaged: {error}") from None


def _gzip_member(path: Path, place: Path) -> Iterator[Member]:
    name = path.name.removesuffix(".gz")
    try:
        with gzip.open(path) as packed:
            _unpack(packed, place, name, path.stat().st_size, LARGEST_SUM)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadInput(f"the archive is damaged: {error}") from None
    yield Member(name, place)


def _unpack(packed: _Readable, place: Path, name: str, packed_size: int, left: int) -> int:
    size = 0
    with place.open("wb") as file:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > min(LARGEST_MEMBER, left):
                raise BadInput(f"{name} is larger than {min(LARGEST_MEMBER, left) // 1024**2:,} MiB when unpacked")
            if size > HARMLESS and size > LARGEST_RATIO * max(packed_size, 1):
                raise BadInput(f"{name} unpacks to more than {LARGEST_RATIO} times its size; it was not read")
            file.write(piece)
    return size
