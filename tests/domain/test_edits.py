"""An edit becomes one event, or one sentence that says why it makes no sense."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import event, events

from app.domain import edits
from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit, require_json
from app.domain.errors import BadInput
from app.domain.fold.bounded import Bounded
from app.domain.fold.fold import fold_all

STORY = (
    ("conversation.instructions-changed", {"text": "Be kind."}),
    ("conversation.slots-changed", {"service": "Hotels", "set": {"city": ["Rome"], "stars": 3}, "turn": 0}),
    ("recommendation.items-shown", {"items": [{"item": "A", "name": "Alba", "rank": 1}, {"item": "B", "rank": 2}]}),
)


def state(*more: tuple[str, dict[str, Any]]) -> Bounded:
    return fold_all(events(*STORY, *more)).bounded


def posted(**more: Any) -> Any:
    data = {"message_id": "t3", "role": "user", "text": "Hi", "acts": ["greet"], **more}
    return event(7, "conversation.message-posted", data, classification="secret")


def test_a_message_keeps_its_id_and_author_and_drops_what_described_its_words() -> None:
    draft = edits.message(MessageEdit("Bye"), posted(name="Kim"), "new")

    assert draft.data == {"message_id": "t3", "role": "user", "text": "Bye", "name": "Kim"}
    assert (draft.actor, draft.classification) == ("user", "secret")


def test_where_no_message_comes_one_is_added() -> None:
    assert edits.message(MessageEdit("Bye"), None, "new").data == {"message_id": "new", "role": "user", "text": "Bye"}


@pytest.mark.parametrize(
    ("text", "sentence"), [("Hi", "that is what event 7 says already"), (" \n", "a message needs words")]
)
def test_a_message_that_changes_nothing_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        edits.message(MessageEdit(text), posted(), "new")


def test_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(BadInput, match="no Unicode"):
        edits.message(MessageEdit("a\udc80"), None, "new")
    with pytest.raises(BadInput, match="no Unicode"):
        edits.instructions(InstructionsEdit("a\udc80"), Bounded())


def test_instructions_may_be_taken_away_but_not_repeated() -> None:
    assert edits.instructions(InstructionsEdit(""), state()).data == {"text": ""}
    with pytest.raises(BadInput, match="in force already"):
        edits.instructions(InstructionsEdit("Be kind."), state())
    with pytest.raises(BadInput, match="no instructions to take away"):
        edits.instructions(InstructionsEdit(""), Bounded())


def test_a_slot_is_set_or_taken_away() -> None:
    assert edits.slot(SlotEdit("Hotels", "city", ("Oslo",)), None, state()).data == {
        "service": "Hotels",
        "set": {"city": ["Oslo"]},
        "unset": [],
    }
    assert edits.slot(SlotEdit("Hotels", "city", ()), None, state()).data["unset"] == ["city"]


def test_in_place_the_other_slots_of_the_same_event_stay() -> None:
    recorded = event(2, *STORY[1])

    changed = edits.slot(SlotEdit("Hotels", "city", ("Oslo", "Bergen")), recorded, Bounded()).data
    without = edits.slot(SlotEdit("Hotels", "stars", ()), recorded, Bounded()).data

    assert changed == {
        "service": "Hotels",
        "set": {"city": ["Oslo", "Bergen"], "stars": 3},
        "unset": [],
        "turn": 0,
    }
    assert (without["set"], without["unset"]) == ({"city": ["Rome"]}, ["stars"])


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (SlotEdit("Hotels", "city", ("Rome",)), "Hotels.city is so already"),
        (SlotEdit("Hotels", "pool", ()), "Hotels.pool is not set"),
        (SlotEdit("Hotel", "city", ("Oslo",)), "there is no service 'Hotel' here; there are Hotels"),
        (SlotEdit("Hotels", "", ("Oslo",)), "a slot is named by its service and its name"),
        (SlotEdit("Hotels", "city", ({"a": 1},)), "texts, numbers or true and false"),  # type: ignore[arg-type]
        (SlotEdit("Hotels", "stars", (float("nan"),)), "JSON has no number for"),
        (SlotEdit("Hotels", "st\udc80rs", ("4",)), "no Unicode"),
    ],
)
def test_a_slot_that_makes_no_sense_is_refused(edit: SlotEdit, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        edits.slot(edit, None, state())


def test_a_result_says_whether_the_call_failed() -> None:
    recorded = event(9, "conversation.tool-returned", {"call_id": "c", "result": {"n": 1}, "error": True})

    assert edits.tool_result(ToolResultEdit("c", []), "c", "find", recorded).data["error"] is True
    assert edits.tool_result(ToolResultEdit("c", [], error=False), "c", "find", recorded).data["error"] is False
    assert edits.tool_result(ToolResultEdit("c", []), "c", "find", None).data == {
        "call_id": "c", "name": "find", "result": [], "error": False,
    }  # fmt: skip
    with pytest.raises(BadInput, match="event 9 returned already"):
        edits.tool_result(ToolResultEdit("c", {"n": 1}), "c", "find", recorded)


def test_a_list_gets_ranks_from_its_order_and_keeps_what_is_known_of_its_items() -> None:
    recorded = event(3, STORY[2][0], {**STORY[2][1], "candidates": [{"item": "C", "name": "Cala", "tags": ["sea"]}]})

    draft = edits.shown(ShownEdit(({"item": "C"}, {"item": "A", "score": 0.5})), recorded, Bounded())
    later = edits.shown(ShownEdit(({"item": "B"}, {"item": "A"})), None, state())

    assert draft.data["items"] == [
        {"item": "C", "name": "Cala", "tags": ["sea"], "rank": 1},
        {"item": "A", "name": "Alba", "score": 0.5, "rank": 2},
    ]
    assert draft.data["candidates"] == recorded.data["candidates"]
    assert later.data["items"] == [{"item": "B", "rank": 1}, {"name": "Alba", "item": "A", "rank": 2}]


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (({"item": "A"}, {"item": "B"}), "that is the list that was shown already"),
        (({"item": "A"}, {"item": "A"}), "'A' is in the list twice"),
        (({"name": "Alba"},), "each item of a list is an object with an id"),
        (({"item": "Q", "score": float("inf")},), "JSON has no number for"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(items: tuple[dict[str, Any], ...], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        edits.shown(ShownEdit(items), None, state())


@pytest.mark.parametrize("value", [2**53, {"a": [-(2**60)]}, "\udc80", {"\udc80": 1}, [float("-inf")]])
def test_what_json_readers_disagree_about_is_refused(value: object) -> None:
    with pytest.raises(BadInput):
        require_json(value, "it")
