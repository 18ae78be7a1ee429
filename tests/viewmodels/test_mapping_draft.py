"""A mapping in the making: rows are read on a worker, what becomes of them follows every change."""

import json
from pathlib import Path

import pytest

from app.adapters.mappings import Mappings
from app.domain.errors import BadInput
from app.viewmodels.bridge import Bridge
from app.viewmodels.mapping_draft import MappingDraft
from app.viewmodels.mapping_rows import MadeTable, ProblemRole, SourceRole, SourceTable

TABLE = (
    "ticket,when,who,said,stars\nA,2026-03-01 10:00,customer,hello,\nA,2026-03-01 10:01,support,yes,5\nB,soon,bot,no\n"
)


@pytest.fixture
def bridge(qtbot):
    made = Bridge()
    yield made
    made.close()


@pytest.fixture
def draft(bridge, tmp_path):
    made = MappingDraft(Mappings(tmp_path / "mappings"), bridge)
    yield made
    made.close()


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def opened(qtbot, draft, path):
    with qtbot.waitSignal(draft.changed):
        draft.open(path)
    return draft


def test_a_file_opens_on_a_mapping_that_makes_something(qtbot, draft, table):
    opened(qtbot, draft, table)

    assert draft.kind == "table"
    assert draft.summary() == (3, 1, 2, 1)
    assert draft.columns == ["ticket", "when", "who", "said", "stars"]
    assert draft.values("who") == ["customer", "support"]
    assert [(one.line, one.event.actor if one.event else one.problem) for one in draft.made] == [
        (2, "user"),
        (3, "agent"),
        (4, "4 columns where the header has 5"),
    ]


def test_every_change_shows_at_once_what_it_makes(qtbot, draft, table):
    opened(qtbot, draft, table)

    draft.set_rule(type="behaviour.searched", data={"query": "said"})
    assert {one.event.type for one in draft.made if one.event} == {"behaviour.searched"}
    draft.set_session(id="")
    assert [one.session for one in draft.made if one.event] == ["", ""]
    draft.set_rule(actor={"column": "who", "values": {"customer": "user"}})
    assert [one.problem for one in draft.made][1] == "who: nothing is said about 'support'"


def test_what_is_wrong_is_told_and_what_was_right_stays(qtbot, draft, table):
    opened(qtbot, draft, table)
    draft.set_rule(actor="robot")

    assert draft.mapping is None
    assert "'robot' is no actor" in draft.problem
    with pytest.raises(BadInput, match="no actor"):
        draft.save()
    draft.set_rule(actor="user")
    assert (draft.problem, draft.summary()[2]) == ("", 2)
    draft.set_text("{")
    assert "no JSON" in draft.problem


def test_the_source_is_read_anew_where_it_is_read_otherwise(qtbot, draft, tmp_path):
    path = tmp_path / "gb.csv"
    path.write_bytes("会话,内容\n1,你好\n".encode("gb18030"))
    opened(qtbot, draft, path)
    assert draft.told["source"]["encoding"] == "gb18030"
    assert draft.rows[0].record == {"会话": "1", "内容": "你好"}
    assert draft.summary() == (1, 1, 1, 0)

    with qtbot.waitSignal(draft.rows_changed):
        draft.set_source(encoding="utf-8")
    qtbot.waitUntil(lambda: draft.told["source"]["encoding"] == "utf-8")
    assert draft.summary()[2] == 0


def test_a_database_begins_with_its_first_table(qtbot, draft, tmp_path):
    import sqlite3

    path = tmp_path / "d.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE a(session_id, text)")
    connection.execute("CREATE TABLE b(session_id, text)")
    connection.execute("INSERT INTO a VALUES('1', 'from a')")
    connection.execute("INSERT INTO b VALUES('2', 'from b')")
    connection.commit()
    connection.close()
    opened(qtbot, draft, path)
    assert (draft.tables, draft.made[0].event.data["text"]) == (("a", "b"), "from a")

    with qtbot.waitSignal(draft.rows_changed):
        draft.set_source(table="b")
    qtbot.waitUntil(lambda: draft.made[0].event.data["text"] == "from b")


def test_a_file_that_cannot_be_read_is_one_sentence(qtbot, draft, tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"\x00\x01\x02 no table")
    opened(qtbot, draft, path)

    assert (draft.mapping, draft.rows) == (None, ())
    assert "no JSON, no table" in draft.problem


def test_a_saved_mapping_is_used_again(qtbot, bridge, draft, table, tmp_path):
    opened(qtbot, draft, table)
    draft.set_name("Our tickets")
    path = draft.save()
    assert path == Path(tmp_path, "mappings", "Our-tickets.mapping.json")

    other = MappingDraft(Mappings(tmp_path / "mappings"), bridge)
    opened(qtbot, other, table)
    (saved,) = other.saved()
    with qtbot.waitSignal(other.rows_changed):
        other.use(saved)
    assert other.mapping == draft.mapping
    other.close()


def test_turns_within_records_offer_their_own_columns(qtbot, draft, tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[{"id": 1, "turns": [{"speaker": "customer", "text": "hi"}, {"speaker": "bot", "text": "yes"}]}]')
    opened(qtbot, draft, path)

    assert draft.lists == ["/turns"]
    assert draft.columns == ["speaker", "text", "^id", "^turns"]
    assert draft.summary() == (1, 1, 2, 0)


def test_tables_tell_cells_lines_and_what_does_not_fit(qtbot, qtmodeltester, draft, table):
    opened(qtbot, draft, table)
    source, made = SourceTable(), MadeTable()
    source.set_rows(draft.rows)
    made.set_made(draft.made)

    assert [source.index(0, column).data() for column in range(4)] == ["A", "2026-03-01 10:00", "customer", "hello"]
    assert made.index(1, 3).data() == "yes · rating: 5"
    assert [made.index(row, 0).data(ProblemRole) for row in range(3)] == [0, 0, 2]
    assert made.index(2, 1).data() == "4 columns where the header has 5"
    assert source.row_of_source(made.index(2, 0).data(SourceRole)) == 2
    for model in (source, made):
        qtmodeltester.check(model, force_py=True)


def test_lists_below_and_lists_of_lists_can_be_taken_apart(qtbot, draft, tmp_path):
    path = tmp_path / "talks.jsonl"
    told = {"id": 1, "log": {"turns": [{"who": "a", "what": "b"}]}, "raw": [["agent", "hello"], ["customer", "hi"]]}
    path.write_text(json.dumps(told) + "\n", encoding="utf-8")
    opened(qtbot, draft, path)
    assert draft.lists == ["/log/turns", "/raw"]

    draft.set_rule(each="/raw")
    assert draft.columns[:2] == ["/0", "/1"]
    draft.set_rule(data={"text": "/1"}, type="conversation.message-posted", actor="user")
    assert [one.event.data["text"] for one in draft.made] == ["hello", "hi"]


def test_a_record_with_very_many_turns_holds_nothing_up(qtbot, draft, tmp_path):
    path = tmp_path / "long.jsonl"
    turns = [{"role": "user", "text": f"word {number}"} for number in range(60_000)]
    path.write_text(json.dumps({"id": 1, "turns": turns}) + "\n", encoding="utf-8")
    opened(qtbot, draft, path)
    SourceTable().set_rows(draft.rows)

    assert len(draft.made) == 500
    assert draft.values("text")[:2] == ["word 0", "word 1"]


def test_how_times_are_written_is_seen(qtbot, draft, tmp_path):
    path = tmp_path / "times.csv"
    path.write_text("a,b,c,d\n1772600000,1772600000123,01.03.2026 09:00,soon\n", encoding="utf-8")
    opened(qtbot, draft, path)

    assert [draft.time_form(one) for one in "abcd"] == ["epoch s", "epoch ms", "%d.%m.%Y %H:%M", "rfc 3339"]


def test_a_source_is_opened_after_another_one_failed(qtbot, draft, table, tmp_path):
    gone = tmp_path / "gone.csv"
    opened(qtbot, draft, gone)
    assert draft.problem
    opened(qtbot, draft, table)
    assert draft.mapping is not None
    assert draft.shown == str(table)
    assert not draft.is_unsaved


def test_what_was_worked_on_stays_while_the_columns_do(qtbot, draft, table):
    opened(qtbot, draft, table)
    draft.set_session(ordered=True)
    with qtbot.waitSignal(draft.rows_changed):
        draft.set_source(encoding="cp1252")
    assert draft.told["session"]["ordered"]
    assert draft.told["source"]["encoding"] == "cp1252"

    with qtbot.waitSignal(draft.rows_changed):
        draft.set_source(separator=";")
    assert "ordered" not in draft.told["session"]


def test_records_that_stand_in_one_line_are_told_apart(qtbot, draft, tmp_path):
    path = tmp_path / "talks.json"
    talks = [{"id": number, "turns": [{"speaker": "a", "text": f"hello {number}"}] * 2} for number in range(3)]
    path.write_text(json.dumps(talks), encoding="utf-8")
    opened(qtbot, draft, path)
    draft.set_session(id="")
    made = MadeTable()
    made.set_made(draft.made, draft.only_session)

    assert draft.summary() == (3, 3, 6, 0)
    assert [made.index(row, 0).data() for row in range(6)] == ["record 1"] * 2 + ["record 2"] * 2 + ["record 3"] * 2
    assert [made.row_of_source(number) for number in range(4)] == [0, 2, 4, -1]
