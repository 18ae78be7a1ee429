"""An agent with tools: every return pairs with a call, instructions and verdict are kept."""

import json

import pytest
from fakes.places import DATA

PATH = DATA / "tau-bench" / "trajectories.json"
RUNS = json.loads(PATH.read_text(encoding="utf-8"))


@pytest.fixture
def sessions(read, stored):
    drafts, notes = read(PATH)
    assert not notes.quarantined
    return [(run, stored(draft)) for run, draft in zip(RUNS, drafts, strict=True)]


def of_type(events, kind):
    return [event for event in events if event.type == kind]


def test_every_return_pairs_with_a_call_before_it(sessions):
    for run, events in sessions:
        open_calls = {}
        for event in events:
            if event.type == "conversation.tool-called":
                open_calls[event.data["call_id"]] = event
            elif event.type == "conversation.tool-returned":
                call = open_calls.pop(event.data["call_id"])
                assert (call.id, call.data["name"]) == (event.causation_id, event.data["name"])
        assert not open_calls
        calls = sum(len(message.get("tool_calls") or ()) for message in run["traj"])
        assert len(of_type(events, "conversation.tool-called")) == calls > 0


def test_arguments_and_results_are_values_not_text(sessions):
    for run, events in sessions:
        wanted = [
            json.loads(call["function"]["arguments"])
            for message in run["traj"]
            for call in message.get("tool_calls") or ()
        ]
        assert [event.data["arguments"] for event in of_type(events, "conversation.tool-called")] == wanted
        results = [event.data["result"] for event in of_type(events, "conversation.tool-returned")]
        assert any(isinstance(result, dict) for result in results)


def test_messages_stand_as_they_were_said(sessions):
    for run, events in sessions:
        said = [
            message["content"]
            for message in run["traj"]
            if message["role"] in ("user", "assistant") and message["content"] is not None
        ]
        assert [event.data["text"] for event in of_type(events, "conversation.message-posted")] == said
        (instructions,) = of_type(events, "conversation.instructions-changed")
        assert instructions.data["text"] == run["traj"][0]["content"]


def test_the_verdict_and_the_end_are_recorded(sessions):
    ends = []
    for run, events in sessions:
        (verdict,) = of_type(events, "conversation.feedback-given")
        assert verdict.data["rating"] == run["reward"]
        ends.append(events[-2].type)
    assert sorted(ends) == ["session.closed", "session.handed-over"]


def test_the_customer_is_the_subject(read):
    assert [draft.header.subject for draft in read(PATH)[0]] == [run["info"]["task"]["user_id"] for run in RUNS]


def test_runs_that_number_their_tasks_alike_stay_apart(tmp_path, read):
    other = {**RUNS[0], "traj": RUNS[0]["traj"][:3]}
    path = tmp_path / "other.json"
    path.write_text(json.dumps([other]), encoding="utf-8")

    assert read(path)[0][0].header.id != read(PATH)[0][0].header.id
