"""How sessions came in, told afterwards; and sessions found by what they hold."""

import json

from fakes.places import DATA

CHAT = DATA / "openai-messages" / "toy_chat.jsonl"


def test_files_and_sessions_tell_how_they_came_in(shell, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"messages": [{"role": "user", "content": "hi zebra"}]}\n{"messages": 7}\n', encoding="utf-8")
    shell.run("import", str(bad))

    (report,) = [one for one in shell.json("imports") if one["file"] == str(bad)]
    assert (report["sessions"], report["quarantined"]) == (1, 1)
    assert report["quarantined_parts"] == [{"line": 2, "reason": "there is no list of messages"}]

    (session,) = shell.json("sessions", "--holding", "hi zebra")
    (told,) = shell.json("imports", session["id"])
    assert told["file"] == bad.name
    assert told["file_report"]["digest"] == report["digest"] == told["file_digest"]
    assert "times (the format has none)" in shell.run("imports", session["id"])[1]
    assert "line 2: there is no list of messages" in shell.run("imports")[1]


def test_words_may_stand_in_different_events(shell, tmp_path):
    path = tmp_path / "two.jsonl"
    told = [("order A-77", "refunded gladly"), ("order A-78", "refunded too")]
    lines = [
        json.dumps({"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]})
        for asked, answered in told
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    shell.run("import", str(path))

    (found,) = shell.json("sessions", "--holding", "gladly a-77")
    assert found["title"] == "order A-77"
    assert shell.json("sessions", "--holding", "gladly a-78") == []
    assert shell.json("sessions", "--holding", " ") == []
    assert "no sessions about gladly a-78" in shell.run("sessions", "--holding", "gladly a-78")[1]
