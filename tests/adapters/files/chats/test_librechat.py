"""LibreChat exports: flat, as a tree, very deep; content parts; the branch written last."""

import json

import pytest
from fakes.chat_lines import kinds, lines, parents, posted, problems, said
from fakes.places import DATA

FOLDER = DATA / "chat-exports" / "librechat"
LINEAR, TREE = FOLDER / "librechat-linear.json", FOLDER / "librechat-tree.json"
ROOT = "00000000-0000-0000-0000-000000000000"


def message(own, parent=ROOT, *, user=False, text="", at=0, **more):
    told = {"messageId": own, "parentMessageId": parent, "isCreatedByUser": user, "text": text}
    return {**told, "sender": "x", "createdAt": f"2025-01-01T00:00:{at:02}Z", **more}


@pytest.fixture
def one(read, tmp_path):
    def read_one(messages, name="messages", **more):
        path = tmp_path / "chat.json"
        path.write_text(json.dumps({"conversationId": "c", "title": "T", name: messages, **more}), encoding="utf-8")
        (draft,), notes = read(path)
        return draft, notes

    return read_one


def in_tree(messages, above=None):
    for one in messages:
        yield one["messageId"], above, one
        yield from in_tree(one.get("children", ()), one["messageId"])


def test_the_line_of_the_sample(read):
    (draft,), notes = read(LINEAR)

    told = json.loads(LINEAR.read_text(encoding="utf-8"))["messages"]
    assert said(lines(draft)["main"]) == [("user", told[0]["text"]), ("assistant", told[1]["text"])]
    assert posted(lines(draft)["main"])[1].data["model"] == "gpt-4o"
    assert notes.not_captured["librechat: branches (the export was made without them)"] == 1


def test_the_tree_of_the_sample_keeps_all_messages_with_their_parents(read):
    (draft,), notes = read(TREE)

    record = json.loads(TREE.read_text(encoding="utf-8"))
    known = list(in_tree(record["messages"]))
    assert parents(draft) == {own: above for own, above, _ in known}
    leaves = sum(1 for _, _, one in known if not one.get("children"))
    assert len(draft.branches) == leaves - 1 > 0
    assert notes.read["messages"] == len(known)
    assert lines(draft)["main"][1].data["text"] == "You are an expert software engineer."
    assert draft.header.subject == "64d4f005d73ef522e1f48818"
    shown = record["messages"][-1]
    while shown.get("children"):
        shown = shown["children"][-1]
    assert posted(lines(draft)["main"])[-1].data["message_id"] == shown["messageId"]


def test_edited_prompts_at_the_root_are_branches(one):
    draft, _ = one([message("a", user=True, text="one"), message("b", user=True, text="two", at=5)], branches=True)

    assert [text for _, text in said(lines(draft)["main"])] == ["two"]
    assert [(branch.name, branch.parent, branch.fork_position) for branch in draft.branches] == [("one", "main", 1)]


def test_a_tree_under_its_newer_name(one):
    draft, _ = one([message("a", user=True, text="hi", children=[message("b", "a", text="hey")])], "messagesTree")

    assert parents(draft) == {"a": None, "b": "a"}


def test_content_parts_become_what_they_are(one):
    content = [
        {"type": "think", "think": "Hm."},
        {
            "type": "tool_call",
            "tool_call": {"id": "k", "name": "look", "args": '{"n":1}', "output": "seen", "progress": 1},
        },
        {"type": "text", "text": {"value": "There."}},
    ]
    rated = {"rating": "thumbsDown", "tag": "not_matched", "text": "no"}
    draft, notes = one([message("a", content=content, model="m", feedback=rated, unfinished=True)])

    _, call, back, words, feedback = [event for _, event in draft.events]
    assert (call.data["arguments"], call.data["thinking"], call.data["unfinished"]) == ({"n": 1}, "Hm.", True)
    assert (back.data["result"], words.data["text"]) == ("seen", "There.")
    assert (feedback.data["rating"], feedback.data["text"], feedback.data["tag"]) == (-1, "no", "not_matched")
    assert not problems(draft)
    assert not notes.not_captured


def test_a_thread_of_two_hundred_messages_in_children_is_read(one):
    thread = message("m0", text="0", at=59)
    for number in range(1, 200):
        thread = message(f"m{number}", text=str(number), children=[thread])
    draft, notes = one([thread])

    assert len(posted(lines(draft)["main"])) == 200
    assert not notes.quarantined


def test_a_message_without_id_is_kept_as_it_is(one):
    draft, notes = one([message("a", user=True, text="hi"), {"text": "lost"}, 5])

    assert kinds(lines(draft)["main"])[0] == "started"
    kept = [event.data["value"] for _, event in draft.events if event.type == "librechat.unknown"]
    assert kept == [{"text": "lost"}, {"unknown": 5}]
    assert notes.not_captured["librechat: meaning of messages whose form is not known (kept as they are)"] == 2
