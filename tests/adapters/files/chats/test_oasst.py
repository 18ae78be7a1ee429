"""OpenAssistant trees: nothing of the tree is lost, ranks order replies, people's judgements are feedback."""

import json

import pytest
from fakes.chat_lines import lines, parents, posted, problems, said
from fakes.places import DATA

TREES, SEED = DATA / "oasst" / "trees.jsonl", DATA / "oasst" / "realistic_seed_data.json"
RECORDS = [json.loads(line) for line in TREES.read_text(encoding="utf-8").splitlines()]


def nodes(message, above=None):
    yield message, above
    for reply in message["replies"]:
        yield from nodes(reply, message["message_id"])


@pytest.fixture
def sessions(read):
    drafts, notes = read(TREES)
    assert not notes.quarantined
    assert notes.read["messages"] == sum(1 for record in RECORDS for _ in nodes(record["prompt"]))
    return list(zip(RECORDS, drafts, strict=True))


def test_parents_texts_roles_and_ranks_survive(sessions):
    for record, draft in sessions:
        known = list(nodes(record["prompt"]))
        assert draft.header.external_id == record["message_tree_id"]
        assert parents(draft) == {one["message_id"]: above for one, above in known}
        told = {
            event.data["message_id"]: event.data
            for _, event in draft.events
            if "message_id" in event.data and "role" in event.data
        }
        for one, _ in known:
            event = told[one["message_id"]]
            assert (event["text"], event.get("rank")) == (one["text"], one.get("rank"))
            assert event["role"] == {"prompter": "user", "assistant": "assistant"}[one["role"]]
            assert event.get("model") == one.get("model_name")
        assert not problems(draft)


def test_each_leaf_is_a_line_and_main_has_the_first_ranked_replies(sessions):
    for record, draft in sessions:
        leaves = [one for one, _ in nodes(record["prompt"]) if not one["replies"]]
        assert len(draft.branches) == len(leaves) - 1
        at, path = record["prompt"], []
        while True:
            path.append(at["message_id"])
            if not at["replies"]:
                break
            at = min(at["replies"], key=lambda one: one.get("rank") if one.get("rank") is not None else 99)
        assert [event.data["message_id"] for event in posted(lines(draft)["main"])] == path


def test_reactions_are_feedback(sessions):
    reactions = {
        one["message_id"]: one["emojis"]
        for record, _ in sessions
        for one, _ in nodes(record["prompt"])
        if one.get("emojis")
    }
    given = {
        event.data["message_id"]: event.data["emojis"]
        for _, draft in sessions
        for _, event in draft.events
        if event.type == "conversation.feedback-given"
    }
    assert given == reactions
    assert given


def test_siblings_come_in_the_order_of_their_ranks(read, tmp_path):
    def reply(own, rank):
        return {"message_id": own, "text": own, "role": "assistant", "rank": rank, "replies": []}

    prompt = {
        "message_id": "p",
        "text": "?",
        "role": "prompter",
        "replies": [reply("b", 1), reply("c", 2), reply("a", 0)],
    }
    path = tmp_path / "trees.jsonl"
    path.write_text(json.dumps({"message_tree_id": "p", "prompt": prompt}) + "\n", encoding="utf-8")

    (draft,), _ = read(path)

    assert [said(events)[-1][1] for events in lines(draft).values()] == ["a", "b", "c"]


def test_the_flat_form_is_gathered_into_trees(read):
    drafts, notes = read(SEED)
    rows = json.loads(SEED.read_text(encoding="utf-8"))

    found = {}
    for draft in drafts:
        found.update(parents(draft))
    assert found == {row["user_message_id"]: row["parent_message_id"] for row in rows}
    assert len(drafts) == sum(1 for row in rows if row["parent_message_id"] is None)
    assert notes.read == {"conversations": len(drafts), "messages": len(rows)}


def test_published_tables_tell_labels_in_columns(read, tmp_path):
    row = {
        "message_id": "m",
        "parent_id": None,
        "message_tree_id": "m",
        "text": "hi",
        "role": "prompter",
        "deleted": True,
    }
    row |= {"labels": {"name": ["quality"], "value": [0.75], "count": [3]}, "created_date": "2023-02-05T14:23:50Z"}
    path = tmp_path / "messages.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")

    (draft,), _ = read(path)

    assert [event.data["text"] for event in lines(draft)["main"] if "labels" in event.data] == ["quality 0.75 ×3"]
    assert lines(draft)["main"][-1].type == "conversation.message-retracted"
    assert posted(lines(draft)["main"])[0].time == 1_675_607_030_000_000
    assert not problems(draft)


def test_a_circle_of_replies_is_told(read, tmp_path):
    rows = [
        {"user_message_id": own, "parent_message_id": above, "text": own, "role": "prompter"}
        for own, above in (("a", "b"), ("b", "a"), ("c", None), ("d", "gone"), ("c", None))
    ]
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")

    drafts, notes = read(path)

    assert {draft.header.external_id for draft in drafts} == {"c", "d"}
    reasons = [part.reason for part in notes.quarantined]
    assert any("follow from themselves" in reason for reason in reasons)
    assert any("second time" in reason for reason in reasons)
