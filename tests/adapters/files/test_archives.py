"""Archives are unpacked within limits, and nothing they name becomes a place on the disk."""

import gzip
import io
import stat
import zipfile

import pytest
from fakes.places import DATA

from app.adapters.files import archives
from app.adapters.files.formats import KnownFormats
from app.domain.errors import BadInput

CHAT = (DATA / "openai-messages" / "toy_chat.jsonl").read_bytes()


def packed(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def names(path):
    skipped = []
    return [(one.name, one.problem) for one in KnownFormats().expand([path], skipped)], [one.file for one in skipped]


def test_known_files_of_an_archive_come_and_others_are_skipped(tmp_path):
    path = packed(tmp_path / "export.zip", ("user.json", "{}"), ("chats/a.jsonl", CHAT), ("picture.png", b"x"))

    assert names(path) == ([(f"{path}/chats/a.jsonl", None)], [f"{path}/user.json"])


def test_names_that_climb_and_links_write_nothing_outside(tmp_path):
    link = zipfile.ZipInfo("link.jsonl")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = packed(tmp_path / "in" / "export.zip", *()) if (tmp_path / "in").mkdir() else tmp_path / "in" / "export.zip"
    packed(path, ("../../climbed.jsonl", CHAT), ("/absolute.jsonl", CHAT), (link, "/etc/passwd"))

    found, _ = names(path)

    assert [name.removeprefix(str(path)) for name, _ in found] == ["/../../climbed.jsonl", "//absolute.jsonl"]
    assert [one.name for one in tmp_path.iterdir()] == ["in"]
    assert [one.name for one in (tmp_path / "in").iterdir()] == ["export.zip"]


def test_a_bomb_is_told_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "HARMLESS", 1024 * 1024)
    path = packed(tmp_path / "bomb.zip", ("big.json", b"[" + b" " * 20_000_000 + b"]"))

    assert names(path)[0] == [(str(path), "big.json unpacks to more than 200 times its size; it was not read")]


def test_too_many_files_and_damage_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    many = packed(tmp_path / "many.zip", *((f"{n}.json", "{}") for n in range(3)))
    assert "holds 3 files; at most 2" in str(names(many)[0][0][1])

    whole = packed(tmp_path / "cut.zip", ("a.jsonl", CHAT)).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert "damaged" in str(names(tmp_path / "cut.zip")[0][0][1])


def test_a_compressed_file_is_read_as_the_file_in_it(tmp_path):
    path = tmp_path / "chat.jsonl.gz"
    path.write_bytes(gzip.compress(CHAT))

    assert names(path)[0] == [(f"{path}/chat.jsonl", None)]

    path.write_bytes(gzip.compress(CHAT)[:-20])
    assert "damaged" in str(names(path)[0][0][1])


def test_an_archive_without_sessions_says_so(tmp_path):
    assert "no file of a known format" in str(names(packed(tmp_path / "x.zip", ("a.txt", "hello")))[0][0][1])


def test_members_larger_than_allowed_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 1024)
    path = packed(tmp_path / "x.zip", ("a.json", io.BytesIO(bytes(range(256)) * 20).getvalue()))

    with archives.members(path, lambda name: True) as found, pytest.raises(BadInput, match="larger than"):
        next(found)
