"""Preference sets of several makers: what both answers share is told once."""

import json

import pytest
from fakes.chat_lines import lines, problems, said

ASK, GOOD, BAD = (
    {"role": role, "content": text} for role, text in (("user", "Hi"), ("assistant", "Hey"), ("assistant", "?"))
)
CALL = {"id": "k", "type": "function", "function": {"name": "look", "arguments": '{"n": 1}'}}


@pytest.fixture
def one(read, tmp_path):
    def read_one(row):
        path = tmp_path / "pairs.jsonl"
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        (draft,), notes = read(path)
        return draft, notes

    return read_one


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": [ASK], "chosen": [GOOD], "rejected": [BAD]},
        {"prompt": "Hi", "chosen": "Hey", "rejected": "?"},
        {"prompt": "Hi", "chosen": [ASK, GOOD], "rejected": [ASK, BAD]},
        {"chosen": [ASK, GOOD], "rejected": [ASK, BAD]},
        {"question": "Hi", "chosen": "Hey", "rejected": "?"},
        {"instruction": "Hi", "input": "", "chosen": "Hey", "rejected": "?"},
        {"messages": [ASK], "chosen": GOOD, "rejected": BAD},
        {"input": {"messages": [ASK]}, "preferred_output": [GOOD], "non_preferred_output": [BAD]},
    ],
)
def test_every_wrapping_gives_the_same_two_lines(one, row):
    draft, notes = one(row)

    found = lines(draft)
    assert said(found["main"]) == [("user", "Hi"), ("assistant", "Hey")]
    assert said(found["rejected"]) == [("user", "Hi"), ("assistant", "?")]
    assert [(events[-1].data["rating"], events[-1].data["message_id"]) for events in found.values()] == [
        (1, "t1"),
        (-1, "r1"),
    ]
    assert draft.branches[0].fork_position == 2
    assert not notes.quarantined


def test_what_stands_beside_is_kept_and_tools_are_called(one):
    answer = {"role": "assistant", "content": None, "tool_calls": [CALL]}
    row = {
        "input": {"messages": [{"role": "system", "content": "Be brief."}, ASK], "tools": [{"name": "look"}]},
        "preferred_output": [answer],
        "non_preferred_output": [BAD],
        "score": 0.5,
    }
    draft, _ = one(row)

    started, instructed, _, called, judged = lines(draft)["main"]
    assert (started.data["tools"], started.data["score"]) == ([{"name": "look"}], 0.5)
    assert instructed.data["text"] == "Be brief."
    assert (called.data["name"], called.data["arguments"], called.data["call_id"]) == ("look", {"n": 1}, "k")
    assert judged.data["text"] == "preferred"
    assert not problems(draft)


def test_an_answer_with_a_label_is_one_line_with_feedback(one):
    draft, _ = one({"prompt": "Hi", "completion": "Hey", "label": True})

    assert said(lines(draft)["main"]) == [("user", "Hi"), ("assistant", "Hey")]
    assert lines(draft)["main"][-1].data["rating"] == 1


def test_two_answers_that_are_the_same_are_refused(read, tmp_path):
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps({"prompt": "Hi", "chosen": "Hey", "rejected": "Hey"}), encoding="utf-8")

    drafts, notes = read(path)

    assert not drafts
    assert [part.reason for part in notes.quarantined] == ["the preferred and the rejected answer are the same"]


def test_a_system_prompt_beside_the_question_is_instructions(one):
    draft, _ = one({"system": "Be kind.", "question": "Hi", "chosen": "Hey", "rejected": "?"})

    assert lines(draft)["rejected"][1].data["text"] == "Be kind."
