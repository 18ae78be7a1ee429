"""ChatGPT exports: trees with the node that was shown, tools, hidden messages, entries that are broken."""

import json
import zipfile

import pytest
from fakes.chat_lines import kinds, lines, parents, posted, problems, said
from fakes.places import DATA

from app.adapters.files.formats import KnownFormats
from app.application.ports import ImportNotes
from app.domain.fold.entries import entry
from app.domain.fold.fold import fold_all

FOLDER = DATA / "chat-exports" / "chatgpt"
TREE, MODERN = FOLDER / "chatgpt-tree.json", FOLDER / "chatgpt-modern-export.json"


def message(role, content, **more):
    author = {"role": role, "name": more.pop("name", None), "metadata": {}}
    content = {"content_type": "text", "parts": [content]} if isinstance(content, str) else content
    return {"author": author, "content": content, "create_time": 1.5, "weight": 1.0, "recipient": "all", **more}


def conversation(*messages, **more):
    """One line of messages under an empty root."""
    mapping = {"root": {"id": "root", "message": None, "parent": None, "children": ["n0"]}}
    for number, one in enumerate(messages):
        parent = f"n{number - 1}" if number else "root"
        mapping[f"n{number}"] = {"id": f"n{number}", "message": one, "parent": parent, "children": [f"n{number + 1}"]}
    return {"id": "c1", "title": "A talk", "create_time": 1.0, "mapping": mapping, "current_node": "root", **more}


def transcript(events):
    items = fold_all(events).lists["transcript"]
    return [entry(number, key, touched) for number, (key, touched) in sorted(items.items())]


@pytest.fixture
def one(read, tmp_path):
    def read_one(record):
        path = tmp_path / "conversations.json"
        path.write_text(json.dumps([record]), encoding="utf-8")
        drafts, notes = read(path)
        return drafts[0] if drafts else None, notes

    return read_one


def test_the_tree_of_the_sample_keeps_all_messages_with_their_parents(read):
    (draft,), notes = read(TREE)
    (record,) = json.loads(TREE.read_text(encoding="utf-8"))
    nodes = {key: node for key, node in record["mapping"].items() if node["message"]}

    known = {key: node["parent"] if node["parent"] in nodes else None for key, node in nodes.items()}
    assert parents(draft) == known
    assert len(nodes) == 12
    assert notes.read == {"conversations": 1, "messages": 12}
    assert len(draft.branches) == sum(1 for node in record["mapping"].values() if not node["children"]) - 1 == 2
    assert not notes.quarantined
    assert not problems(draft)


def test_main_is_the_path_to_the_current_node(read):
    (draft,), _ = read(TREE)
    (record,) = json.loads(TREE.read_text(encoding="utf-8"))
    path, at = [], record["current_node"]
    while at is not None:
        node = record["mapping"][at]
        path += [node["id"]] if node["message"] else []
        at = node["parent"]

    assert [event.data["message_id"] for event in posted(lines(draft)["main"])] == path[::-1]
    assert draft.header.external_id == record.get("conversation_id", record.get("id"))
    assert [event.data["turn"] for event in posted(lines(draft)["main"])] == list(range(len(path)))


def test_an_entry_without_mapping_is_quarantined_and_the_others_come_in(read):
    drafts, notes = read(MODERN)

    assert [draft.header.title for draft in drafts] == ["Deploying the staging cluster", "Weeknight pasta"]
    (bad,) = notes.quarantined
    assert (bad.line, "Corrupted entry" in bad.reason, "no mapping" in bad.reason) == (129, True, True)
    assert notes.read["conversations"] == 2


def test_context_of_the_user_is_instructions_and_keeps_its_mark(read):
    drafts, _ = read(MODERN)

    events = lines(drafts[0])["main"]
    assert kinds(events)[:2] == ["started", "instructions-changed"]
    assert events[1].data["text"] == "The user is an SRE.\n\nAnswer concisely."
    assert events[1].data["hidden"] is True
    assert posted(events)[-1].data["model"] == "o4-mini"
    assert posted(events)[-1].time == 1_756_000_004_000_000


def test_hidden_messages_are_kept_and_marked(read):
    (draft,), _ = read(TREE)

    hidden = [event.data for event in posted(lines(draft)["main"]) if event.data.get("hidden")]
    assert [(one["role"], one["text"], one["weight"]) for one in hidden] == [("system", "", 0)]


def test_a_message_to_a_tool_is_a_call_and_its_output_the_return(one):
    code = {"content_type": "code", "language": "python", "text": "1 + 1"}
    output = {"content_type": "execution_output", "text": "2"}
    draft, notes = one(
        conversation(
            message("user", "add"),
            message("assistant", code, recipient="python", metadata={"model_slug": "gpt-4"}),
            message("tool", output, name="python", metadata={"aggregate_result": {"status": "success"}}),
            message("assistant", "Two.", metadata={"model_slug": "gpt-4"}),
        )
    )

    *_, called, returned, answer = draft.events
    assert (called[1].type, called[1].data["name"], called[1].data["arguments"]) == (
        "conversation.tool-called", "python", "1 + 1",
    )  # fmt: skip
    assert called[1].data["content"] == {"content_type": "code", "language": "python"}
    assert (returned[1].data["result"], returned[1].data["call_id"]) == ("2", called[1].data["call_id"])
    assert returned[1].causation_id == called[1].id
    assert returned[1].data["metadata"]["aggregate_result"] == {"status": "success"}
    assert answer[1].data["text"] == "Two."
    assert not problems(draft)
    assert not [what for what in notes.not_captured if "answers" in what]


def test_a_tool_that_speaks_without_being_called_is_a_message(one):
    draft, notes = one(conversation(message("user", "hi"), message("tool", "remembered", name="bio")))

    assert said(lines(draft)["main"])[-1] == ("tool", "remembered")
    assert notes.not_captured["chatgpt: the call that a tool's message answers (kept as a message)"] == 1
    assert not problems(draft)


def test_thoughts_pictures_and_unknown_content_are_kept(one):
    thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "Plan", "content": "Think first."}]}
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://x", "width": 5}
    parts = {"content_type": "multimodal_text", "parts": [picture, "What is this?"]}
    strange = {"content_type": "hologram", "rays": [1, 2]}
    draft, notes = one(
        conversation(message("user", parts), message("assistant", thoughts), message("assistant", strange))
    )

    asked, thought, unknown = (event.data for event in posted(lines(draft)["main"]))
    assert (asked["text"], asked["parts"]) == ("What is this?", [picture, "What is this?"])
    assert (thought["text"], thought["thinking"]) == ("", "Plan\n\nThink first.")
    assert thought["content"] == thoughts
    assert unknown["content"] == strange
    assert notes.not_captured["chatgpt: words of content of the type hologram (kept as it is)"] == 1
    assert notes.not_captured["chatgpt: contents of files and pictures that messages refer to"] == 1


def test_broken_nodes_are_kept_as_they_are(one):
    record = conversation(message("user", "hi"), {"content": 5}, message("assistant", "hello"))
    record["mapping"]["odd"] = 7
    draft, notes = one(record)

    kept = [event.data["value"] for _, event in draft.events if event.type == "chatgpt.unknown"]
    assert kept == [{"content": 5}, 7]
    assert notes.not_captured["chatgpt: meaning of messages whose form is not known (kept as they are)"] == 2


def test_what_changes_between_exports_makes_no_conflict(one):
    before, _ = one(conversation(message("user", "hi"), update_time=5.0, current_node="n0"))
    after, _ = one(
        conversation(
            message("user", "hi"), message("assistant", "hello"), update_time=9.0, current_node="n1", title="T"
        )
    )

    assert after.events[: len(before.events)] == before.events
    assert (before.header.id, len(after.events)) == (after.header.id, len(before.events) + 1)


def test_a_zip_with_numbered_files_is_read_in_one_go(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(TREE, "conversations-000.json")
        archive.write(MODERN, "conversations-001.json")
        archive.writestr("user.json", '{"id": "u"}')

    skipped = []
    found = [(file.name, KnownFormats().detect(file.path).name) for file in KnownFormats().expand([path], skipped)]

    assert [(name.rsplit("/", 1)[1], form) for name, form in found] == [
        ("conversations-000.json", "chatgpt"),
        ("conversations-001.json", "chatgpt"),
    ]
    assert [one.file.rsplit("/", 1)[1] for one in skipped] == ["user.json"]


def test_the_transcript_tells_the_model_and_what_was_hidden(read, stored):
    drafts, _ = read(MODERN)
    (tree,), _ = read(TREE)

    answered = [one.recorded_model for one in transcript(stored(drafts[0])) if one.recorded_model]
    hidden = [(one.role, one.hidden) for one in transcript(stored(tree)) if one.hidden]
    assert answered == ["o4-mini"]
    assert hidden == [("system", True)]


def test_custom_instructions_of_older_exports_are_instructions(one):
    about = {"about_user_message": "I cook.", "about_model_message": "Be short."}
    gone = message(
        "system", "Original custom instructions no longer available", metadata={"user_context_message_data": about}
    )
    draft, _ = one(conversation(gone, message("user", "hi")))

    assert lines(draft)["main"][1].type == "conversation.instructions-changed"
    assert lines(draft)["main"][1].data["text"] == "I cook.\n\nBe short."


UP = {"id": "n1", "conversation_id": "c1", "rating": "thumbs_up", "create_time": "2024-05-01T10:00:00Z",
      "user_id": "u1", "content": json.dumps({"tags": ["correct"], "text": "just right"})}  # fmt: skip
DOWN = {"id": "n0", "conversation_id": "c2", "rating": "thumbsDown", "content": "{}"}
EXPORT = {
    "message_feedback.json": [UP, DOWN],
    "shared_conversations.json": [{"id": "s1", "conversation_id": "c1", "title": "Shared", "is_anonymous": True}],
    "user.json": {"id": "user-7", "email": "a@example.org"},
    "conversations.json": [conversation(message("user", "a"), message("assistant", "b"))],
}


@pytest.mark.parametrize("is_zip", [True, False])
def test_ratings_links_and_the_account_that_lie_beside_the_conversations_are_joined(is_zip, tmp_path):
    if is_zip:
        with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
            for name, value in reversed(EXPORT.items()):
                archive.writestr(f"export/{name}", json.dumps(value))
    else:
        for name, value in EXPORT.items():
            (tmp_path / name).write_text(json.dumps(value))
    skipped, notes, drafts = [], ImportNotes(), []

    for found in KnownFormats().expand([tmp_path], skipped):
        drafts += KnownFormats().detect(found.path).read(found.path, notes)

    (draft,) = drafts
    (rated,) = (event for _, event in draft.events if event.type == "conversation.feedback-given")
    assert (rated.data["rating"], rated.data["text"], rated.data["message_id"]) == (1, "just right", "n1")
    assert rated.data["content"] == {"tags": ["correct"], "text": "just right"}
    assert rated.time == 1_714_557_600_000_000
    assert draft.header.subject == "user-7"
    assert draft.about[-1].data["shared"] == [{"id": "s1", "title": "Shared", "is_anonymous": True}]
    assert notes.read["ratings"] == 1
    assert len(skipped) == 3


@pytest.mark.parametrize("content", ["{", "[1, null]", '[{"id": 3}]', "NaN", '{"conversation_id": "c1", "id": "n0"}'])
def test_a_broken_file_beside_the_conversations_spoils_nothing(content, tmp_path):
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(EXPORT["conversations.json"]))
    for name in list(EXPORT)[:3]:
        (tmp_path / name).write_text(content)

    assert len(list(KnownFormats().detect(path).read(path, ImportNotes()))) == 1
