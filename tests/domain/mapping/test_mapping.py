"""A mapping is checked word by word, written again the same, and makes of records what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.mapping.applying import belonging, outcomes
from app.domain.mapping.mapping import parse, to_json, with_source

TICKETS = {
    "branchline_mapping": 1,
    "name": "Tickets",
    "recognise": ["ticket", "said"],
    "source": {"encoding": "gb18030", "separator": ";"},
    "session": {"id": "ticket", "title": "about", "subject": "customer", "ordered": True},
    "events": [
        {
            "when": [{"column": "kind", "is": ["rated"]}],
            "type": "conversation.feedback-given",
            "actor": "user",
            "data": {"rating": {"column": "stars", "as": "number"}, "by": {"constant": "form"}},
        },
        {
            "type": {"column": "kind", "values": {"msg": "conversation.message-posted"}},
            "actor": {"column": "who", "values": {"客户": "user", "Agent": "agent"}, "otherwise": "system"},
            "time": {"column": "at", "form": "%d.%m.%Y %H:%M", "zone": "Europe/Berlin"},
            "id": "no",
            "parent": "re",
            "data": {"text": "said", "more": {"column": "/deep/0/x"}},
        },
    ],
}


def made(record, told=TICKETS):
    return [(one.event, one.problem) for one in outcomes(parse(told), record)]


def test_what_is_written_is_read_as_the_same():
    mapping = parse(TICKETS)

    assert parse(to_json(mapping)) == mapping
    assert to_json(parse(to_json(mapping))) == to_json(mapping)
    assert with_source(mapping, {"table": "t"}).source.table == "t"


def test_the_first_rule_that_holds_takes_a_record():
    ((rated, _),) = made({"kind": "RATED", "stars": "4"})
    assert (rated.type, rated.data) == ("conversation.feedback-given", {"rating": 4, "by": "form"})

    record = {"kind": "msg", "who": "客户", "at": "02.03.2026 09:30", "no": 7, "re": "", "said": " 你好 "}
    ((said, problem),) = made({**record, "deep": [{"x": True}]})
    assert problem == ""
    assert (said.actor, said.id, said.parent) == ("user", "7", "")
    assert said.data == {"text": "你好", "more": True, "role": "user", "message_id": "7"}
    assert said.time == 1_772_440_200_000_000  # 08:30 UTC: Berlin is an hour ahead in March


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"kind": "call"}, "kind: nothing is said about 'call'"),
        ({"kind": "rated", "stars": "many"}, "stars: 'many' is no number"),
        ({"kind": "msg", "at": "2026-03-02"}, "at: '2026-03-02' is no time (%d.%m.%Y %H:%M)"),
    ],
)
def test_what_does_not_fit_is_named_with_its_column(record, told):
    assert made(record) == [(None, told)]


def test_a_list_of_turns_gives_an_event_each_and_sees_its_record():
    told = {
        "branchline_mapping": 1,
        "name": "n",
        "events": [
            {
                "each": "/turns",
                "type": "conversation.message-posted",
                "actor": {"column": "^caller", "values": {"bot": "assistant"}, "otherwise": "user"},
                "data": {"text": "t", "case": "^/case/no"},
            }
        ],
    }
    found = made({"case": {"no": 5}, "caller": "bot", "turns": [{"t": "a"}, {"t": "b"}]}, told)

    assert [(event.data["text"], event.data["case"], event.actor) for event, _ in found] == [
        ("a", 5, "assistant"),
        ("b", 5, "assistant"),
    ]
    assert made({"turns": 7}, told)[0][1] == "/turns is no list"
    assert made({"turns": []}, told) == [(None, "")]


def test_a_record_without_its_session_is_told():
    assert belonging(parse(TICKETS), {"ticket": 7, "about": "x"}).session == "7"
    with pytest.raises(BadInput, match="ticket is empty"):
        belonging(parse(TICKETS), {"ticket": "  "})


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (["branchline_mapping"], 9, "version 9"),
        (["name"], "", "1 to 60 letters"),
        (["events"], [], "no events"),
        (["surprise"], 1, "unknown member 'surprise'"),
        (["source", "encoding"], "ebcdic", "no encoding 'ebcdic'"),
        (["source", "separator"], ", ", "one character"),
        (["events", 0, "actor"], "robot", "'robot' is no actor"),
        (["events", 1, "time", "zone"], "Mars/Base", "no time zone 'Mars/Base'"),
        (["events", 1, "time", "form"], "yesterday", "no form of times"),
        (["events", 1, "id"], "", "a parent needs an id"),
        (["events", 0, "data", "rating", "as"], "colour", "no kind of value"),
        (["events", 0, "data", "by"], {}, "either a column or a constant"),
        (["events", 1, "each"], "turns", "begins with /"),
        (["events", 1, "type"], {"values": {}}, "names no column"),
        (["events", 1, "type"], 7, "no JSON object"),
    ],
)
def test_what_is_wrong_is_one_sentence(path, value, told):
    changed = parse_copy(TICKETS)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(BadInput, match=told):
        parse(changed)


def parse_copy(value):
    import json

    return json.loads(json.dumps(value))


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["ticket", "kind", "who", "at", "no", "re", "said", "stars", "deep"]), _json))
def test_any_record_gives_events_or_sentences(record):
    for event, problem in made(record):
        assert (event is None) or not problem
        assert event is None or isinstance(event.data, dict)


@given(_json)
def test_any_json_is_a_mapping_or_a_sentence(value):
    with pytest.raises(BadInput):
        parse(value)
