"""Events of other systems keep their names, their order and all that they say; the same pair is one event."""

import json

import pytest
from fakes.places import DATA
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.cloud_lines import PREFIX
from app.adapters.files.traces.cloud_events import outside
from app.adapters.files.traces.streams import payload
from app.domain.errors import BadInput


def cloud(own, **told):
    return {"specversion": "1.0", "id": own, "source": "/s", "type": "com.example.made", **told}


@pytest.fixture
def file(tmp_path):
    def written(value, *, as_lines=False):
        path = tmp_path / "events"
        text = "\n".join(json.dumps(one) for one in value) if as_lines else json.dumps(value)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_batch_of_the_specification(read):
    (draft,), notes = read(DATA / "cloudevents" / "batch.json")

    (only,) = (event for _, event in draft.events)
    assert (only.id, only.source, only.type) == ("C234-1234-1234", "/mycontext/9", "com.example.someotherevent")
    assert only.time == 1_522_949_465_000_000
    assert only.data == {
        "appinfoA": "abc", "appinfoB": 123, "appinfoC": True,
        "cloudevent": {"comexampleextension1": "value", "comexampleothervalue": 5},
    }  # fmt: skip
    assert [one.reason for one in notes.quarantined] == ["event B234-1234-1234: data_base64 is not written in base64"]


@pytest.mark.parametrize("as_lines", [True, False])
def test_events_of_one_subject_are_a_session(as_lines, file, read):
    events = [
        cloud("1", subject="anna"),
        cloud("2", subject="bob"),
        cloud("3", subject="anna"),
        cloud("1", subject="anna"),
    ]

    drafts, notes = read(file(events, as_lines=as_lines))

    assert [(one.header.subject, [event.id for _, event in one.events]) for one in drafts] == [
        ("anna", ["1", "3"]), ("bob", ["2"]),
    ]  # fmt: skip
    assert notes.not_captured["cloudevents: events that were delivered more than once (kept once)"] == 1


def test_an_extension_names_the_session_and_a_sequence_the_order(file, read):
    events = [cloud(str(n), source=f"/{n}", session="s", sequence=f"{n:05}") for n in (3, 1, 2)]

    (draft,), _ = read(file(events))

    assert draft.header.external_id == "s"
    assert [event.id for _, event in draft.events] == ["1", "2", "3"]


def test_the_same_pair_that_says_something_else_is_left_out(file, read):
    (draft,), notes = read(file([cloud("1", data=1), cloud("1", data=2)]))

    assert draft.events[0][1].data == {"value": 1}
    assert notes.quarantined[0].reason == "event 1 of /s came before and said something else"


def test_own_types_come_back_as_such_with_their_branches(file, read):
    def own(n, kind, branch, **data):
        return cloud(
            str(n), type=f"{PREFIX}{kind}.v1", session="s", branch=branch, sequence=str(n), actor="user",
            dataclassification="confidential", hash="00", data=data,
        )  # fmt: skip

    post = "conversation.message-posted"
    events = [
        own(1, post, "s/main", message_id="a"),
        own(3, post, "other", message_id="c"),
        own(2, post, "main", message_id="b"),
    ]
    events.append(cloud("m", type=f"{PREFIX}branch.v1", data={}))

    (draft,), notes = read(file(events))

    assert {event.type for _, event in draft.events} == {post}
    assert draft.events[0][1].data == {"message_id": "a"}
    assert draft.events[0][1].classification == "personal"
    assert [(branch.name, branch.fork_position) for branch in draft.branches] == [("other", 2)]
    assert notes.not_captured["cloudevents: lines of an export of Branchline that are no events"] == 1


def test_side_streams_of_an_own_export_stay_beside_the_branches(file, read):
    note = cloud(
        "n", type=f"{PREFIX}analyst.note-written.v1", session="s", branch="s/analyst", sequence="1", data={"text": "x"}
    )
    message = cloud("m", type=f"{PREFIX}conversation.message-posted.v1", session="s", branch="s/main", sequence="1")

    (draft,), _ = read(file([note, message]))

    assert [stream for stream, _ in draft.events] == ["main", "analyst"]
    assert not draft.branches


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"specversion": "0.3"}, "version 0.3"), ({"id": ""}, "no id"), ({"source": None}, "no source"),
        ({"type": 5}, "no type"), ({"data": 1, "data_base64": "aGk="}, "both data and data_base64"),
    ],
)  # fmt: skip
def test_what_is_no_event_says_why(wrong, reason):
    with pytest.raises(BadInput, match=reason):
        outside(cloud("1") | wrong)


def test_a_time_that_is_none_is_kept_as_it_was_written():
    event = outside(cloud("1", time="soon")).event

    assert event.time is None
    assert event.data == {"cloudevent": {"time": "soon"}}


@given(
    data=st.recursive(st.none() | st.text() | st.integers(), lambda one: st.dictionaries(st.text(), one)),
    name=st.text(),
)
def test_nothing_that_an_event_says_is_written_over(data, name):
    made = payload(data, {"told": 1}, name)

    assert list(made.values()).count({"told": 1}) >= 1
    if isinstance(data, dict):
        assert len(made) == len(data) + 1


def test_kurrent_feeds_come_in_order_and_without_the_database_s_own(file, read):
    def entry(number, kind="OrderPlaced", **told):
        return {
            "eventId": f"id-{number}", "eventType": kind, "eventNumber": number, "streamId": "order-1",
            "data": json.dumps({"n": number}), "metaData": json.dumps({"$correlationId": "c", "userId": "u"}),
            "updated": "2026-01-01T10:00:00.1234567Z", **told,
        }  # fmt: skip

    feed = {
        "title": "x",
        "streamId": "order-1",
        "headOfStream": True,
        "entries": [entry(2), entry(1), entry(0, "$metadata")],
    }

    (draft,), notes = read(file(feed))

    events = [event for _, event in draft.events]
    assert [event.data["n"] for event in events] == [1, 2]
    assert (draft.header.external_id, draft.header.subject) == ("order-1", "u")
    assert (events[0].correlation_id, events[0].time) == ("c", 1_767_261_600_123_456)
    assert notes.not_captured == {"kurrentdb: events of the database itself, and links": 1}


def test_a_kurrent_append_is_one_session_and_its_missing_name_is_told(file, read):
    body = [{"eventId": str(n), "eventType": "made", "data": {"n": n}, "metadata": {"a": 1}} for n in range(3)]

    (draft,), notes = read(file(body))

    assert [event.data for _, event in draft.events] == [{"n": n, "metadata": {"a": 1}} for n in range(3)]
    assert notes.not_captured["kurrentdb: the name of the stream (an append does not say it)"] == 1


def test_a_kurrent_feed_of_titles_says_what_to_do(file, read):
    feed = {
        "streamId": "s",
        "headOfStream": True,
        "entries": [{"title": "0@s", "id": "x", "updated": "2026-01-01T10:00:00Z"}],
    }

    drafts, notes = read(file(feed))

    assert not drafts
    assert "embed=body" in notes.quarantined[0].reason


def test_event_grid_events_of_a_subject_are_a_session(file, read):
    events = [
        {
            "id": str(n), "topic": "/subscriptions/x/topics/shop", "subject": subject, "eventType": "Shop.Bought",
            "eventTime": "2026-01-01T10:00:00.5Z", "data": {"n": n}, "dataVersion": "1.0", "metadataVersion": "1",
        }
        for n, subject in enumerate(["anna", "bob", "anna"])
    ]  # fmt: skip

    drafts, _ = read(file(events))

    assert [(one.header.subject, [event.data["n"] for _, event in one.events]) for one in drafts] == [
        ("anna", [0, 2]), ("bob", [1]),
    ]  # fmt: skip
    assert drafts[0].events[0][1].data["eventgrid"] == {"dataVersion": "1.0", "metadataVersion": "1"}
