"""A made export is the same whenever it is made, and everything in it comes in."""

import json

from app.benchmarks import importing, made_chats


def test_a_made_export_is_the_same_again_and_has_branches_tools_and_hidden_messages(tmp_path):
    counts = [made_chats.write(tmp_path / name, 0.3) for name in ("a.json", "b.json")]

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert counts[0] == counts[1]
    conversations = json.loads((tmp_path / "a.json").read_text(encoding="ascii"))
    nodes = [node for one in conversations for node in one["mapping"].values()]
    messages = [node["message"] for node in nodes if node["message"]]
    assert (len(conversations), len(messages)) == counts[0]
    assert any(len(node["children"]) > 1 for node in nodes)
    assert {"python", "all"} == {message["recipient"] for message in messages}
    assert any(message["weight"] == 0 for message in messages)


def test_all_of_it_comes_in():
    figures = importing.measure(0.2)

    assert figures["sessions"] == figures["conversations"]
    assert figures["read"] == {"conversations": figures["conversations"], "messages": figures["messages"]}
    assert figures["events"] == figures["messages"] + figures["sessions"]
    assert figures["branches"] > 0
    assert figures["peak_mb"] > 0
