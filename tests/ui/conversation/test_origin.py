"""Three truths in the conversation: recorded, changed or repeated on a branch, computed; each has its word."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.transcript import Entry
from app.ui.conversation.heading import heading_of, is_recorded


def entry(kind: str, **more: Any) -> Entry:
    return Entry(**{"ord": 1, "kind": kind, "key": "k", "position": 8, "changed_at": 8, "time": None, **more})


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (entry("message", role="user", replaces=7), "changed here, was event 7"),
        (entry("message", role="user", reapplied=1_412), "applied again, event 1,412 of the record"),
        (entry("message", role="user", replaces=7, reapplied=9), "changed here, was event 7"),
        (entry("message", role="user", said_here=True), "typed here"),
        (entry("call", name="find", replaces=9), "changed here, was event 9"),
        (entry("shown", strategy="recent"), "computed by Branchline (recent)"),
        (entry("shown", reapplied=4), "applied again, event 4 of the record"),
        (entry("message", role="assistant", model="tiny"), "continued by tiny"),
        (entry("message", role="assistant", model=""), "continued here"),
    ],
)
def test_what_was_not_recorded_here_says_what_it_is(one: Entry, words: str) -> None:
    heading = heading_of(one)

    assert words in heading.spoken("")
    assert "recorded" not in heading.words.replace("of the record", "")
    assert not is_recorded(one)


@pytest.mark.parametrize(
    ("images", "words"), [((), ""), (("blob:1",), "with 1 picture"), (("blob:1", "blob:2"), "with 2 pictures")]
)
def test_pictures_of_a_message_are_told(images: tuple[str, ...], words: str) -> None:
    assert heading_of(entry("message", role="user", images=images)).words == words


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"result": {"a": 1}}, "returned"),
        ({"result": True}, "true"),
        ({"result": {"a": 1}, "answered_by": "stub"}, "result is a stub, made up"),
        ({"result": True, "answered_by": "typed"}, "true · result typed by a person"),
        ({"result": "gone", "error": True, "answered_by": "recorded"}, "failed · result taken from the record"),
    ],
)
def test_a_result_that_no_tool_gave_says_so(more: dict[str, Any], told: str) -> None:
    assert heading_of(entry("call", name="find", returned=True, **more)).status == told


def test_what_was_recorded_is_plain() -> None:
    assert is_recorded(entry("message", role="user"))
    assert heading_of(entry("shown")).words.endswith("recorded")


@pytest.mark.parametrize(
    ("more", "told", "is_problem"),
    [
        ({"model": "tiny"}, "partial, stopped: no message", False),
        ({"error": True, "reason": "it went away"}, "partial, failed: it went away", True),
        ({"accepted": 1_009}, "partial; a message since event 1,009", False),
    ],
)
def test_an_answer_that_broke_off_is_told_apart_from_a_message(
    more: dict[str, Any], told: str, is_problem: bool
) -> None:
    one = entry("partial", partial=True, role="assistant", **more)

    heading = heading_of(one)

    assert told in heading.spoken("")
    assert heading.is_problem == is_problem
    assert "continued" in heading.words
    assert not is_recorded(one)


def test_the_model_that_answered_in_production_and_what_its_program_hid_are_told() -> None:
    heading = heading_of(entry("message", role="assistant", recorded_model="gpt-4o", hidden=True))

    assert heading.words == "gpt-4o · hidden"
    assert is_recorded(entry("message", role="assistant", recorded_model="gpt-4o"))
