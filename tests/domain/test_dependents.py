"""What goes, or cannot be applied any more, when an event is left out."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import event

from app.domain.dependents import Dependents

POSTED, EDITED = "conversation.message-posted", "conversation.message-edited"
CALLED, RETURNED = "conversation.tool-called", "conversation.tool-returned"


def message(position: int, message_id: str, **more: Any) -> Any:
    return event(position, POSTED, {"message_id": message_id, "role": "user", "text": "x", **more})


def told(chosen: Any, *later: Any, keep: bool = False) -> list[tuple[int, str, int, bool]]:
    dependents = Dependents(chosen, keep=keep)
    found = [(one.position, dependents.look(one)) for one in later]
    return [(at, why.why, why.on, why.is_needed) for at, why in found if why is not None]


def test_what_it_caused_goes_and_what_that_caused() -> None:
    chosen = event(4, "star.suggestions-requested")
    shown = event(5, "recommendation.items-shown", {"items": []}, causation_id="e4")
    clicked = event(6, "behaviour.item-clicked", {"item": "a"}, causation_id="e5")
    other = event(7, "behaviour.item-clicked", {"item": "b"}, causation_id="e3")

    assert told(chosen, shown, clicked, other) == [(5, "caused", 4, False), (6, "caused", 5, False)]
    assert told(chosen, shown, clicked, other, keep=True) == [(5, "caused", 4, False)]


def test_what_is_said_of_a_message_goes_with_it_until_the_id_is_used_again() -> None:
    later = (
        event(5, EDITED, {"message_id": "m", "text": "y"}),
        event(6, "conversation.feedback-given", {"message_id": "m", "rating": 1}),
        message(7, "m"),
        event(8, EDITED, {"message_id": "m", "text": "z"}),
        event(9, "conversation.message-retracted", {"message_id": "n"}),
    )

    assert told(message(4, "m"), *later) == [(5, "refers", 4, True), (6, "refers", 4, False)]


def test_a_call_takes_its_result_along_and_a_result_leaves_its_call_open() -> None:
    called = event(4, CALLED, {"call_id": "c", "name": "find"})
    returned = event(5, RETURNED, {"call_id": "c", "result": 1}, causation_id="e4")

    assert told(called, returned) == [(5, "caused", 4, True)]
    assert Dependents(called, keep=False).unanswered == ()
    assert Dependents(returned, keep=False).unanswered == ("c",)


def test_a_call_whose_result_goes_for_another_reason_stays_open() -> None:
    asked = event(3, "who.knows")
    dependents = Dependents(asked, keep=False)
    dependents.look(event(4, CALLED, {"call_id": "c", "name": "find"}))
    dependents.look(event(5, RETURNED, {"call_id": "c", "result": 1}, causation_id="e3"))

    assert dependents.unanswered == ("c",)
    dependents.look(event(6, RETURNED, {"call_id": "c", "result": 2}))
    assert dependents.unanswered == ()


@pytest.mark.parametrize("ended", ["generation.completed", "generation.failed", "generation.cancelled"])
def test_a_run_goes_with_its_request_and_so_does_the_answer(ended: str) -> None:
    request = event(4, "generation.requested", {"model": "tiny"})
    answer = message(5, "a", generated_by={"model": "tiny", "request": "e4"})
    end = event(6, ended, {"request_id": "e4"})

    assert told(request, answer, end) == [(5, "refers", 4, False), (6, "refers", 4, True)]
