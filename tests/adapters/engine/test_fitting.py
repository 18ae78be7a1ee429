"""What is dropped when a conversation is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.engine.fitting import cut_middle, newest_that_fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TALK = (
    {"role": "system", "content": "s"},
    {"role": "user", "content": "1"},
    {"role": "assistant", "content": "2"},
    {"role": "user", "content": "3"},
)


@pytest.mark.parametrize(("room", "kept"), [(9, "s123"), (4, "s123"), (3, "s23"), (2, "s3"), (1, "s3"), (0, "s3")])
def test_the_oldest_go_first_but_never_the_system_message_or_the_last(room: int, kept: str) -> None:
    def fits(messages: Sequence[Mapping[str, Any]]) -> bool:
        return len(messages) <= room

    assert "".join(message["content"] for message in newest_that_fit(TALK, fits)) == kept


def test_of_one_message_that_is_too_long_the_beginning_and_the_end_are_kept() -> None:
    assert cut_middle(list(range(100)), 24, 4) == [0, 1, 2, 3, *range(90, 100)]
