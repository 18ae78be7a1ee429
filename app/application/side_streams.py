"""The two streams beside a session's branches, found without looking at its branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import NotFound

if TYPE_CHECKING:
    from app.application.ports import EventStore
    from app.domain.branches import Branch


def side_stream(store: EventStore, session: str, kind: str) -> Branch:
    """``kind`` is ``ANALYST`` or ``DERIVED``, which are their names too. Raises NotFound for an unknown session."""
    found = store.made_as(session, kind)
    if found is None:
        raise NotFound(f"there is no session {session}")
    return found
