"""What a conversation shows, entry by entry: messages, tool calls, lists of recommendations, answers that broke off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

EntryKind = Literal["message", "call", "shown", "partial"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the transcript as it was at some position.

    Attributes:
        ord: 1-based place in the transcript; never changes.
        position: of the event that brought the entry.
        changed_at: of the last event, up to the position asked for, that touched it (edited, returned …).
        key: the message id, call id or event id; of an answer that broke off the id of its request.
        role: of a message: ``user``, ``assistant``, ``agent``, ``system`` or ``tool``; "" for other kinds.
        model: name of the model that wrote the message here (re-run or continued), empty where nobody said which; None
            when recorded.
        reapplied: the entry repeats a recorded one: the position of that; None when it was recorded where it stands.
        replaces: a person changed it on this branch: the position of what it stands in place of; else None.
        rerun_of: a model wrote the message when asked again: the position of the recorded answer; else None.
        recorded_model: name of the model that wrote the message in production, where the record tells; else empty.
        hidden: the program that it was recorded in did not show the message.
        thinking: what that model thought before it answered or called; no part of ``text``.
        truncated: that model did not see the whole prompt.
        images: addresses of the attachments that came with the message.
        partial: the message is what a cancelled or failed run had written, accepted by a person.
        said_here: a person typed the message in place of the customer.
        name, arguments, result, returned, error: of a tool call; ``result`` is None until it returned.
        answered_by: of a call that a model made here, where its result is from: ``recorded`` (taken from the record),
            ``typed`` (by a person), ``stub`` (made up); empty for all others.
        items: of a list shown: ``{"item", "rank", "score", "reasons", "name", …}`` in rank order.
        reason, accepted: of an answer that broke off (``error``: by a failure): why, and the position of the message
            that a person made of it; None while it is none.
        strategy: of a list shown, the strategy of Branchline's own recommender that made it; "" of production's.
    """

    ord: int
    kind: EntryKind
    key: str
    position: int
    changed_at: int
    time: int | None
    role: str = ""
    text: str = ""
    edited: bool = False
    retracted: bool = False
    partial: bool = False
    said_here: bool = False
    model: str | None = None
    recorded_model: str = ""
    hidden: bool = False
    thinking: str = ""
    truncated: bool = False
    images: tuple[str, ...] = ()
    reapplied: int | None = None
    rerun_of: int | None = None
    replaces: int | None = None
    name: str = ""
    arguments: Any = None
    result: Any = None
    returned: bool = False
    error: bool = False
    answered_by: str = ""
    items: tuple[Mapping[str, Any], ...] = ()
    strategy: str = ""
    reason: str = ""
    accepted: int | None = None
