"""Recorded events applied again keep their content and say where they come from."""

from __future__ import annotations

from itertools import count

from fakes.making import event, events

from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json
from app.domain.reapplying import REAPPLIES, Reapplying, reapplied_position, rerun_position


def reapplying(**more: object) -> Reapplying:
    numbers = count(1)
    return Reapplying(lambda: f"again-{next(numbers)}", "urn:here", **more)  # type: ignore[arg-type]


def test_content_actor_subject_and_privacy_stay_and_the_mark_names_the_recorded_event() -> None:
    recorded = event(7, "behaviour.item-viewed", {"item": "B07"}, subject="c1", classification="secret", version=3)

    (again,) = reapplying().repeat([recorded], time=99)

    assert (again.type, again.version, again.actor, again.subject) == ("behaviour.item-viewed", 3, "user", "c1")
    assert (again.id, again.source, again.time, again.classification) == ("again-1", "urn:here", 99, "secret")
    assert again.data == {"item": "B07", REAPPLIES: {"branch": "s/main", "position": 7, "event": "e7"}}
    assert reapplied_position(again.data) == 7


def test_causes_are_those_of_this_branch() -> None:
    shown = event(5, "recommendation.items-shown", {"items": []})
    clicked = event(6, "behaviour.item-clicked", {"item": "a"}, causation_id="e5")
    of_trunk = event(7, "behaviour.item-clicked", {"item": "b"}, causation_id="e2")
    orphan = event(8, "behaviour.item-clicked", {"item": "c"}, causation_id="e4")
    later = event(9, "behaviour.item-clicked", {"item": "d"}, causation_id="e3")

    made = reapplying(known={"e3": "known-3"}).repeat(
        [shown, clicked, of_trunk, orphan, later], time=1, left_out={"e4", "e5"}
    )

    assert [one.causation_id for one in made] == [None, "again-1", "e2", None, "known-3"]


def test_the_state_tells_repeated_and_rerun_messages_from_recorded_ones() -> None:
    said = {"message_id": "m1", "role": "user", "text": "Hi", REAPPLIES: {"branch": "b", "position": 3, "event": "x"}}
    answer = {"message_id": "m2", "role": "assistant", "text": "Yes?", "rerun_of": {"position": 4}}
    plain = {"message_id": "m3", "role": "user", "text": "Bye"}
    odd = {"message_id": "m4", "role": "user", "text": "Hm", REAPPLIES: True, "rerun_of": {"position": True}}

    folded = fold_all(events(*(("conversation.message-posted", one) for one in (said, answer, plain, odd))))

    messages = full_json(folded)["conversation"]["messages"]
    assert [(one["reapplied"], one["rerun_of"]) for one in messages] == [
        (3, None),
        (None, 4),
        (None, None),
        (None, None),
    ]


def test_a_mark_without_a_position_names_none() -> None:
    assert rerun_position({"rerun_of": {"branch": "b", "position": None}}) is None
    assert rerun_position({"rerun_of": "4"}) is None


def test_what_names_a_request_to_a_model_names_its_repetition() -> None:
    asked = event(1, "generation.requested", {"model": "tiny"})
    answered = event(2, "conversation.message-posted", {"text": "x", "generated_by": {"model": "t", "request": "e1"}})
    done = event(3, "generation.completed", {"request_id": "e1"}, causation_id="e1")
    other = event(4, "generation.completed", {"request_id": "e0"})

    made = reapplying().repeat([asked, answered, done, other], time=None)

    assert made[1].data["generated_by"] == {"model": "t", "request": "again-1"}
    assert (made[2].data["request_id"], made[2].causation_id) == ("again-1", "again-1")
    assert made[3].data["request_id"] == "e0"
    assert [one.time for one in made] == [one.time for one in (asked, answered, done, other)]
