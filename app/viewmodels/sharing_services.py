"""What the window asks about share files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.application.ports import Progress
    from app.domain.shares import Share


@dataclass(frozen=True, slots=True)
class OpenShare:
    """What a window shows that was opened on a share file.

    Attributes:
        share: what the file says of itself.
        title: the session's.
        import_into_own: brings it into the person's own store; returns how many events are new. Never on the UI
            thread. Raises BadInput, Cancelled, StoreUnusable.
    """

    share: Share
    title: str
    import_into_own: Callable[[Progress], int]


@dataclass(frozen=True, slots=True)
class SharingServices:
    """Share files, as the window meets them.

    Attributes:
        is_share: whether a file is, or is called like, a share file.
        open_beside: opens a share file in a window of its own.
        opened: of a window that shows one; None in all others.
    """

    is_share: Callable[[Path], bool]
    open_beside: Callable[[Path], None]
    opened: OpenShare | None = None


NO_SHARING = SharingServices(lambda _path: False, lambda _path: None)
"""Knows no share files."""
