"""Shape decides what a file is; folders are walked; what is no session is said to be skipped."""

import shutil

import pytest
from fakes.places import DATA

from app.adapters.files.formats import FORMATS, KnownFormats
from app.domain.errors import BadInput

SAMPLES = {
    "sgd": DATA / "sgd" / "dialogues.json",
    "star": DATA / "star" / "465.json",
    "online-retail": DATA / "online-retail" / "events.csv",
    "tau-bench": DATA / "tau-bench" / "trajectories.json",
    "openai-messages": DATA / "openai-messages" / "toy_chat.jsonl",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_known_by_its_shape_under_any_name(tmp_path, name):
    path = tmp_path / "export.bin"
    path.write_bytes(b"\xef\xbb\xbf  " * (name != "online-retail") + SAMPLES[name].read_bytes())

    known = KnownFormats().detect(path)

    assert known is not None
    assert known.name == name


@pytest.mark.parametrize("name", SAMPLES)
def test_no_two_formats_claim_the_same_file(name):
    head = SAMPLES[name].read_bytes()[:65536]

    assert [known.name for known in FORMATS if known.recognises(head)] == [name]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"hello",
        b"[]",
        b"{}",
        b"[[[[",
        b'{"a":',
        b'"turns"',
        b"\x00\xff" * 50,
        b"a,b,c\n1,2,3\n",
        b"{" * 70_000,
    ],
)
def test_what_is_nothing_known_is_no_format(tmp_path, content):
    path = tmp_path / "file.json"
    path.write_bytes(content)

    assert KnownFormats().detect(path) is None


def test_a_richer_export_is_not_taken_for_a_list_of_messages():
    head = b'{"history": {"messages": {}}, "messages": [{"role": "user", "content": "hi"}]}'

    assert [known.name for known in FORMATS if known.recognises(head)] == ["open-webui"]


def test_a_folder_gives_its_files_in_order_and_says_what_it_skipped(tmp_path):
    shutil.copytree(DATA / "star", tmp_path / "set" / "b")
    shutil.copytree(DATA / "openai-messages", tmp_path / "set" / "a")
    (tmp_path / "set" / ".hidden").write_text("x")
    skipped = []

    found = [one.path.name for one in KnownFormats().expand([tmp_path / "set"], skipped)]

    assert found == ["toy_chat.jsonl", "1134.json", "2431.json", "4227.json", "465.json", "4977.json", "6063.json"]
    assert [one.file.rpartition("/")[2] for one in skipped] == ["LICENCE.txt", "LICENCE.txt"]


def test_a_path_that_is_not_there_is_told():
    with pytest.raises(BadInput, match="is not there"):
        list(KnownFormats().expand([DATA / "nowhere"], []))


def test_formats_go_by_name_too():
    assert KnownFormats().named("sgd").name == "sgd"
    with pytest.raises(BadInput, match="there are native, sgd, star"):
        KnownFormats().named("xml")
