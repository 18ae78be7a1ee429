"""What identifies a session and what a list of sessions shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.events import to_rfc3339


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeader:
    """The immutable head of a session; its hash is the hash at position 0 of every stream of the session.

    Attributes:
        id: text, the same whenever the same thing is imported again.
        source: URI of what the session came from, such as ``urn:branchline:format:sgd``.
        external_id: its id in the imported file, when it has one.
        created_at: microseconds since 1970 UTC when the store first saw it.
    """

    id: str
    title: str
    source: str
    external_id: str | None = None
    subject: str | None = None
    created_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One line of the session list. ``events`` counts those of main, ``branches`` those a person can open."""

    header: SessionHeader
    started: int | None
    events: int
    branches: int

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.header.id,
            "title": self.header.title,
            "source": self.header.source,
            "external_id": self.header.external_id,
            "subject": self.header.subject,
            "started": to_rfc3339(self.started),
            "events": self.events,
            "branches": self.branches,
        }
