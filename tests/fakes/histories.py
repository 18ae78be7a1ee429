"""Random histories that touch every field of the state, with ids that collide and payloads that cannot be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.making import new_event

if TYPE_CHECKING:
    import random

    from app.domain.events import NewEvent

ITEMS = ("A", "B", "C")
NAMES = {"A": "red mug", "B": "red plate", "C": "blue mug"}
KEYS = ("k1", "k2", "k3")


def any_event(number: int, chance: random.Random) -> NewEvent:
    """One of everything there is; a tenth of it broken."""
    item, key = chance.choice(ITEMS), chance.choice(KEYS)
    named = {"item": item, "name": NAMES[item]} if chance.random() < 0.5 else {"item": item}
    kept = {
        "message_id": key, "role": "assistant", "text": "half", "partial": True,
        "generated_by": {"model": "tiny", "request": f"n{chance.randint(1, number)}"},
    }  # fmt: skip
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("session.started", {}),
        ("session.closed", {}),
        ("session.handed-over", {}),
        ("conversation.message-posted", {"message_id": key, "role": "user", "text": f"text {number}"}),
        ("conversation.message-posted", {"message_id": key, "role": "assistant", "text": f"refund {number}"}),
        ("conversation.message-edited", {"message_id": key, "text": f"edited {number}"}),
        ("conversation.message-retracted", {"message_id": key}),
        ("conversation.slots-changed", {"service": key, "set": {"colour": ["Red", "red", number]}, "intent": "buy"}),
        ("conversation.slots-changed", {"service": key, "unset": ["colour"], "requested": ["size"]}),
        ("conversation.question-classified", {"topic": key}),
        ("conversation.form-submitted", {"form": chance.choice(("", key)), "fields": {"n": number % 3}}),
        ("conversation.instructions-changed", {"text": key}),
        ("conversation.feedback-given", {"rating": number}),
        ("conversation.tool-called", {"call_id": key, "name": "find"}),
        ("conversation.tool-returned", {"call_id": key, "result": number}),
        ("behaviour.item-viewed", named),
        ("behaviour.item-clicked", {**named, "categories": [key]}),
        ("behaviour.item-carted", {**named, "goods": chance.random() < 0.5}),
        ("behaviour.item-purchased", {**named, "quantity": chance.randint(1, 2)}),
        ("behaviour.item-returned", {**named, "quantity": 1}),
        ("behaviour.item-rated", {**named, "rating": chance.randint(1, 5)}),
        ("catalogue.item-added", {**named, "categories": [key]}),
        ("catalogue.item-withdrawn", {"item": item}),
        ("recommendation.items-shown", {"items": [{**named, "rank": 1}], "strategy": {"name": key}}),
        ("recommendation.items-shown", {"items": [{"item": one} for one in ITEMS]}),
        ("recommendation.strategy-changed", {"name": key}),
        ("generation.requested", {"model": "tiny"}),
        ("generation.completed", {"request_id": f"n{chance.randint(1, number)}", "tokens": number}),
        ("generation.failed", {"request_id": f"n{chance.randint(1, number)}", "text": f"half {number}", "reason": "?"}),
        (
            "generation.cancelled",
            {"request_id": f"n{chance.randint(1, number)}", "text": chance.choice(("", " ", "ab"))},
        ),
        ("conversation.message-posted", kept),
        ("generation.strategy-changed", {"name": key}),
        ("resource.created", {"id": key, "name": f"r{number % 2}"}),
        ("resource.updated", {"id": key, "name": f"u{number % 2}"}),
        ("resource.deleted", {"id": key}),
        ("who.knows", {}),
    ]
    kind, data = chance.choice(kinds)
    if data and chance.random() < 0.1:
        data = {**data, chance.choice(list(data)): None}
    return new_event(number, kind, data)
