"""STAR dialogues: times, suggestions and picks, queries and answers, held against the truths of the data set."""

import json

import pytest
from fakes.places import DATA

FILES = sorted((DATA / "star").glob("*.json"))


def of_type(events, kind):
    return [event for event in events if event.type == kind]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def told(request, read, stored):
    """The source and the events made of it."""
    (draft,), notes = read(request.param)
    assert not notes.quarantined
    return json.loads(request.param.read_text(encoding="utf-8")), stored(draft)


def test_nothing_is_lost_and_times_are_the_recorded_ones(told):
    source, events = told
    times = {number: event.get("UnixTime") for number, event in enumerate(source["Events"])}

    assert {event.data["turn"] for event in events} == set(times)
    for event in events:
        seconds = times[event.data["turn"]]
        assert event.time == (None if seconds is None else seconds * 1_000_000)


def test_the_screen_follows_from_what_was_returned_last(told):
    """Truth (b): the item on the screen is that of the last answer, though it was not imported."""
    source, events = told
    answers = {event.data["turn"]: event.data for event in of_type(events, "conversation.tool-returned")}
    chosen, screen = False, None
    for number, event in enumerate(source["Events"]):
        if number in answers:
            chosen, screen = False, answers[number]["result"].get("Item")
        elif event["Agent"] == "Wizard" and not chosen:
            assert event.get("PrimaryItem") == screen
        chosen = chosen or event["Action"] == "select_primary"
    assert all("PrimaryItem" not in event.data for event in events)


def test_a_pick_is_a_list_a_click_on_one_of_it_and_a_message(told):
    """Truth (c)."""
    source, events = told
    picks = {n: one for n, one in enumerate(source["Events"]) if one["Action"] == "pick_suggestion"}
    for number, pick in picks.items():
        shown, click, message = [event for event in events if event.data["turn"] == number]
        assert [item["item"] for item in shown.data["items"]] == pick["ActionLabelOptions"]
        assert click.data["item"] == pick["ActionLabel"]
        assert click.data["item"] in [item["item"] for item in shown.data["items"]]
        assert message.data["text"] == pick["Text"]
        assert (click.causation_id, message.causation_id) == (shown.id, click.id)
    assert len(of_type(events, "recommendation.items-shown")) == len(picks)


def test_a_query_is_answered_by_the_very_next_event(told):
    """Truth (d)."""
    _, events = told
    for position, event in enumerate(events):
        if event.type == "conversation.tool-called":
            answer = events[position + 1]
            assert answer.type == "conversation.tool-returned"
            assert (answer.data["call_id"], answer.data["name"]) == (event.data["call_id"], event.data["name"])
            assert answer.causation_id == event.id
            assert ("Item" not in answer.data["result"]) == (answer.data["result"]["TotalItems"] == 0)


def test_the_customer_sees_what_the_log_says(told):
    source, events = told
    said = [one["Text"] for one in source["Events"] if one["Action"] in ("utter", "pick_suggestion")]

    assert [event.data["text"] for event in of_type(events, "conversation.message-posted")] == said


def test_the_end_says_whether_it_was_broken_off(told):
    source, events = told
    (closed,) = of_type(events, "session.closed")

    assert ("broken off" in closed.data["reason"]) == (source["CompletionLevel"] != "Complete")
