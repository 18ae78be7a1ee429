"""Tables, lines and databases come in by a mapping; what does not fit is told with its line."""

import json
import os
import sqlite3

import pytest

from app.adapters.files.formats import KnownFormats
from app.adapters.files.mapped import databases, tables
from app.adapters.files.mapped.files import mappings_in, read_mapping, write_mapping
from app.adapters.files.mapped.format import MappedFormat
from app.adapters.files.mapped.sources import first_rows, kind_of
from app.adapters.mappings import Mappings
from app.application.ports import ImportNotes
from app.domain.errors import BadInput
from app.domain.mapping.mapping import SourceRule, parse

TOLD = {
    "branchline_mapping": 1,
    "name": "Tickets",
    "recognise": ["ticket", "said"],
    "session": {"id": "ticket"},
    "events": [
        {
            "type": "conversation.message-posted",
            "actor": {"column": "who", "values": {"client": "user"}, "otherwise": "agent"},
            "time": "at",
            "data": {"text": "said"},
        }
    ],
}
TABLE = "ticket,who,at,said\n1,client,2026-03-01T10:00:00Z,hello\n2,client,,你好\n1,desk,2026-03-01T10:01:00Z,yes\n"


def changed(**members):
    return {**TOLD, **members}


def read(path, told=TOLD):
    notes = ImportNotes()
    return list(MappedFormat(parse(told)).read(path, notes)), notes


def texts(draft):
    return [event.data["text"] for _, event in draft.events]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_rows_are_sorted_to_their_sessions(table):
    (first, second), notes = read(table)

    assert (first.header.external_id, texts(first)) == ("1", ["hello", "yes"])
    assert (second.header.title, texts(second)) == ("你好", ["你好"])
    assert [event.actor for _, event in first.events] == ["user", "agent"]
    assert [event.data["row"] for _, event in first.events] == [2, 4]
    assert notes.read == {"records": 3}
    assert notes.not_captured == {"mapping-tickets: times": 1}


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (TABLE.encode("utf-8-sig"), {}),
        (TABLE.encode("utf-16"), {}),
        (TABLE.encode("gb18030"), {"encoding": "gb18030"}),
        (TABLE.replace(",", "\t").encode(), {}),
        (TABLE.replace(",", ";").encode(), {"separator": ";"}),
        (TABLE.replace("\n", "\r\n").encode(), {}),
        ("\n".join(json.dumps(dict(zip(["ticket", "who", "at", "said"], row.split(","), strict=True)))
                   for row in TABLE.splitlines()[1:]).encode(), {}),
        (json.dumps({"a": [dict(zip(["ticket", "who", "at", "said"], row.split(","), strict=True))
                           for row in TABLE.splitlines()[1:]]}).encode(), {"records": "/a"}),
    ],
)  # fmt: skip
def test_other_writings_hold_the_same(tmp_path, content, source):
    path = tmp_path / "source"
    path.write_bytes(content)

    drafts, notes = read(path, changed(source=source))

    assert not notes.quarantined
    assert [texts(draft) for draft in drafts] == [["hello", "yes"], ["你好"]]


def test_lines_that_do_not_fit_are_told_and_the_others_come(tmp_path):
    path = tmp_path / "bad.csv"
    rows = [b"ticket,who,at,said", b"1,client,,fine", b"1,client", b"1,client,,\xff", b",client,,lost"]
    rows += [b"1,client,noon,x", b'1,client,,"two\nlines"']
    path.write_bytes(b"\n".join(rows) + b"\n")

    (draft,), notes = read(path)

    assert texts(draft) == ["fine", "two\nlines"]
    assert [(one.line, one.reason) for one in notes.quarantined] == [
        (3, "2 columns where the header has 4"),
        (4, "the line is not utf-8"),
        (5, "ticket is empty: nobody knows which session this belongs to"),
        (6, "at: 'noon' is no time (rfc 3339)"),
    ]


def test_columns_without_a_name_or_with_the_same_one_stay_apart(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a,,a\n1,2,3\n", encoding="utf-8")

    assert first_rows(path, SourceRule(), 9)[0].record == {"a": "1", "column 2": "2", "a (2)": "3"}


def test_replies_to_the_same_message_are_branches(tmp_path):
    path = tmp_path / "tree.csv"
    path.write_text("ticket,who,at,said,no,re\n1,client,,q,m1,\n1,desk,,a,m2,m1\n1,desk,,b,m3,m1\n1,x,,o,m4,gone\n")
    rule = {**TOLD["events"][0], "id": "no", "parent": "re"}

    (draft,), notes = read(path, changed(events=[rule]))

    forks = [(one.name, one.parent, one.fork_position) for one in draft.branches]
    assert forks == [("m3", "main", 1), ("m4", "main", 0)]
    assert [(stream == "main", event.data["text"]) for stream, event in draft.events] == [
        (True, "q"), (True, "a"), (False, "b"), (False, "o"),
    ]  # fmt: skip
    assert [(one.line, one.reason) for one in notes.quarantined] == [
        (5, "m4 answers something that is not there; it begins a branch of its own")
    ]


def test_events_are_put_in_order_of_time_where_the_mapping_wants_it(tmp_path):
    path = tmp_path / "late.csv"
    path.write_text("ticket,who,at,said\n1,x,2026-03-02,b\n1,x,,after b\n1,x,2026-03-01,a\n")

    (draft,), _ = read(path, changed(session={"id": "ticket", "ordered": True}))

    assert texts(draft) == ["a", "b", "after b"]


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "desk.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE talk(ticket, who, at, said)")
    rows = [tuple(row.split(",")) for row in TABLE.splitlines()[1:]]
    connection.executemany("INSERT INTO talk VALUES(?, ?, ?, ?)", rows)
    connection.execute("CREATE TABLE other(x)")
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize("source", [{"table": "talk"}, {"query": "SELECT * FROM talk ORDER BY rowid"}])
def test_tables_and_queries_of_a_database(database, source):
    drafts, notes = read(database, changed(source=source))

    assert not notes.quarantined
    assert [texts(draft) for draft in drafts] == [["hello", "yes"], ["你好"]]
    assert kind_of(database) == "sqlite"
    assert databases.tables(database) == ("other", "talk")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({}, "the mapping names no table; there are other, talk"),
        ({"table": "nowhere"}, "there is no table 'nowhere'; there are other, talk"),
        ({"query": "DELETE FROM talk"}, "not authorized"),
        ({"query": "ATTACH 'x.db' AS x"}, "not authorized"),
        ({"query": "SELECT load_extension('x')"}, "not authorized|no such function"),
        ({"query": "SELECT 1; DROP TABLE talk"}, "one SELECT|one statement"),
        ({"query": "SELECT said FROM"}, "incomplete input|syntax error"),
        (
            {"query": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"},
            "interrupted",
        ),
    ],
)
def test_a_database_is_only_read(database, source, told, monkeypatch):
    monkeypatch.setattr(databases, "_STEPS", 5_000_000)
    before = database.read_bytes()

    with pytest.raises(BadInput, match=told):
        list(databases.sqlite_rows(database, parse(changed(source=source)).source))

    assert database.read_bytes() == before
    assert not database.with_name("x.db").exists()


def test_a_damaged_database_is_one_sentence(tmp_path):
    path = tmp_path / "bad.db"
    path.write_bytes(databases.SQLITE_HEAD + b"x" * 5_000)

    with pytest.raises(BadInput, match="database"):
        databases.tables(path)


def test_a_server_that_is_not_there_and_words_that_are_no_address_tell_no_password():
    for url in ("postgresql+psycopg://me:secret@127.0.0.1:1/x", "nonsense", "nosuch+driver://me:secret@h/x"):
        with pytest.raises(BadInput) as told:
            list(databases.server_rows(url, SourceRule(table="t")))
        assert "secret" not in str(told.value)
    assert databases.without_password("postgresql+psycopg://me:secret@h/x") == "postgresql+psycopg://me:***@h/x"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (TABLE.encode(), "table"),
        (TABLE.encode("utf-16"), "table"),
        (b'{"a": 1}', "json"),
        (b"just some words\nand more of them\n", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0", None),
        (b"", None),
    ],
)
def test_what_a_file_is_shows_in_its_first_bytes(tmp_path, content, kind):
    path = tmp_path / "x"
    path.write_bytes(content)

    assert kind_of(path) == kind


def test_mappings_are_files_and_bad_ones_are_told(tmp_path):
    write_mapping(tmp_path / "good.mapping.json", parse(TOLD))
    (tmp_path / "bad.mapping.json").write_text('{"branchline_mapping": 7}')
    told = []

    (found,) = mappings_in(tmp_path, told.append)

    assert (found.name, found.mapping) == ("mapping-tickets", read_mapping(tmp_path / "good.mapping.json"))
    assert len(told) == 1
    assert "version 7" in told[0]
    assert mappings_in(tmp_path / "nowhere", told.append) == ()


@pytest.mark.parametrize(
    ("content", "members"),
    [
        (TABLE.encode(), {}),
        (TABLE.encode("utf-16"), {}),
        (TABLE.replace("said", "说").encode("gb18030"), {"recognise": ["说"], "source": {"encoding": "gb18030"}}),
        (b'{"ticket": 1, "said": "x"}', {}),
        (b'[{"ticket": 1, "said": "x"}]', {}),
        (b'{"all": {"rows": [{"ticket": 1, "said": "x"', {"source": {"records": "/all/rows"}}),
        (b'{"t1": {"said": "x", "who": "y"}, "t2": {', {"source": {"records": "/*"}, "recognise": ["@key", "said"]}),
        (b'{"a": {"t1": {"said": {"text": 1}}}}', {"source": {"records": "/a/*"}, "recognise": ["/said/text"]}),
    ],
)
def test_a_mapping_knows_its_own_files(tmp_path, content, members):
    path = tmp_path / "source"
    path.write_bytes(content)

    assert MappedFormat(parse(changed(**members))).recognises_file(path)
    assert not MappedFormat(parse({**changed(**members), "recognise": ["ticket", "colour"]})).recognises_file(path)
    assert not MappedFormat(parse({**changed(**members), "recognise": []})).recognises_file(path)


def test_a_mapping_knows_its_own_databases(database):
    for source, recognise, is_known in (
        ({"table": "talk"}, ["ticket", "said"], True),
        ({"query": "SELECT said AS words FROM talk"}, ["words"], True),
        ({"table": "talk"}, ["ticket", "words"], False),
        ({"table": "other"}, ["ticket"], False),
        ({"table": "nowhere"}, ["ticket"], False),
    ):
        known = MappedFormat(parse(changed(source=source, recognise=recognise)))
        assert KnownFormats(formats=(), more=lambda known=known: [known]).detect(database) is (
            known if is_known else None
        )


def test_separators_are_told_apart():
    assert tables.separator_of("a;b;c\n1,5;2;3\n") == ";"
    assert tables.separator_of("a|b\n1|2\n") == "|"


def test_rows_of_a_database_are_known_by_what_they_hold(database):
    told = changed(source={"query": "SELECT * FROM talk ORDER BY said DESC"})
    backwards = [event for draft in read(database, told)[0] for _, event in draft.events]
    forwards = [event for draft in read(database, changed(source={"table": "talk"}))[0] for _, event in draft.events]

    assert {event.id for event in backwards} == {event.id for event in forwards}
    assert not [event for event in forwards if "row" in event.data]


@pytest.mark.skipif("BRANCHLINE_POSTGRESQL" not in os.environ, reason="BRANCHLINE_POSTGRESQL names no server to try")
def test_a_postgresql_server_is_read_and_nothing_else():
    import sqlalchemy

    url = os.environ["BRANCHLINE_POSTGRESQL"]
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS branchline_talk")
        connection.exec_driver_sql("CREATE TABLE branchline_talk(ticket int, at timestamptz, said text, more jsonb)")
        connection.exec_driver_sql("INSERT INTO branchline_talk VALUES(7, '2026-03-01 10:00+02', '你好', '{\"a\": 1}')")
    (row,) = databases.server_rows(url, SourceRule(table="branchline_talk"))
    assert (row.record["ticket"], row.record["said"], row.record["more"]) == (7, "你好", {"a": 1})
    assert row.record["at"].startswith("2026-03-01T")
    assert "branchline_talk" in databases.server_tables(url)
    query = "SELECT said FROM branchline_talk WHERE said LIKE '%好' AND at < '2027-01-01 00:00:00'"
    assert [one.record for one in databases.server_rows(url, SourceRule(query=query))] == [{"said": "你好"}]
    for bad in (
        "DELETE FROM branchline_talk",
        "SELECT 1; DROP TABLE branchline_talk",
        "SELECT nope FROM branchline_talk",
    ):
        with pytest.raises(BadInput, match="the database refused"):
            list(databases.server_rows(url, SourceRule(query=bad)))
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM branchline_talk").scalar() == 1
        connection.exec_driver_sql("DROP TABLE branchline_talk")
    engine.dispose()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_encoding_of_a_table_is_seen_even_where_its_head_ends_within_a_letter(tmp_path, encoding):
    path = tmp_path / "long.csv"
    path.write_text("会话,内容\n" + "1,你好吗\n" * 9_000, encoding=encoding)

    assert kind_of(path) == "table"
    assert Mappings(tmp_path).encoding(path) == encoding


def test_western_text_that_is_neither_utf8_nor_chinese_is_a_table_too(tmp_path):
    path = tmp_path / "west.csv"
    path.write_bytes("Straße,Stadt\nMüllerweg,Köln\n".encode("cp1252"))  # valid GB18030, too

    assert kind_of(path) == "table"
    assert Mappings(tmp_path).encoding(path) == "cp1252"


@pytest.mark.parametrize("content", ["[1e999]", '{"a": NaN}', "[" * 300])
def test_a_json_member_is_as_strict_as_all_json(tmp_path, content):
    rule = {"type": "x.y", "actor": "user", "data": {"held": {"column": "said", "as": "json"}}}
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"ticket": "1", "said": content}))

    _, notes = read(path, changed(events=[rule]))

    assert "is no JSON" in notes.quarantined[0].reason


@pytest.mark.parametrize(
    ("told", "password", "whole"),
    [
        ("ada@host/shop", "p@ss:/word", "postgresql+psycopg://ada:p%40ss%3A%2Fword@host/shop"),
        ("postgresql://ada:old@host:5433/shop", "", "postgresql+psycopg://ada:old@host:5433/shop"),
        ("postgresql+psycopg://host/shop?sslmode=require", "", "postgresql+psycopg://host/shop?sslmode=require"),
    ],
)
def test_an_address_is_made_whole_and_told_without_its_password(told, password, whole):
    address = databases.server_address(told, password)

    assert address == whole
    assert "old" not in databases.without_password(address)
    assert "word" not in databases.without_password(address)


@pytest.mark.parametrize("told", ["", "sqlite:////etc/passwd", "mysql://host/shop", "ada@host", "ada@host:port/shop"])
def test_what_is_no_address_of_a_postgresql_database_is_one_sentence(told):
    with pytest.raises(BadInput, match="no address of a"):
        databases.server_address(told, "secret")
