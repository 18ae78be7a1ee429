"""What docs/mappings.md shows is what the program does."""

import json
import re
from pathlib import Path

from app.adapters.files.mapped.files import mappings_in
from app.application.ports import ImportNotes

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "mappings.md"


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def test_the_documented_example_makes_what_is_said_of_it(tmp_path):
    (table,), (told,) = blocks("csv"), blocks("json")
    (tmp_path / "calls.csv").write_text(table, encoding="utf-8")
    (tmp_path / "calls.mapping.json").write_text(told, encoding="utf-8")
    problems, notes = [], ImportNotes()
    (mapping,) = mappings_in(tmp_path, problems.append)

    assert mapping.recognises_file(tmp_path / "calls.csv")
    first, second = mapping.read(tmp_path / "calls.csv", notes)

    assert (problems, notes.quarantined) == ([], [])
    assert (first.header.external_id, first.header.subject, second.header.external_id) == ("2041", "C-118", "2042")
    assert [(event.type, event.actor) for _, event in first.events] == [
        ("conversation.message-posted", "user"),
        ("conversation.message-posted", "agent"),
        ("behaviour.item-purchased", "user"),
    ]
    assert first.events[2][1].data["item"] == "SH-88"
    assert [event.data["text"] for _, event in second.events] == ["我想退掉这双鞋。"]


def test_every_member_of_a_mapping_is_documented():
    text = DOCUMENT.read_text(encoding="utf-8")
    (told,) = blocks("json")
    members = {
        "each",
        "parent",
        "records",
        "table",
        "query",
        "title",
        *json.loads(told),
        *json.loads(told)["events"][0],
    }

    assert [name for name in members if name != "branchline_mapping" and f"`{name}`" not in text] == []
