"""ShareGPT rows: speakers by all their names, calls and what they returned, preferences and labels."""

import json

import pytest
from fakes.chat_lines import kinds, lines, problems, said
from fakes.places import DATA

FOLDER = DATA / "sharegpt"
ROLES = {"human": "user", "gpt": "assistant"}


@pytest.fixture
def one(read, tmp_path):
    def read_one(row):
        path = tmp_path / "rows.json"
        path.write_text(json.dumps([row]), encoding="utf-8")
        drafts, notes = read(path)
        return drafts[0] if drafts else None, notes

    return read_one


@pytest.mark.parametrize("name", ["glaive_toolcall_en.json", "glaive_toolcall_zh.json"])
def test_roles_and_texts_survive_and_each_observation_answers_the_call_before_it(read, name):
    drafts, notes = read(FOLDER / name)
    rows = json.loads((FOLDER / name).read_text(encoding="utf-8"))

    assert not notes.quarantined
    for draft, row in zip(drafts, rows, strict=True):
        events = lines(draft)["main"]
        told = [(ROLES[one["from"]], one["value"]) for one in row["conversations"] if one["from"] in ROLES]
        assert said(events) == told
        called = [event for event in events if event.type == "conversation.tool-called"]
        returned = [event for event in events if event.type == "conversation.tool-returned"]
        calls = [json.loads(one["value"]) for one in row["conversations"] if one["from"] == "function_call"]
        assert [(event.data["name"], event.data["arguments"]) for event in called] == [
            (one["name"], one["arguments"]) for one in calls
        ]
        results = [one["value"] for one in row["conversations"] if one["from"] == "observation"]
        assert [event.data["result"] for event in returned] == [json.loads(one) for one in results]
        assert [event.causation_id for event in returned] == [event.id for event in called]
        assert events[0].data["tools"] == json.loads(row["tools"])
        assert not problems(draft)
    assert notes.read["messages"] == sum(len(row["conversations"]) for row in rows)


def test_other_names_of_speakers_and_texts(one):
    row = {
        "id": "abc",
        "system": "Be kind.",
        "conversation": [
            {"from": "user", "text": "hi", "lang": "en"},
            {"from": "bard", "markdown": "*hi*"},
            {"role": "assistant", "content": "again"},
            {"from": "narrator", "value": "Meanwhile"},
        ],
    }
    draft, notes = one(row)

    assert draft.header.external_id == "abc"
    events = lines(draft)["main"]
    assert events[1].data["text"] == "Be kind."
    assert said(events) == [("user", "hi"), ("assistant", "*hi*"), ("assistant", "again"), ("system", "Meanwhile")]
    assert (events[2].data["lang"], events[-1].data["source_role"]) == ("en", "narrator")
    assert "sharegpt: ids of conversations" not in notes.not_captured


def test_rows_numbered_alike_in_two_sets_are_two_sessions(one):
    first, _ = one({"id": 1, "conversations": [{"from": "human", "value": "a"}]})
    second, _ = one({"id": 1, "conversations": [{"from": "human", "value": "b"}]})

    assert first.header.id != second.header.id


def test_several_calls_at_once_return_in_their_order(one):
    calls = json.dumps([{"name": "a", "arguments": {}}, {"name": "b", "arguments": {}}])
    row = [{"from": "human", "value": "?"}, {"from": "function_call", "value": calls}]
    row += [{"from": "observation", "value": "1"}, {"from": "observation", "value": "2"}]
    draft, _ = one({"conversations": row})

    first, second, one_back, other_back = lines(draft)["main"][-4:]
    assert (one_back.causation_id, other_back.causation_id) == (first.id, second.id)
    assert not problems(draft)


def test_a_call_that_is_no_json_is_kept_as_text(one):
    draft, _ = one({"conversations": [{"from": "human", "value": "?"}, {"from": "function_call", "value": "look(1)"}]})

    assert lines(draft)["main"][-1].data["arguments"] == "look(1)"


def test_a_preferred_answer_is_main_and_the_rejected_one_a_branch(one):
    row = {
        "conversations": [{"from": "human", "value": "Say hi"}],
        "chosen": {"from": "gpt", "value": "Hi!"},
        "rejected": {"from": "gpt", "value": "No."},
    }
    draft, _ = one(row)

    found = lines(draft)
    assert (said(found["main"]), said(found["rejected"])) == (
        [("user", "Say hi"), ("assistant", "Hi!")],
        [("user", "Say hi"), ("assistant", "No.")],
    )
    assert [events[-1].data["rating"] for events in found.values()] == [1, -1]
    assert draft.branches[0].fork_position == 2


def test_a_label_is_feedback(one):
    draft, _ = one({"conversations": [{"from": "human", "value": "?"}, {"from": "gpt", "value": "!"}], "label": False})

    assert kinds(lines(draft)["main"])[-1] == "feedback-given"
    assert lines(draft)["main"][-1].data["rating"] == -1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"conversations": []}, "the row has no message"),
        ({"conversations": [{"from": 5}]}, "message 0 says neither"),
        ({"conversations": {"from": "human"}}, "there is no list of conversations"),
    ],
)
def test_what_is_no_conversation_is_quarantined(one, tmp_path, read, row, reason):
    path = tmp_path / "rows.jsonl"
    good = {"conversations": [{"from": "human", "value": "a"}]}
    path.write_text(json.dumps(good) + "\n" + json.dumps(row) + "\n")

    drafts, notes = read(path)

    assert len(drafts) == 1
    assert [(part.line, reason in part.reason) for part in notes.quarantined] == [(2, True)]
