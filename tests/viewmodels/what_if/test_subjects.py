"""What can be changed, where it stands, and which edit that makes."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import event

from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.domain.transcript import Entry
from app.viewmodels.what_if.subjects import (
    is_changeable,
    is_changeable_value,
    known_items,
    subject_of_entry,
    subject_of_event,
    subject_of_pointer,
)

STATE: dict[str, Any] = {
    "conversation": {"slots": {"R": {"city": ["Rome"]}}, "instructions": "Be kind."},
    "recommendation": {
        "shown": [{"item": "A", "name": "Alba"}],
        "predicted": [{"item": "A", "name": "Alba"}, {"item": "B"}],
    },
}


def entry(kind: str, **more: Any) -> Entry:
    return Entry(**{"ord": 1, "kind": kind, "key": "k", "position": 8, "changed_at": 8, "time": None, **more})


@pytest.mark.parametrize(
    ("one", "value", "edit", "at"),
    [
        (entry("message", role="user", text="Hi"), "Bye", MessageEdit("Bye"), 8),
        (entry("message", role="agent", text="Hi"), "Bye", MessageEdit("Bye", role="assistant"), 8),
        (entry("call", name="find", result=1, returned=True, changed_at=9), 2, ToolResultEdit("k", 2, False), 9),
        (entry("shown", items=({"item": "A"},)), [{"item": "B"}], ShownEdit(({"item": "B"},)), 8),
    ],
)
def test_an_entry_of_the_conversation(one: Entry, value: Any, edit: Any, at: int) -> None:
    subject = subject_of_entry(one)

    assert subject is not None
    assert is_changeable(one)
    assert (subject.edit(value), subject.at) == (edit, at)


def test_what_the_system_said_is_no_message_of_the_conversation() -> None:
    assert subject_of_entry(entry("message", role="system", text="Hi")) is None
    assert not is_changeable(entry("message", role="system"))


@pytest.mark.parametrize(
    ("pointer", "value", "edit"),
    [
        ("/conversation/slots/R/city", ["Oslo"], SlotEdit("R", "city", ("Oslo",))),
        ("/conversation/slots/R/city/0", [], SlotEdit("R", "city", ())),
        ("/conversation/instructions", "x", InstructionsEdit("x")),
        ("/recommendation/shown/0/name", [], ShownEdit(())),
    ],
)
def test_a_value_of_the_state(pointer: str, value: Any, edit: Any) -> None:
    subject = subject_of_pointer(pointer, STATE, 12)

    assert subject is not None
    assert is_changeable_value(pointer)
    assert (subject.edit(value), subject.at) == (edit, 12)


@pytest.mark.parametrize(
    "pointer", ["", "/conversation", "/conversation/slots/R", "/recommendation/predicted/0", "/conversation/status"]
)
def test_what_was_worked_out_cannot_be_changed(pointer: str) -> None:
    assert subject_of_pointer(pointer, STATE, 12) is None
    assert not is_changeable_value(pointer)


def test_the_event_at_the_playhead() -> None:
    slots = event(3, "conversation.slots-changed", {"service": "R", "set": {"city": ["Rome"]}})
    told = event(3, "conversation.instructions-changed", {"text": "Be kind."})
    said = entry("message", role="user", text="Hi")

    assert subject_of_event(slots, STATE, None).value == ("Rome",)  # type: ignore[union-attr]
    assert subject_of_event(told, STATE, None).value == "Be kind."  # type: ignore[union-attr]
    assert subject_of_event(event(3, "conversation.message-posted"), STATE, said).value == "Hi"  # type: ignore[union-attr]
    assert subject_of_event(event(3, "session.started"), STATE, None) is None


def test_items_that_can_be_added_are_those_shown_and_predicted() -> None:
    assert known_items(STATE) == {"A": "Alba", "B": "B"}
