"""All that the window shows of one position, rebuilt off the UI thread in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.events import Event
    from app.domain.transcript import Entry


@dataclass(frozen=True, slots=True)
class Moment:
    """The state at a position of a branch.

    Attributes:
        branch: id of the branch.
        position: 0 = before the first event.
        head: position of the branch's last event when this was rebuilt.
        event: the event at ``position``; None at 0.
        state: the state's JSON form (design contract) without ``conversation.messages`` and ``calls``, which grow.
        changes: RFC 6902 operations that lead from the state at ``position - 1`` to ``state``.
        transcript_length: entries of the transcript up to ``position``.
        changed_entries: those that the event at ``position`` brought or touched.
        context_tokens: what a model would have to read of the conversation, estimated.
        before: the state at ``position - 1``, for the old values of ``changes``; None when it was not rebuilt.
        shown: the event that brought the list which is shown at ``position``; None where there is no list.
    """

    branch: str
    position: int
    head: int
    event: Event | None
    state: Mapping[str, Any]
    changes: Sequence[Mapping[str, Any]]
    transcript_length: int
    changed_entries: tuple[Entry, ...]
    before: Mapping[str, Any] | None = None
    context_tokens: int = 0
    shown: Event | None = None
