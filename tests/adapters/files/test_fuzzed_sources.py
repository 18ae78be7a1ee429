"""Changed bytes in what has no spoiling of its own: our own files, share files, dialogue sets, sources of mappings."""

import json
import sqlite3
import time
from contextlib import closing
from random import Random

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import said
from fakes.memory_event_store import MemoryEventStore
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app.adapters.files.export_native import native_bytes
from app.adapters.files.formats import KnownFormats
from app.adapters.files.mapped.format import MappedFormat
from app.adapters.files.share_file import packed
from app.adapters.store.store import open_store
from app.application.importing import IMPORTS, Importing
from app.application.outgoing.view import OutgoingView
from app.application.ports import SessionDraft
from app.domain.excerpts import Excerpt
from app.domain.mapping.mapping import parse
from app.domain.sessions import SessionHeader
from app.domain.shares import Share

EXAMPLES = 25
"""Tried of each source in the usual run; ``--fuzz-seconds`` looks as long as it says."""
EDGES = (
    b"\x00",
    b"\xff",
    b'"',
    b"{",
    b"]",
    b"\\",
    b"\n",
    b"NaN",
    b"null",
    b"-1",
    b"1e999",
    b"\\ud800",
    b"",
    b",",
    b";",
)
TABLE = "ticket,who,at,said\n" + "".join(f"{n % 3},client,2026-03-01T10:0{n}:00Z,订单 {n}\n" for n in range(9))
MAPPING = {
    "branchline_mapping": 1,
    "name": "Tickets",
    "session": {"id": "ticket"},
    "events": [{"type": "conversation.message-posted", "actor": "user", "time": "at", "data": {"text": "said"}}],
}


def view():
    store = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="Two rooms", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdef")]))
    store.fork("s/main", 4, branch_id="b", name="kinder")
    return OutgoingView(store, "s", Excerpt(branches=("s/main", "b")))


def native(_folder):
    return b"".join(native_bytes([view()], None))


def share(_folder):
    told = Share(by="Ann", at=1_700_000_000_000_000, branch="b", position=4, field="", note="").to_json()
    return b"".join(packed(native_bytes([view()], told)))


def database(folder):
    with closing(sqlite3.connect(folder / "made.db")) as connection:
        connection.execute("CREATE TABLE t (ticket, who, at, said)")
        rows = [line.split(",") for line in TABLE.splitlines()[1:]]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    return (folder / "made.db").read_bytes()


def of_sample(name, most=20_000):
    return lambda _folder: (DATA / name).read_bytes()[:most]


def lines(_folder):
    names, *rows = (line.split(",") for line in TABLE.splitlines())
    return "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows).encode()


SOURCES = {
    "native": ("native", native),
    "share": ("share", share),
    "sgd": ("sgd", of_sample("sgd/dialogues.json")),
    "star": ("star", of_sample("star/4227.json")),
    "online-retail": ("online-retail", of_sample("online-retail/events.csv", 4_000)),
    "tau-bench": ("tau-bench", of_sample("tau-bench/trajectories.json")),
    "openai-messages": ("openai-messages", of_sample("openai-messages/toy_chat.jsonl")),
    "mapped table": (None, lambda _folder: TABLE.encode()),
    "mapped lines": (None, lines),
    "mapped database": (None, database),
}


def spoiled(content, random):
    changed = bytearray(content)
    for _ in range(random.randint(0, 4)):
        at = random.randrange(len(changed) + 1)
        changed[at : at + random.randint(0, 3)] = random.choice(EDGES)
    if random.random() < 0.2:
        del changed[random.randrange(len(changed) + 1) :]
    return bytes(changed)


@pytest.mark.parametrize("name", SOURCES)
def test_changed_bytes_end_in_sentences_and_what_comes_in_is_whole(name, tmp_path, request):
    known, make = SOURCES[name]
    content, path = make(tmp_path), tmp_path / "file"
    chosen = MappedFormat(parse(MAPPING)) if known is None else KnownFormats().named(known)
    seconds = request.config.getoption("--fuzz-seconds")
    until, seed = time.monotonic() + seconds, 0
    store = open_store(tmp_path / "store", clock=FixedClock(), ids=SequentialIds())
    try:
        while seed < EXAMPLES or (seconds and time.monotonic() < until):
            path.write_bytes(content if seed == 0 else spoiled(content, Random(seed)))
            report = Importing(store, KnownFormats()).run([path], chosen=chosen)
            again = Importing(store, KnownFormats()).run([path], chosen=chosen)

            assert report.imported or report.quarantined, f"seed {seed}"
            assert not any("\n" in one.reason or len(one.reason) > 400 for one in report.quarantined), f"seed {seed}"
            assert again.events == 0, f"seed {seed}"
            seed += 1
        assert not list(store.verify().problems)
        assert [one for one in store.sessions() if one.header.id != IMPORTS.id]
    finally:
        store.close()
