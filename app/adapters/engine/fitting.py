"""What is dropped of a conversation that does not fit the context window."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Messages = Sequence[Mapping[str, Any]]


def newest_that_fit(messages: Messages, fits: Callable[[Messages], bool]) -> Messages:
    """Leave out the oldest messages, never a system message and never the last one, until the rest fits."""

    def without_oldest(count: int) -> Messages:
        return [message for i, message in enumerate(messages) if i >= count or message.get("role") == "system"]

    dropped = bisect_left(range(len(messages) - 1), True, key=lambda count: fits(without_oldest(count)))
    return without_oldest(dropped)


def cut_middle(tokens: list[int], room: int, keep: int) -> list[int]:
    """The first ``keep`` tokens and as many of the last as fill half of what is left of the window."""
    keep = max(0, min(keep, room // 2))
    return tokens[:keep] + tokens[-((room - keep) // 2) :]
