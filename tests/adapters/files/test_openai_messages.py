"""OpenAI messages in every wrapping that is seen: lines, an array, an object, a bare list."""

import json

import pytest
from fakes.places import DATA

PATH = DATA / "openai-messages" / "toy_chat.jsonl"
LINES = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
CALL = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"n": 1}'}}


def written(tmp_path, value):
    path = tmp_path / "chat.json"
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
    return path


def told(draft):
    return [(event.type.partition(".")[2], event.data) for _, event in draft.events]


def test_the_four_lines_of_the_cookbook(read):
    drafts, notes = read(PATH)

    assert not notes.quarantined
    for draft, line in zip(drafts, LINES, strict=True):
        said = [message for message in line["messages"] if message["role"] != "system"]
        posted = [data for kind, data in told(draft) if kind == "message-posted"]
        assert [(data["role"], data["text"]) for data in posted] == [(one["role"], one["content"]) for one in said]
        assert [line["messages"][data["turn"]]["content"] for data in posted] == [data["text"] for data in posted]
    assert told(drafts[3])[0] == ("instructions-changed", {"text": LINES[3]["messages"][0]["content"], "turn": 0})


@pytest.mark.parametrize("wrapped", [LINES, {"sessions": 1, **LINES[1]}, LINES[1]["messages"]])
def test_other_wrappings_hold_the_same_messages(tmp_path, read, wrapped):
    drafts, notes = read(written(tmp_path, wrapped))

    assert not notes.quarantined
    texts = [data["text"] for draft in drafts for kind, data in told(draft) if kind == "message-posted"]
    assert "It's easy to learn!" in texts


def test_tools_and_unknown_fields_are_kept(tmp_path, read):
    tools = [{"type": "function", "function": {"name": "look"}}]
    messages = [{"role": "user", "content": "hi", "weight": 0}]
    (draft,), _ = read(written(tmp_path, {"messages": messages, "tools": tools, "label": True}))

    (started, data), (_, message), (judged, feedback) = told(draft)
    assert (started, data["tools"], data["label"]) == ("started", tools, True)
    assert message["weight"] == 0
    assert (judged, feedback["rating"]) == ("feedback-given", 1), "the label of a set for preference optimisation"


def test_parts_are_joined_and_kept(tmp_path, read):
    parts = [
        {"type": "text", "text": "one"},
        {"type": "image_url", "image_url": {"url": "x"}},
        {"type": "text", "text": "two"},
    ]
    (draft,), _ = read(written(tmp_path, {"messages": [{"role": "user", "content": parts}]}))

    ((_, data),) = told(draft)
    assert (data["text"], data["parts"]) == ("one\ntwo", parts)


def test_calls_legacy_calls_and_returns_find_each_other(tmp_path, read):
    messages = [
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c1", "content": "Error: no such thing"},
        {"role": "assistant", "content": None, "function_call": {"name": "look", "arguments": "not json"}},
        {"role": "function", "name": "look", "content": '{"id": 12345678901234567890}'},
    ]
    (draft,), _ = read(written(tmp_path, {"messages": messages}))

    (_, first), (_, failed), (_, legacy), (_, answer) = told(draft)
    assert (first["arguments"], failed["name"], failed["error"]) == ({"n": 1}, "look", True)
    assert (legacy["arguments"], answer["call_id"], answer["error"]) == ("not json", legacy["call_id"], False)
    assert answer["result"] == {"id": "12345678901234567890"}, "a number that JSON readers disagree about is text"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"role": "wizard", "content": ""}, "message 0 has no role that is known"),
        ("hello", "message 0 has no role that is known"),
        ({"role": "user", "content": 5}, "neither text nor a list"),
        ({"role": "assistant", "content": None, "tool_calls": [{"id": "x"}]}, "names no function"),
    ],
)
def test_what_is_no_message_is_quarantined_with_its_line(tmp_path, read, message, reason):
    path = tmp_path / "chat.jsonl"
    path.write_text("".join(json.dumps({"messages": [one]}) + "\n" for one in (LINES[0]["messages"][0], message)))

    drafts, notes = read(path)

    assert len(drafts) == 1
    assert [one.line for one in notes.quarantined] == [2]
    assert reason in notes.quarantined[0].reason


def test_the_same_conversation_twice_in_a_file_comes_in_once(tmp_path, read):
    path = tmp_path / "chat.jsonl"
    path.write_text("".join(json.dumps(LINES[0]) + "\n" for _ in range(2)), encoding="utf-8")

    drafts, notes = read(path)

    assert len(drafts) == 1
    assert (notes.quarantined[0].line, "second time" in notes.quarantined[0].reason) == (2, True)
