"""Open WebUI exports: output items before hidden HTML, models side by side, ratings, old lists."""

import json

import pytest
from fakes.chat_lines import kinds, lines, parents, posted, problems, said
from fakes.places import DATA

SAMPLE = DATA / "chat-exports" / "openwebui" / "openwebui-export.json"


def message(own, role, content, parent=None, children=(), **more):
    told = {"id": own, "role": role, "content": content, "parentId": parent, "childrenIds": list(children)}
    return own, {**told, "timestamp": 1_700_000_000, **more}


def row(*messages, current=None, **more):
    chat = {"title": "T", "history": {"messages": dict(messages), "currentId": current}, **more}
    return {"id": "c1", "user_id": "u1", "title": "T", "chat": chat, "created_at": 1_700_000_000}


@pytest.fixture
def one(read, tmp_path):
    def read_one(record):
        path = tmp_path / "chat.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        (draft,), notes = read(path)
        return draft, notes

    return read_one


def test_the_samples(read):
    drafts, notes = read(SAMPLE)
    reasoning, tool, simple = (lines(draft)["main"] for draft in drafts)

    assert not notes.quarantined
    assert notes.read == {"conversations": 3, "messages": 6}
    assert said(reasoning) == [("user", "What is 15 * 17?"), ("assistant", "255")]
    assert posted(reasoning)[1].data["thinking"] == "15 * 17 = 15 * 10 + 15 * 7 = 150 + 105 = 255"
    assert kinds(tool) == ["started", "message-posted", "tool-called", "tool-returned", "message-posted"]
    assert (tool[2].data["arguments"], tool[3].data["result"]) == ({"city": "Paris"}, "Paris: 18C, rain")
    assert tool[4].data["text"] == "The weather in Paris is 18C with rain."
    assert said(simple) == [("user", "Hello"), ("assistant", "Hi there!")]
    assert {draft.header.subject for draft in drafts} == {"u1"}
    assert not [problem for draft in drafts for problem in problems(draft)]


def test_models_side_by_side_are_branches_with_their_names(one):
    draft, _ = one(
        row(
            message("q", "user", "Hi", children=["b", "a"]),
            message("a", "assistant", "Yo", "q", model="small:1b"),
            message("b", "assistant", "Hello", "q", model="large:70b"),
            message("c", "user", "More", "a"),
            current="b",
        )
    )

    assert parents(draft) == {"q": None, "a": "q", "b": "q", "c": "a"}
    assert [text for _, text in said(lines(draft)["main"])] == ["Hi", "Hello"]
    assert [branch.name for branch in draft.branches] == ["small:1b"]


def test_without_a_current_message_the_first_replies_of_the_lists_are_main(one):
    draft, _ = one(
        row(
            message("q", "user", "Hi", children=["b", "a"]),
            message("a", "assistant", "second", "q"),
            message("b", "assistant", "first", "q"),
        )
    )

    assert [text for _, text in said(lines(draft)["main"])] == ["Hi", "first"]


def test_details_are_read_where_there_is_no_output(one):
    content = (
        '<details type="reasoning" done="true"><summary>Thought</summary>\n&gt; a &lt; b\n</details>\n'
        '<details type="tool_calls" id="k1" name="look" arguments="&quot;{\\&quot;n\\&quot;: 1}&quot;" '
        'result="&quot;ok&quot;"><summary>Tool Executed</summary></details>\nDone. <details>mine</details>'
    )
    draft, _ = one(row(message("a", "assistant", content, model="m"), current="a"))

    _, call, back, words = [event for _, event in draft.events]
    assert (call.data["name"], call.data["arguments"], call.data["thinking"]) == ("look", {"n": 1}, "a < b")
    assert (back.data["result"], back.causation_id) == ("ok", call.id)
    assert words.data["text"] == "Done. <details>mine</details>"
    assert call.data["content"] == content
    assert not problems(draft)


def test_a_thumb_is_feedback_of_the_user(one):
    rated = {"rating": -1, "reason": "inaccurate", "comment": "wrong year", "tags": ["history"]}
    draft, _ = one(row(message("a", "assistant", "1815", model="m", annotation=rated), current="a"))

    feedback = draft.events[-1][1]
    assert (feedback.type, feedback.actor) == ("conversation.feedback-given", "user")
    assert (feedback.data["rating"], feedback.data["text"], feedback.data["reason"]) == (-1, "wrong year", "inaccurate")
    assert (feedback.data["message_id"], feedback.causation_id) == ("a", draft.events[-2][1].id)


def test_a_chat_object_alone_and_an_old_list_are_read_too(one):
    alone = row(message("q", "user", "Hi"), current="q", system="Be kind.", models=["m"], timestamp=1_700_000_000_000)
    draft, notes = one(alone["chat"])
    old, _ = one([{"id": "o", "chat": {"title": "Old", "messages": [{"id": "1", "role": "user", "content": "Hey"}]}}])

    assert kinds(lines(draft)["main"]) == ["started", "instructions-changed", "message-posted"]
    assert lines(draft)["main"][1].data["text"] == "Be kind."
    assert lines(draft)["main"][0].time == 1_700_000_000_000_000
    assert notes.not_captured["open-webui: ids of conversations"] == 1
    assert said(lines(old)["main"]) == [("user", "Hey")]


def test_many_tags_that_never_close_take_no_time(one):
    draft, _ = one(row(message("a", "assistant", "<details " * 200_000, model="m"), current="a"))

    assert said(lines(draft)["main"])[0][1].startswith("<details <details")
