"""An event in a line, whatever its payload looks like."""

from typing import Any

import pytest

from app.domain.events import Event
from app.viewmodels.event_summary import event_summary


def event(type_name: str, **data: Any) -> Event:
    return Event(id="e", source="s", type=type_name, version=1, session="s", branch="b", position=1, subject=None,
                 time=None, recorded_at=0, actor="user", causation_id=None, correlation_id=None,
                 classification="personal", hash="", data=data)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "summary"),
    [
        (event("conversation.message-posted", message_id="m", role="user", text="Two\n lines"), "Two lines"),
        (event("conversation.tool-called", name="find", arguments={"city": "Rome"}), "find(city = Rome)"),
        (event("conversation.slots-changed", service="R", set={"city": ["Rome"]}), "city = [Rome]"),
        (
            event("recommendation.items-shown", items=[{"item": "b", "name": "Bazille"}, {"item": "c"}]),
            "Bazille, c",
        ),
        (event("behaviour.item-viewed", item="B07", name="红色外套"), "红色外套"),
        (event("behaviour.item-purchased", name="LUNCH BOX", quantity=1_200, price=2.1), "1,200 × LUNCH BOX"),
        (event("someone.elses", depth=3, turn=1), "depth = 3"),
        (event("session.started"), ""),
    ],
)
def test_the_line_says_what_happened(given: Event, summary: str) -> None:
    assert event_summary(given) == summary


def test_a_very_long_text_is_cut_to_a_line() -> None:
    assert len(event_summary(event("conversation.message-posted", text="long " * 100_000))) == 160
