"""A first mapping makes something of records that nobody described, and loses no column."""

import pytest

from app.domain.mapping.applying import outcomes
from app.domain.mapping.guessing import guess
from app.domain.mapping.mapping import SourceRule, parse, to_json
from app.domain.mapping.values import pattern_of

NAMES = ("Ticket ID", "Customer", "Sent at", "Role", "Message", "Tier")
CHAT = [
    dict(zip(NAMES, told, strict=True))
    for told in (
        ("T1", "Ann", "2026-03-01 10:00", "customer", "hi", "a"),
        ("T1", "Ann", "2026-03-01 10:05", "support", "yes", "a"),
    )
]


def guessed(records):
    mapping = guess("source", records, SourceRule())
    assert parse(to_json(mapping)) == mapping
    return mapping


def events(records):
    mapping = guessed(records)
    return [one.event for record in records for one in outcomes(mapping, record)]


def test_a_table_of_tickets_becomes_a_conversation():
    mapping = guessed(CHAT)
    first, second = events(CHAT)

    assert (mapping.session.id, mapping.session.subject) == ("Ticket ID", "Customer")
    assert (first.type, first.actor, first.data["text"]) == ("conversation.message-posted", "user", "hi")
    assert (second.actor, second.time - first.time) == ("agent", 300_000_000)
    assert first.data["Tier"] == "a"


def test_chinese_columns_are_known_too():
    records = [{"工单号": "T1", "时间": "2026年3月1日 10:00", "角色": "客服", "内容": "您好"}]
    (event,) = events(records)

    assert (event.actor, event.data["text"], event.time) == ("agent", "您好", 1_772_359_200_000_000)


def test_clicks_become_behaviour():
    clicked = {"aid": 7, "ts": 1_659_304_800_025, "type": "clicks"}
    ordered = {"aid": 8, "ts": 1_659_304_900_000, "type": "orders"}
    first, second = events([{"session": 1, "events": [clicked, ordered]}])

    assert (first.type, second.type) == ("behaviour.item-clicked", "behaviour.item-purchased")
    assert (first.data["item"], first.time) == ("7", 1_659_304_800_025_000)


def test_an_object_of_records_is_taken_apart():
    said, answered = {"role": "usr", "content": "你好"}, {"role": "sys", "content": "好"}
    mapping = guessed(
        [{"11": {"messages": [said, answered], "type": "x"}, "12": {"messages": [answered], "type": "y"}}]
    )

    assert (mapping.source.records, mapping.session.id, mapping.events[0].each) == ("/*", "@key", "/messages")


@pytest.mark.parametrize("records", [[], [7], [{}], [{"x": None}], [{"a": [1, 2]}], [{"t": [{}, {}]}], [["a"]]])
def test_odd_records_are_no_failure(records):
    guessed(records)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-03-01T10:00:00Z", "rfc 3339"),
        ("01.03.2026 10:00", "%d.%m.%Y %H:%M"),
        ("13/02/2026", "%d/%m/%Y"),
        ("2026年3月1日", "%Y年%m月%d日"),
        ("20260301", None),
        ("soon", None),
    ],
)
def test_times_are_recognised(text, form):
    assert pattern_of(text) == form
