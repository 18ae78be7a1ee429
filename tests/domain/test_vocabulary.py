"""Lanes, classifications and upcasting."""

from app.domain.vocabulary import Lane, Upcasters, default_classification, lane_of


def test_messages_are_drawn_by_who_spoke() -> None:
    assert lane_of("conversation.message-posted", "user") is Lane.CUSTOMER
    assert lane_of("conversation.message-posted", "agent") is Lane.ASSISTANT
    assert lane_of("recommendation.items-shown", "system") is Lane.RECOMMENDATION
    assert lane_of("somebody.elses-event", "user") is Lane.UNKNOWN


def test_unknown_types_are_taken_for_personal() -> None:
    assert default_classification("somebody.elses-event") == "personal"
    assert default_classification("catalogue.item-added") == "public"


def test_old_payloads_are_lifted_step_by_step_and_newer_ones_left_alone() -> None:
    lifts = Upcasters({("a", 1): lambda d: {**d, "two": True}, ("a", 2): lambda d: {**d, "three": True}})

    assert lifts.lift("a", 1, {"x": 1}) == (3, {"x": 1, "two": True, "three": True})
    assert lifts.lift("a", 7, {"x": 1}) == (7, {"x": 1})
    assert lifts.lift("b", 1, {"x": 1}) == (1, {"x": 1})
