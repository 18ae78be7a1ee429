"""Imports by a mapping on the command line."""

import json
import sqlite3

MAPPING = {
    "branchline_mapping": 1,
    "name": "Desk",
    "session": {"id": "ticket"},
    "source": {"table": "talk"},
    "events": [{"type": "conversation.message-posted", "actor": "user", "data": {"text": "said"}}],
}


def test_a_table_comes_in_by_its_mapping_and_again_changes_nothing(shell, tmp_path):
    (tmp_path / "t.csv").write_text("ticket,said\nA1,zebra\n")
    mapping = tmp_path / "m.json"
    mapping.write_text(json.dumps(MAPPING))
    command = ("import", str(tmp_path / "t.csv"), "--mapping", str(mapping))

    first, again = shell.json(*command), shell.json(*command)

    assert (first["sessions"], first["events"], again["events"], again["duplicates"]) == (1, 1, 0, 1)
    (found,) = shell.json("sessions", "--holding", "zebra")
    assert found["external_id"] == "A1"


def test_a_query_may_be_named_beside_the_mapping(shell, tmp_path):
    connection = sqlite3.connect(tmp_path / "d.db")
    connection.execute("CREATE TABLE talk(ticket, said)")
    connection.executemany("INSERT INTO talk VALUES(?, ?)", [("A", "one"), ("B", "two")])
    connection.commit()
    connection.close()
    (tmp_path / "m.json").write_text(json.dumps(MAPPING))
    words = ("import", str(tmp_path / "d.db"), "--mapping", str(tmp_path / "m.json"))

    assert shell.json(*words, "--query", "SELECT * FROM talk WHERE ticket = 'B'")["sessions"] == 1
    assert shell.json(*words)["sessions"] == 2


def test_what_is_missing_is_one_sentence(shell, tmp_path):
    (tmp_path / "m.json").write_text("{}")
    assert "there is nothing to import" in shell.fails("import")
    assert "name it with --mapping" in shell.fails("import", "--database", "postgresql://x")
    assert "version 0" in shell.fails("import", "x", "--mapping", str(tmp_path / "m.json"))
    assert "cannot be read" in shell.fails("import", "x", "--mapping", str(tmp_path / "nowhere.json"))
