"""Made events are the same for the same seed, and as mixed and uneven as promised."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice, pairwise

from app.benchmarks.made_events import MadeEvents

COUNT = 4_000


def test_the_same_seed_gives_the_same_events_and_another_seed_others() -> None:
    assert list(MadeEvents(3).take(200)) == list(MadeEvents(3).take(200))
    assert list(MadeEvents(3).take(200)) != list(MadeEvents(4).take(200))


def test_events_of_every_area_come_with_unique_ids_and_every_call_returns() -> None:
    events = list(MadeEvents().take(COUNT))

    areas = Counter(event.type.partition(".")[0] for event in events)
    calls = [event.data["call_id"] for event in events if event.type == "conversation.tool-called"]
    returns = [event.data["call_id"] for event in events if event.type == "conversation.tool-returned"]
    assert min(areas[area] for area in ("conversation", "behaviour", "recommendation")) > COUNT * 0.05
    assert len({event.id for event in events}) == COUNT
    assert calls[: len(returns)] == returns
    assert len(calls) - len(returns) in (0, 1)


def test_times_rise_in_bursts_with_gaps_and_some_are_missing() -> None:
    events = list(MadeEvents().take(COUNT))

    known = [event.time for event in events if event.time is not None]
    waits = sorted(after - before for before, after in pairwise(known))
    assert 0 < COUNT - len(known) < COUNT * 0.03
    assert waits[0] >= 0
    assert waits[-1] > 1_000 * waits[len(waits) // 2]


def test_texts_are_distinct_in_two_languages_and_their_lengths_have_a_long_tail() -> None:
    events = MadeEvents().take(COUNT)
    texts = [event.data["text"] for event in events if event.type == "conversation.message-posted"]

    chinese = sum(any("一" <= sign <= "鿿" for sign in text) for text in texts)
    lengths = sorted(map(len, texts))
    assert 0.1 < chinese / len(texts) < 0.5
    assert len(set(texts)) > 0.85 * len(texts)
    assert lengths[-1] > 8 * lengths[len(lengths) // 2]


def test_a_payload_is_about_as_long_as_the_figures_say() -> None:
    events = list(islice(MadeEvents().take(COUNT), COUNT))

    total = sum(len(json.dumps(event.data, ensure_ascii=False, separators=(",", ":")).encode()) for event in events)
    assert 330 < total / COUNT < 490
