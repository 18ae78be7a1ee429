"""Growing lists: their items are born and revised at positions and are never copied into checkpoints."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

ListName = Literal["transcript", "runs", "feedback", "problems"]


# A named tuple, because folding a million events makes half as many of them.
class ItemChange(NamedTuple):
    """Item ``ord`` (1-based) of a list was born or revised by the event at ``position``.

    ``key`` is what later events call the item: a message id, a call id, an event id. Of ``problems``, ``ord``
    is the position itself (an event has at most one) and ``key`` the reason.
    """

    list: ListName
    ord: int
    position: int
    key: str


class Find(Protocol):
    """Looks an item up among those born before the event: its ``ord``, of the newest birth with this key."""

    def __call__(self, list_name: ListName, key: str) -> int | None: ...


def find_nothing(list_name: ListName, key: str) -> int | None:
    """For folding the bounded part alone, which never depends on what is found (a test holds it to that)."""
    return None
