"""Whatever is done to a good file, reading it raises nothing and says in one line what is wrong."""

import shutil
import tempfile
from pathlib import Path

import pytest
from fakes.places import DATA
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.files.formats import KnownFormats
from app.application.ports import ImportNotes

GOOD = {
    "sgd": (DATA / "sgd" / "dialogues.json").read_bytes()[:30_000],
    "star": (DATA / "star" / "4227.json").read_bytes(),
    "online-retail": (DATA / "online-retail" / "events.csv").read_bytes()[:4_000],
    "tau-bench": (DATA / "tau-bench" / "trajectories.json").read_bytes()[-9_000:],
    "openai-messages": (DATA / "openai-messages" / "toy_chat.jsonl").read_bytes(),
}
GOOD["tau-bench"] = b'[{"task_id":1,"traj":[{"role":"user","content":"hi"}]},' + GOOD["tau-bench"]
EDGES = st.sampled_from(
    [b"\x00", b"\xff", b'"', b"{", b"]", b"\\", b"\n", b"NaN", b"null", b"-1", b"1e999", b"\\ud800", b""]
)


def outcome(name: str, content: bytes) -> tuple[int, ImportNotes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        notes = ImportNotes()
        sessions = events = 0
        for draft in KnownFormats().named(name).read(path, notes):
            sessions += 1
            events += sum(1 for _ in draft.events)
        assert events >= sessions
    return sessions, notes


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_with_changed_bytes_never_raises(name, data):
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(EDGES)

    _, notes = outcome(name, bytes(content))

    assert all(one.reason and "\n" not in one.reason for one in notes.quarantined)
    assert all(one.line is None or one.line >= 1 for one in notes.quarantined)


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(share=st.floats(0, 1))
def test_a_file_that_breaks_off_keeps_what_came_before(name, share):
    length = int(len(GOOD[name]) * share)
    whole, _ = outcome(name, GOOD[name])
    sessions, notes = outcome(name, GOOD[name][:length])

    assert sessions <= whole
    assert sessions or notes.quarantined or not length


@pytest.mark.parametrize("name", [*GOOD, "native"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b'[{"dialogue_id":5}]',
        b'[{"turns":[]}]',
        b"null",
        b'{"branchline":"x"}',
        "[]".encode("utf-16"),
        b'{"Events":[{"Agent":"User","Action":"utter","UnixTime":1e300}],"DialogueID":1}',
    ],
    ids=["empty", "deep", "types", "fields", "null", "version", "utf16", "time"],
)
def test_hostile_files_give_a_sentence_and_no_session(name, content):
    sessions, notes = outcome(name, content)

    assert sessions == 0
    if content or name != "native":
        assert notes.quarantined or name == "native"
    assert all("Traceback" not in one.reason and len(one.reason) < 300 for one in notes.quarantined)


def test_one_very_long_line_is_one_sentence(tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"messages":[{"role":"user","content":"')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    notes = ImportNotes()

    assert not list(KnownFormats().named("openai-messages").read(path, notes))
    assert [one.reason for one in notes.quarantined] == ["the JSON breaks off before its end"]


def test_a_file_that_vanishes_is_an_ordinary_os_error(tmp_path):
    path = tmp_path / "gone.json"
    shutil.copy(DATA / "star" / "465.json", path)
    drafts = KnownFormats().named("star").read(path, ImportNotes())
    path.unlink()

    with pytest.raises(OSError, match="gone"):
        list(drafts)
