"""Reads Branchline's own JSONL of version 2: all of the file, or nothing of it.

The file is read once to see that it is whole and as it was written, and again, line by line, while the store takes
its events. So nothing is half imported, and a session of a million events never lies in memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Final

from app.adapters.files import bytes_in, cloud_lines
from app.adapters.files.cloud_lines import Attachment, Manifest
from app.adapters.files.json_records import JSON_ERRORS, explain
from app.adapters.files.native_lines import BranchLine, EventLine, HeaderLine
from app.adapters.files.native_section import Promises, Section
from app.application.ports import SessionDraft
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from app.adapters.files.bytes_in import Line
    from app.domain.events import NewEvent

_MARK: Final = f'"type":"{cloud_lines.MANIFEST}"'.encode()
_NOTHING: Final = "nothing was imported"
_OTHERS: Final = "the manifest tells of other sessions and events than the file holds"
_COUNTED: Final = ("branches", "events", "attachments")


def is_cloud(head: bytes) -> bool:
    """Whether a file that begins so is of this version: its first line is a manifest."""
    return _MARK in head.partition(b"\n")[0].replace(b'": "', b'":"')


@dataclass(slots=True)
class Found:
    """A session of the file, and where its attachments stand."""

    section: Section
    attachments: list[int] = field(default_factory=list)


def read_cloud(path: Path) -> Iterator[SessionDraft]:
    """The sessions of a whole file. Raises BadInput, naming the line, for one that is not as it was written."""
    _, found = checked(path)
    yield from drafts(path, found)


def drafts(path: Path, found: Sequence[Found]) -> Iterator[SessionDraft]:
    """What ``checked`` found, to be stored."""
    for one in found:
        hashes = Promises()
        yield SessionDraft(
            header=one.section.header,
            events=_events(path, one.section, hashes),
            branches=one.section.branch_drafts(),
            hashes=hashes,
            attachments=_attachments(path, one.attachments),
        )


def checked(path: Path, allow: Callable[[Manifest], None] | None = None) -> tuple[Manifest, Sequence[Found]]:
    """The manifest and what lies behind it. Raises BadInput; ``allow`` may, too, before anything else is read."""
    reading = _Checking(allow)
    for line in bytes_in.lines(path):
        if line.content is None:
            raise BadInput(f"line {line.number}: {bytes_in.too_long()}; {_NOTHING}")
        try:
            reading.take(line, line.content)
        except JSON_ERRORS as error:
            raise BadInput(_sentence(reading, path, line, explain(error))) from error
    return reading.whole()


def _sentence(reading: _Checking, path: Path, line: Line, reason: str) -> str:
    """What to say of a bad line; where the file ends in it, that is what matters."""
    manifest, size = reading.manifest, path.stat().st_size
    is_last = line.offset + len(line.content or b"") >= size
    if manifest is not None and is_last and size - reading.begins < manifest.body_bytes:
        return _breaks_off(size - reading.begins, manifest)
    return f"line {line.number}: {reason}; {_NOTHING}"


def _breaks_off(size: int, manifest: Manifest) -> str:
    return f"the file breaks off: {size:,} of {manifest.body_bytes:,} bytes are there; {_NOTHING}"


class _Checking:
    """Goes through all lines once; ``begins`` is how long the first one is, in bytes."""

    def __init__(self, allow: Callable[[Manifest], None] | None) -> None:
        self._allow = allow
        self.manifest: Manifest | None = None
        self.begins = 0
        self._digest, self._size = sha256(), 0
        self._found: list[Found] = []
        self._ids: set[str] = set()
        self._counts: Counter[str] = Counter()

    def take(self, line: Line, content: bytes) -> None:
        """Raises any of ``JSON_ERRORS``."""
        if self.manifest is None:
            self._begin(content)
            return
        self._digest.update(content)
        self._digest.update(b"\n")
        self._size += len(content) + 1
        match cloud_lines.parse(content):
            case Manifest():
                raise BadInput("another file begins here; import the two one by one")
            case HeaderLine() as header:
                self._add_session(header, line.number)
            case Attachment() as attachment:
                self._count("attachments")
                self._latest().attachments.append(line.offset)
                _require_address(attachment)
            case BranchLine() as branch:
                self._count("branches")
                self._latest().section.add_branch(branch)
            case event:
                self._count("events")
                self._latest().section.add_event(event, line.offset)

    def whole(self) -> tuple[Manifest, Sequence[Found]]:
        manifest = self.manifest
        if manifest is None:
            raise BadInput(f"the file is empty; {_NOTHING}")
        if self._size < manifest.body_bytes:
            raise BadInput(_breaks_off(self._size, manifest))
        if self._digest.hexdigest() != manifest.body_sha256:
            raise BadInput(f"the file was changed after it was written: its SHA-256 is another one; {_NOTHING}")
        sections = [one.section for one in self._found]
        told = any(self._counts[kind] != getattr(manifest, kind) for kind in _COUNTED)
        if told or len(sections) != manifest.sessions or any(one.missing or not one.branches for one in sections):
            raise BadInput(f"{_OTHERS}; {_NOTHING}")
        return manifest, self._found

    def _begin(self, content: bytes) -> None:
        found = cloud_lines.parse(content)
        if not isinstance(found, Manifest):
            raise BadInput("the first line is no manifest")
        if found.branchline != cloud_lines.VERSION:
            raise BadInput(
                f"the file was written in version {found.branchline}; this program reads {cloud_lines.VERSION}"
            )
        if self._allow is not None:
            self._allow(found)
        self.manifest, self.begins = found, len(content) + 1

    def _count(self, kind: str) -> None:
        """One more; a file does not get to hold more than it tells of."""
        self._counts[kind] += 1
        if self._counts[kind] > getattr(self.manifest, kind):
            raise BadInput(_OTHERS)

    def _add_session(self, line: HeaderLine, number: int) -> None:
        header = line.session.header()
        if header.id in self._ids:
            raise BadInput(f"session {header.title} occurs a second time")
        self._ids.add(header.id)
        self._found.append(Found(Section(header, number)))

    def _latest(self) -> Found:
        if not self._found:
            raise BadInput("the line belongs to no session")
        return self._found[-1]


def _require_address(attachment: Attachment) -> None:
    if attachment.address != f"blake2b-256:{blake2b(attachment.content, digest_size=32).hexdigest()}":
        raise BadInput(f"attachment {attachment.address[:80]} is not what its address says")


def _events(path: Path, section: Section, hashes: Promises) -> Iterator[tuple[str, NewEvent]]:
    """The events once more; each one's promised hash is known before it is handed on."""
    left, streams = section.events, section.streams
    if not left:
        return
    with path.open("rb") as file:
        file.seek(section.first_event)
        while left:
            content = file.readline()
            if not content:
                raise BadInput("the file became shorter while it was read")
            event = _event(content, section.events - left + 1)
            if event is None:
                continue
            left -= 1
            if event.branch_id not in streams:
                raise BadInput("the file was changed while it was read")
            stream = streams[event.branch_id]
            hashes.promise(stream, event.position, event.hash)
            yield stream, event.event()


def _event(content: bytes, number: int) -> EventLine | None:
    try:
        return cloud_lines.parse_event(content)
    except JSON_ERRORS as error:
        raise BadInput(f"event {number} of the file: {explain(error)}") from error


def _attachments(path: Path, offsets: Sequence[int]) -> Iterator[tuple[bytes, str]]:
    with path.open("rb") as file:
        for offset in offsets:
            file.seek(offset)
            found = cloud_lines.parse(file.readline())
            if isinstance(found, Attachment):
                yield found.content, found.media_type
