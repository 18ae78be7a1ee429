"""Write sessions as Branchline's own JSONL, with all that is needed to compute every hash again.

The body goes to a temporary file first, for the manifest before it tells its length and its SHA-256.
"""

from __future__ import annotations

import re
import tempfile
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any, Final

from app.adapters.files import cloud_lines
from app.adapters.files.cloud_lines import Manifest
from app.adapters.files.own_hashes import Chain
from app.application.outgoing.losses import Losses
from app.application.outgoing.view import OutgoingView
from app.application.ports import no_progress
from app.domain.errors import NotFound
from app.domain.redaction.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.ports import EventStore, Progress

_ADDRESS: Final = re.compile(rb"blake2b-256:[0-9a-f]{64}")
_AT_ONCE: Final = 1024 * 1024
_TOLD_EVERY: Final = 500


def export_native(store: EventStore, sessions: Iterable[str]) -> Iterator[str]:
    """Whole sessions of a store, as text in pieces that end where lines end."""
    views = [OutgoingView(store, session) for session in sessions]
    yield from (piece.decode("utf-8") for piece in native_bytes(views))


def native_bytes(
    views: Iterable[OutgoingView],
    share: dict[str, Any] | None = None,
    progress: Progress = no_progress,
    losses: Losses | None = None,
    written: Tally | None = None,
) -> Iterator[bytes]:
    """The file in pieces that end where lines end; ``share`` is what a share file says of itself. Raises Cancelled."""
    with tempfile.TemporaryFile(prefix="branchline-") as body:
        telling = losses or Losses(), written or Tally()
        manifest, store = _Body(body, progress, *telling).write(list(views), share)
        yield cloud_lines.manifest_line(manifest, store)
        body.seek(0)
        while lines := body.readlines(_AT_ONCE):
            yield b"".join(lines)


class _Body:
    """Writes all lines behind the manifest, and counts them."""

    def __init__(self, file: IO[bytes], progress: Progress, losses: Losses, written: Tally) -> None:
        self._file, self._progress, self._losses, self._written = file, progress, losses, written
        self._digest, self._size = sha256(), 0
        self._events = self._attachments = self._total = 0
        self._counts = False

    def write(self, views: list[OutgoingView], share: dict[str, Any] | None) -> tuple[Manifest, str]:
        self._total = sum(view.events for view in views)
        self._counts = any(view.redaction.is_on for view in views)
        self._written.add_value(share or {})
        keeps = True
        for view in views:
            self._session(view)
            self._count_losses(view)
            own = (one for one in view.branches(view.session) if not view.keeps_hashes(one.id))
            keeps = keeps and not any(one.own_events for one in own)
        manifest = Manifest(
            branchline=cloud_lines.VERSION,
            sessions=len(views),
            branches=sum(len(view.branches(view.session)) for view in views),
            events=self._events,
            attachments=self._attachments,
            body_bytes=self._size,
            body_sha256=self._digest.hexdigest(),
            hashes="original" if keeps else "own",
            excerpt=_excerpt(views[0]) if len(views) == 1 else None,
            redaction=self._redaction(views),
            share=share,
        )
        return manifest, views[0].uid if views else "00000000-0000-0000-0000-000000000000"

    def _redaction(self, views: list[OutgoingView]) -> dict[str, Any] | None:
        redacted = next((view.redaction for view in views if view.redaction.is_on), None)
        return None if redacted is None else redacted.report(self._written).to_json()

    def _count_losses(self, view: OutgoingView) -> None:
        self._losses.lose("branches and side streams that were not chosen", len(view.unchosen))
        self._losses.lose("events that were not chosen", view.stored_events - view.events)
        changed = [one for one in view.branches(view.session) if not view.keeps_hashes(one.id)]
        what = "events with other hashes than in the store, because not all leaves as it is stored there"
        self._losses.lose(what, sum(one.own_events for one in changed))

    def _session(self, view: OutgoingView) -> None:
        chain, store = Chain(view), view.uid
        addresses: dict[bytes, None] = {}
        self._put(cloud_lines.session_line(view.header(view.session), chain.header_hash, store))
        for branch in view.branches(view.session):
            self._put(cloud_lines.branch_line(branch, chain.fork_hash(branch), store))
            for event, salt, before, own in chain.events(branch):
                line = cloud_lines.event_line(event, salt, before, own)
                self._put(line)
                if b"blake2b-256:" in line:
                    addresses.update(dict.fromkeys(_ADDRESS.findall(line)))
                self._events += 1
                if self._events % _TOLD_EVERY == 0:
                    self._progress(self._events, self._total, "writing events")
        for address in addresses:
            self._attachment(view, address.decode())

    def _attachment(self, view: OutgoingView, address: str) -> None:
        try:
            content, media_type = view.blob(address)
        except NotFound:
            why = "is not in this store" if not view.redaction.is_on else "cannot be redacted"
            self._losses.lose(f"attachments, which are not written because what they hold {why}")
            return
        self._put(cloud_lines.attachment_line(address, content, media_type, view.uid))
        self._attachments += 1

    def _put(self, line: bytes) -> None:
        self._file.write(line)
        self._digest.update(line)
        self._size += len(line)
        if self._counts:
            self._written.add(line.decode("utf-8"))


def _excerpt(view: OutgoingView) -> dict[str, Any] | None:
    excerpt = view.excerpt
    if excerpt.is_whole and not view.unchosen:
        return None
    return {
        "from": excerpt.first,
        "to": excerpt.last,
        "branches_left_out": len(view.unchosen),
        "earlier_words_withheld": excerpt.first > 1,
    }
