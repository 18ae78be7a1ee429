"""A hostile corpus through the real import: one clear sentence each, nothing half-imported, nothing left behind."""

import json
import os
import tempfile
import tracemalloc

import pytest
from fakes import hostile_files as made
from fakes.fixed_clock import FixedClock
from fakes.hostile_files import CHAT, DEEP
from fakes.sequential_ids import SequentialIds

from app.adapters.files import archives, bytes_in
from app.adapters.files.formats import KnownFormats
from app.adapters.files.json_shape import key_paths
from app.adapters.store.store import open_store
from app.application.importing import IMPORTS, Importing
from app.domain.errors import BadInput

CHATS = b'[{"messages":[{"role":"user","content":%s}]}]'
FILES = {
    "empty.json": (b"", "not recognised"),
    "only spaces.json": (b" \n" * 50_000, "not recognised"),
    "zeros": (b"\0" * 100_000, "not recognised"),
    "noise": (bytes(range(256)) * 400, "not recognised"),
    "deep.json": (b"[" * DEEP + b"]" * DEEP, "not recognised"),
    "deep objects.json": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "not recognised"),
    "deep in a chat.json": (CHATS % (b"[" * DEEP + b"]" * DEEP), "nested too deeply"),
    "deep line.jsonl": (CHAT[:-4] + b',"x":' + b"[" * DEEP + b"]" * DEEP + b"}]}\n", "nested too deeply"),
    "twice.json": (b'[{"messages":[{"role":"user","role":"tool","content":"a"}]}]', "occurs twice"),
    "nan.json": (CHATS % b"NaN", ""),
    "infinite.json": (CHATS % b'"a","weight":1e999', ""),
    "surrogate.json": (CHATS % rb'"\ud800"', "surrogate"),
    "utf16.json": (CHAT.decode().encode("utf-16"), "UTF-16"),
    "utf16 without mark.json": (CHAT.decode().encode("utf-16-le"), "not recognised"),
    "gbk.json": (CHATS % '"订单"'.encode("gbk"), "UTF-8"),
    "latin.json": (CHATS % '"Müller"'.encode("latin-1"), "UTF-8"),
    "cut.json": (CHATS[:-4] % b'"a"', ""),
    "circle.json": (made.tree(made.node("a", "b"), made.node("b", "a")), "follow from themselves"),
    "own parent.json": (made.tree(made.node("a", "a")), "follow from themselves"),
    "chain.json": (made.chain(DEEP), "follow from themselves"),
    "protobuf": (b"\x0a\x80\x80\x80\x80\x10" + b"\x12\x04abcd" * 900, ""),
    "protobuf groups": (b"\x0b" * 5_000, ""),
    "sqlite": (b"SQLite format 3\0" + b"\xff" * 4_080, ""),
    "encrypted.zip": (made.encrypted(CHAT), "is encrypted"),
    "lying.zip": (made.lying(CHAT), "damaged"),
    "cut.zip": (made.zip_bytes(("a.jsonl", CHAT))[:60], "damaged"),
    "nested.zip": (made.zip_bytes(("inner.zip", made.zip_bytes(("a.jsonl", CHAT)))), "no file of a known format"),
    "nested.bin.zip": (made.zip_bytes(("inner", made.zip_bytes(("a.jsonl", CHAT)))), "no file of a known format"),
    "links.zip": (made.zip_bytes((made.link("a.jsonl"), b"/etc/passwd")), "no file of a known format"),
    "bomb.zip": (made.zip_bytes(("a.jsonl", made.bomb(6))), "200 times its size"),
    "bomb.gz": (made.squeezed(made.bomb(6)), "200 times its size"),
    "bomb in a bomb.gz": (made.squeezed(made.squeezed(made.bomb(6))), "no file of a known format"),
    "cut.gz": (made.squeezed(CHAT)[:-9], "damaged"),
    "many.zip": (made.many(60), "holds 60 files; at most 50"),
    "large.zip": (made.zip_bytes(("a.jsonl", os.urandom(9 * 1024**2))), "larger than 8 MiB"),
}
DATABASES = {
    "endless view": ((made.ENDLESS_VIEW,), "no table of checkpoints"),
    "generated column": (made.GENERATED, ""),
    "circle and trigger": (made.CIRCLE, "checkpoint"),
    "foreign tables": (("CREATE TABLE a (b)",), "not recognised"),
}


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    """Limits as they are, but for sizes that would take long to reach; temporary files where they can be counted."""
    monkeypatch.setattr(archives, "HARMLESS", 1024**2)
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 8 * 1024**2)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 50)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def imported(tmp_path):
    """Import paths into a store; gives the report and the sessions, and sees that the store is sound."""
    store = open_store(tmp_path / "store", clock=FixedClock(), ids=SequentialIds())

    def run(*paths):
        report = Importing(store, KnownFormats()).run(paths)
        assert not list(store.verify().problems)
        assert not list((tmp_path / "temporary").iterdir())
        for told in (*(one.reason for one in report.quarantined), *(one.reason for one in report.skipped)):
            assert told
            assert "\n" not in told
            assert "Error" not in told
            assert len(told) < 300
        return report, [one for one in store.sessions() if one.header.id != IMPORTS.id]

    yield run
    store.close()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_one_sentence_and_nothing_of_it_comes_in(name, imported, tmp_path):
    content, told = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)

    report, sessions = imported(path)

    assert not sessions
    assert [told in one.reason for one in report.quarantined] == [True], report.quarantined


@pytest.mark.parametrize("name", DATABASES)
def test_a_hostile_database_is_one_sentence_and_runs_nothing(name, imported, tmp_path):
    statements, told = DATABASES[name]
    path = made.database(tmp_path / "db", *statements)
    before = path.read_bytes()

    report, sessions = imported(path)

    assert not sessions
    assert report.quarantined
    assert all(told in one.reason for one in report.quarantined), report.quarantined
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("db-*"))


def test_what_is_good_beside_the_bad_comes_in_whole(imported, tmp_path):
    good = made.tree(made.node("a", None), made.node("orphan", "gone"), made.node("x", "y"), made.node("y", "x"))
    lines = CHAT + b'{"messages":[{"role":"user","content":NaN}]}\n' + b"\xff\xfe\n" + CHAT.replace(b"hello", b"again")
    folder = tmp_path / "all"
    folder.mkdir()
    bad = [name for name in FILES if "chain" not in name]
    for name in bad:
        (folder / name).write_bytes(FILES[name][0])
    (folder / "tree of some.json").write_bytes(good)
    (folder / "lines.jsonl").write_bytes(lines)

    report, sessions = imported(folder)

    assert len(sessions) == 3
    assert [one.line for one in report.quarantined if one.file.endswith("lines.jsonl")] == [2, 3]
    seen = {one.file for one in report.quarantined} | {one.file for one in report.skipped}
    assert all(any(file.startswith(str(folder / name)) for file in seen) for name in bad)
    again, _ = imported(folder)
    assert again.events == 0


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_telling_a_format_takes_no_more_memory_for_deeper_nesting(opening):
    head = (opening * bytes_in.HEAD_BYTES)[: bytes_in.HEAD_BYTES]
    tracemalloc.start()
    try:
        assert len(key_paths(head)) <= 8
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024**2
    finally:
        tracemalloc.stop()


def test_names_that_climb_are_only_names(imported, tmp_path):
    members = (("../../up.jsonl", CHAT), ("/absolute.jsonl", CHAT.replace(b"hello", b"2")), ("C:\\a.jsonl", b"{}"))
    (tmp_path / "in").mkdir()
    path = made.zipped(tmp_path / "in" / "names.zip", *members)

    report, sessions = imported(path)

    assert len(sessions) == 2
    assert not report.quarantined
    assert [one.name for one in (tmp_path / "in").iterdir()] == ["names.zip"]
    assert not (tmp_path / "up.jsonl").exists()


def test_a_chain_of_a_hundred_thousand_messages_comes_in_whole(imported, tmp_path):
    path = tmp_path / "chain.json"
    path.write_bytes(made.tree(*(made.node(str(at), str(at - 1) if at else None) for at in range(DEEP))))

    report, _ = imported(path)

    assert report.events == DEEP + 1
    assert not report.quarantined


def test_a_line_beyond_the_limit_is_told_with_its_number(imported, tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(CHAT + b'{"messages":[{"role":"user","content":"')
        for _ in range(bytes_in.LONGEST_LINE // 1024**2 + 1):
            file.write(b"x" * 1024**2)
        file.write(b'"}]}\n' + CHAT.replace(b"hello", b"behind"))

    report, sessions = imported(path)

    assert len(sessions) == 2
    assert [(one.line, one.reason) for one in report.quarantined] == [(2, "the line is longer than 64 MiB")]


def test_folders_that_hold_themselves_pipes_and_dangling_links_end(imported, tmp_path):
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to("self")
    (folder / "gone.jsonl").symlink_to("nothing")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "chat.jsonl").write_bytes(CHAT)

    report, sessions = imported(folder)

    assert len(sessions) == 1
    assert not report.quarantined


@pytest.mark.parametrize(
    ("make", "told"), [(os.mkfifo, "is no file"), (lambda path: path.symlink_to("gone"), "is not there")]
)
def test_what_is_no_file_is_refused_by_its_name(make, told, imported, tmp_path):
    path = tmp_path / "thing"
    make(path)

    with pytest.raises(BadInput, match=told):
        imported(path)


def test_a_file_that_must_not_be_read_is_a_sentence(imported, tmp_path):
    path = tmp_path / "closed.jsonl"
    path.write_bytes(CHAT)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")

    report, sessions = imported(path)

    assert not sessions
    assert [one.reason for one in report.quarantined] == ["cannot be read: Permission denied"]


def test_the_same_id_with_other_words_is_told_and_the_first_one_stays(imported, tmp_path):
    tree = json.loads(made.tree(made.node("a", None)))
    other = json.loads(made.tree(made.node("a", None), made.node("b", "a")))
    path = tmp_path / "twice.json"
    path.write_text(json.dumps([*tree, *other]), encoding="utf-8")

    report, sessions = imported(path)

    assert len(sessions) == 1
    assert ["occurs a second time" in one.reason for one in report.quarantined] == [True]
