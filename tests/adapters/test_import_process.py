"""Imports in a process of their own: the same report, progress, and an end when it is asked for."""

import json

import pytest
from fakes.fixed_clock import FixedClock
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app.adapters import import_process
from app.adapters.files.formats import KnownFormats
from app.adapters.import_process import Wish, run
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.application.ports import no_progress
from app.domain.errors import BranchlineError, Cancelled

CHAT = DATA / "openai-messages" / "toy_chat.jsonl"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "s.branchline", clock=FixedClock(), ids=SequentialIds())
    yield opened
    opened.close()


def test_the_report_is_the_one_of_an_import_here_and_an_open_store_sees_what_came(store, tmp_path):
    with_process = run(Wish(store=store.location, paths=[str(CHAT)]), no_progress)

    other = open_store(tmp_path / "o.branchline", clock=FixedClock(), ids=SequentialIds())
    try:
        here = Importing(other, KnownFormats()).run([CHAT]).to_json()
    finally:
        other.close()
    assert with_process == json.loads(json.dumps(here))
    assert {one.header.id for one in store.sessions()} >= set(with_process["imported"])


def test_what_cannot_be_imported_is_one_sentence(store, tmp_path):
    with pytest.raises(BranchlineError, match="is not there"):
        run(Wish(store=store.location, paths=[str(tmp_path / "nowhere")]), no_progress)


def test_stopping_keeps_whole_sessions(store, tmp_path):
    path = tmp_path / "many.jsonl"
    line = json.loads(CHAT.read_text(encoding="utf-8").splitlines()[0])
    with path.open("w", encoding="utf-8") as file:
        for number in range(5_000):
            file.write(json.dumps({**line, "number": number}) + "\n")

    def stop_soon(done, total, what):
        if done > 3:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        run(Wish(store=store.location, paths=[str(path)]), stop_soon)

    assert 3 < len(store.sessions()) < 5_000
    assert store.verify(no_progress).ok


def test_a_helper_that_dies_is_told(store, monkeypatch):
    monkeypatch.setattr(import_process, "COMMAND", "no-such-command")

    with pytest.raises(BranchlineError, match="ended before it was done"):
        run(Wish(store=store.location, paths=[str(CHAT)]), no_progress)
