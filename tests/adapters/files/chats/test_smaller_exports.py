"""Chatbot UI, Google AI Studio and Codex."""

import json

from fakes.chat_lines import kinds, lines, parents, posted, problems, said
from fakes.places import DATA

FOLDER = DATA / "chat-exports"


def test_chatbot_ui(read):
    path = FOLDER / "chatbotui" / "chatbotui-export.json"
    drafts, notes = read(path)
    record = json.loads(path.read_text(encoding="utf-8-sig"))

    for draft, chat in zip(drafts, record["history"], strict=True):
        assert (draft.header.external_id, draft.header.title) == (chat["id"], chat["name"])
        assert said(lines(draft)["main"]) == [(one["role"], one["content"]) for one in chat["messages"]]
        assert lines(draft)["main"][1].data["text"] == chat["prompt"]
    assert notes.not_captured["chatbot-ui: folders (beside the conversations)"] == len(record["folders"])


def test_one_broken_conversation_of_chatbot_ui_spoils_no_other(read, tmp_path):
    good = {"id": "1", "name": "A", "messages": [{"role": "user", "content": "hi"}]}
    path = tmp_path / "chat.json"
    path.write_text(json.dumps({"version": 4, "history": [good, {"id": "2", "messages": 5}, 7]}), encoding="utf-8")

    drafts, notes = read(path)

    assert len(drafts) == 1
    assert [part.reason for part in notes.quarantined] == [
        "conversation 2: it has no messages",
        "conversation 3: it has no id",
    ]


def test_ai_studio_with_branches_thoughts_and_files(read):
    (branching,), _ = read(FOLDER / "aistudio-gemini" / "branching_session.json")
    (turns,), notes = read(FOLDER / "aistudio-gemini" / "multi_turn_prompt.json")

    assert parents(branching)["chunk-model-edit-2"] == parents(branching)["chunk-model-edit-1"] == "chunk-user-1"
    assert [text for _, text in said(lines(branching)["main"])][1] == "Second answer with grounding."
    assert [branch.name for branch in branching.branches] == ["First (edited) answer."]
    thought = posted(lines(turns)["main"])[1]
    assert (thought.data["thinking"], thought.data["text"]) == ("Reading the document...", "")
    assert notes.not_captured["ai-studio: contents of files that messages refer to"] == 1


def test_ai_studio_code_and_its_outcome(read, tmp_path):
    chunks = [
        {"role": "user", "text": "2+2?"},
        {"role": "model", "executableCode": {"language": "PYTHON", "code": "print(2+2)"}},
        {"role": "model", "codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "4"}},
    ]
    record = {
        "chunkedPrompt": {"chunks": chunks},
        "systemInstruction": {"parts": [{"text": "Count."}]},
        "runSettings": {"model": "models/g"},
    }
    path = tmp_path / "prompt.json"
    path.write_text(json.dumps(record), encoding="utf-8")

    (draft,), _ = read(path)

    _, instructed, _, called, returned = lines(draft)["main"]
    assert instructed.data["text"] == "Count."
    assert (called.data["arguments"]["code"], called.data["model"]) == ("print(2+2)", "models/g")
    assert (returned.data["result"], returned.data["error"], returned.causation_id) == ("4", False, called.id)


def test_a_codex_session(read):
    (draft,), notes = read(FOLDER / "codex" / "tool_call_stream.jsonl")

    events = lines(draft)["main"]
    assert kinds(events) == [
        "started", "instructions-changed", "message-posted", "tool-called", "tool-returned", "message-posted",
        "unknown",
    ]  # fmt: skip
    assert (events[3].data["arguments"], events[4].data["result"]) == ({"cmd": "ls /tmp"}, "file1.txt\nfile2.txt")
    assert events[-1].data["value"]["payload"]["type"] == "token_count"
    assert draft.header.external_id == "tool-call-session-1"
    assert notes.not_captured["codex: meaning of messages whose form is not known (kept as they are)"] == 1
    assert not problems(draft)


def test_codex_tells_the_model_once_and_thoughts_are_messages_without_words(read, tmp_path):
    lines_of_file = [
        {"type": "session_meta", "payload": {"id": "s", "timestamp": "2025-01-01T00:00:00Z"}},
        {"type": "turn_context", "payload": {"model": "m-1"}},
        {
            "type": "response_item",
            "payload": {
                "type": "reasoning",
                "encrypted_content": "x",
                "summary": [{"type": "summary_text", "text": "Hm."}],
            },
        },
        {"type": "response_item", "payload": {"type": "message", "role": "assistant", "content": [{"text": "Done."}]}},
    ]
    path = tmp_path / "rollout.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines_of_file), encoding="utf-8")

    (draft,), _ = read(path)

    thought, answer = (event.data for event in posted(lines(draft)["main"]))
    assert (thought["text"], thought["thinking"], thought["encrypted_content"]) == ("", "Hm.", "x")
    assert (answer["text"], answer["model"]) == ("Done.", "m-1")
