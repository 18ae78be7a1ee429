"""Sentences on where a branch leaves and what it holds."""

from __future__ import annotations

import pytest

from app.domain.forks import Fork, Holding


@pytest.mark.parametrize(
    ("turns", "position", "later", "sentence"),
    [
        (14, 412, 6, "14 turns and the state of event 412; 6 later events stay on main"),
        (1, 2, 1, "1 turn and the state of event 2; 1 later event stays on main"),
        (1_200, 4_120, 0, "1,200 turns and the state of event 4,120; no later event is on main"),
        (0, 1, 2, "the state of event 1; 2 later events stay on main"),
        (0, 0, 9, "the state before the first event; 9 later events stay on main"),
    ],
)
def test_one_sentence_says_what_a_branch_holds(turns: int, position: int, later: int, sentence: str) -> None:
    holding = Holding(turns=turns, position=position, later=later, parent="main")

    assert holding.sentence == sentence
    assert holding.to_json()["sentence"] == sentence


def test_a_fork_that_was_moved_says_why_and_where() -> None:
    inside = Fork(asked=8, position=9, call="find", called_at=8, returned_at=9)
    unanswered = Fork(asked=1, position=0, call="find", called_at=1, returned_at=None)

    assert (
        inside.why == "event 8 is inside an open tool call (find, event 8, to event 9); branches after event 9 instead"
    )
    assert "not returned); branches before the first event instead" in unanswered.why
    assert Fork(asked=3, position=3).why == ""
