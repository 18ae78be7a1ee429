"""Claude.ai exports: flat texts and blocks, lines and trees, tools, thinking and files."""

import json

import pytest
from fakes.chat_lines import kinds, lines, parents, posted, problems, said
from fakes.places import DATA

SAMPLE = DATA / "chat-exports" / "claude" / "example.json"
ROOT = "00000000-0000-4000-8000-000000000000"


def message(uuid, sender, text="", parent=None, at=0, **more):
    told = {"uuid": uuid, "sender": sender, "text": text, "created_at": f"2025-01-01T00:00:{at:02}Z", **more}
    return {**told, "parent_message_uuid": parent} if parent else told


@pytest.fixture
def one(read, tmp_path):
    def read_one(*messages, **more):
        record = {
            "uuid": "c",
            "name": "",
            "created_at": "2025-01-01T00:00:00Z",
            "chat_messages": list(messages),
            **more,
        }
        path = tmp_path / "conversations.json"
        path.write_text(json.dumps([record]), encoding="utf-8")
        drafts, notes = read(path)
        return drafts[0] if drafts else None, notes

    return read_one


def test_the_sample(read):
    (draft,), notes = read(SAMPLE)
    (record,) = json.loads(SAMPLE.read_text(encoding="utf-8"))

    told = record["chat_messages"]
    assert said(lines(draft)["main"]) == [("user", told[0]["text"]), ("assistant", told[1]["text"])]
    assert posted(lines(draft)["main"])[0].data["files"] == told[0]["files"]
    assert posted(lines(draft)["main"])[0].time == 1_729_229_420_458_713
    assert (draft.header.external_id, draft.header.subject) == (record["uuid"], record["account"]["uuid"])
    assert draft.header.title == "Bash Command for OpenAI API"
    assert notes.not_captured["claude-ai: contents of files that messages refer to"] == 1


def test_without_parents_messages_follow_each_other_in_time(one):
    draft, _ = one(
        message("b", "assistant", "two", at=2), message("a", "human", "one", at=1), message("c", "human", "3", at=2)
    )

    assert [text for _, text in said(lines(draft)["main"])] == ["one", "two", "3"]


def test_prompts_in_a_row_without_parents_may_hide_branches_and_that_is_told(one):
    _, notes = one(message("a", "human", "one"), message("b", "human", "one, edited"))

    assert notes.not_captured["claude-ai: branches (prompts follow each other, and messages name no predecessors)"] == 1


def test_a_tree_becomes_branches_and_the_one_written_last_is_main(one):
    draft, notes = one(
        message("q", "human", "why?", ROOT, 1),
        message("a1", "assistant", "so", "q", 2),
        message("a2", "assistant", "thus", "q", 3),
        name="Why",
    )

    assert parents(draft) == {"q": None, "a1": "q", "a2": "q"}
    assert [text for _, text in said(lines(draft)["main"])] == ["why?", "thus"]
    assert [branch.name for branch in draft.branches] == ["so"]
    assert notes.not_captured["claude-ai: which branch was shown (the one written last is main)"] == 1


def test_blocks_become_what_they_are_in_their_order(one):
    blocks = [
        {"type": "thinking", "thinking": "Let me look.", "cut_off": False, "summaries": [{"summary": "Look"}]},
        {"type": "text", "text": "I look it up.", "citations": [], "start_timestamp": "2025-01-01T00:00:05Z"},
        {"type": "tool_use", "id": "u1", "name": "search", "input": {"q": "x"}, "message": "Searching"},
        {"type": "tool_result", "tool_use_id": "u1", "name": "search", "content": [{"type": "text", "text": "found"}]},
        {"type": "text", "text": "Found."},
        {"type": "token_budget", "remaining": 5},
    ]
    draft, notes = one(message("q", "human", "?", at=1), message("a", "assistant", "flat", at=2, content=blocks))

    *_, words, call, back, last, unknown = [event for _, event in draft.events]
    assert (words.data["text"], words.data["thinking"], words.time % 60_000_000) == (
        "I look it up.",
        "Let me look.",
        5_000_000,
    )
    assert words.data["thinking_blocks"] == [{"cut_off": False, "summaries": [{"summary": "Look"}]}]
    assert (call.data["name"], call.data["arguments"], call.data["message"]) == ("search", {"q": "x"}, "Searching")
    assert (back.data["result"], back.data["error"], back.causation_id) == ("found", False, call.id)
    assert (last.data["message_id"], last.data["text"]) == ("a#2", "Found.")
    assert unknown.data["value"] == {"type": "token_budget", "remaining": 5}
    assert words.data["source_text"] == "flat"
    assert not problems(draft)
    assert notes.read["messages"] == 2


def test_calls_without_ids_find_their_results_by_name(one):
    blocks = [
        {"type": "tool_use", "id": None, "name": "a", "input": 1},
        {"type": "tool_use", "id": None, "name": "b", "input": 2},
        {"type": "tool_result", "tool_use_id": None, "name": "b", "content": [], "is_error": True},
        {"type": "tool_result", "tool_use_id": None, "name": "a", "content": None},
    ]
    draft, _ = one(message("a", "assistant", content=blocks))

    _, first, second, failed, other = [event for _, event in draft.events]
    assert (failed.causation_id, failed.data["error"], other.causation_id) == (second.id, True, first.id)
    assert not problems(draft)


def test_attachments_are_kept_with_their_text(one):
    attached = [{"file_name": "a.txt", "file_size": 3, "file_type": "txt", "extracted_content": "abc"}]
    draft, _ = one(message("q", "human", attachments=attached))

    assert kinds(lines(draft)["main"]) == ["started", "message-posted"]
    assert posted(lines(draft)["main"])[0].data["attachments"] == attached


def test_a_conversation_without_messages_is_quarantined(one):
    draft, notes = one()

    assert draft is None
    assert [part.reason for part in notes.quarantined] == ["entry 1 of the list: the conversation has no message"]
