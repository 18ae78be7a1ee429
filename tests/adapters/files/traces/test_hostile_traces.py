"""Whatever is done to traces and streams, it ends in sentences, and what comes in can be stored and folded."""

import json
import shutil
import time
from random import Random

import pytest
from fakes.chat_lines import problems
from fakes.fixed_clock import FixedClock
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds
from fakes.spans import chat, request, said, span, written
from fakes.spoiling import spoiled

from app.adapters.files.formats import KnownFormats
from app.adapters.files.traces.known import TRACE_FORMATS
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.application.ports import ImportNotes

SAMPLES = {
    "otlp": DATA / "otlp" / "events_semconv_1_36.logs.otlp.jsonl",
    "spans": DATA / "otel-genai" / "openinference_client_span_tool_calls.json",
    "langfuse": DATA / "langfuse" / "claude-agent-2025-12-22.trace.json",
    "langsmith": DATA / "langsmith" / "langsmith_py_wrap_openai_stream.json",
    "langgraph-history": DATA / "langgraph" / "state_history.json",
    "cloudevents": DATA / "cloudevents" / "batch.json",
}
APPENDED = {"eventType": "made", "streamId": "s", "data": {"a": 1}}
GRID = {"topic": "/t", "subject": "a", "eventType": "T", "eventTime": "2026-01-01T10:00:00Z", "data": {"n": 1}}
TOOL = span(3, gen_ai__operation__name="execute_tool")
MADE = {
    "kurrentdb": [{**APPENDED, "eventId": str(number), "eventNumber": number} for number in (1, 2)],
    "event-grid": [{**GRID, "id": str(number)} for number in (1, 2)],
    "otlp spans": request(chat(1, ["a"], "b"), chat(2, ["a", "b", "c"], "d"), TOOL),
}
EXAMPLES = 80
"""Tried of each format in the usual run; ``--fuzz-seconds`` looks as long as it says."""
VALUES = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in SAMPLES.items()} | MADE


def read(name, path):
    notes = ImportNotes(file="f")
    drafts = list(KnownFormats().named(name.split()[0]).read(path, notes))
    assert all(part.reason and "\n" not in part.reason and len(part.reason) < 400 for part in notes.quarantined)
    assert all(part.line is None or part.line >= 1 for part in notes.quarantined)
    assert all(count > 0 for count in notes.not_captured.values())
    return drafts, notes


def test_every_format_is_spoiled_here_or_beside_its_own_tests():
    assert {name.split()[0] for name in VALUES} == {one.name for one in TRACE_FORMATS} - {"otlp-protobuf", "langgraph"}
    for name, path in SAMPLES.items():
        assert KnownFormats().detect(path).name == name


@pytest.mark.parametrize("name", VALUES)
def test_spoiled_files_end_in_sentences_and_what_comes_in_folds(name, tmp_path, request):
    path, value = tmp_path / "file", VALUES[name]
    seconds = request.config.getoption("--fuzz-seconds")
    until, seed = time.monotonic() + seconds, 0
    while seed < EXAMPLES or (seconds and time.monotonic() < until):
        path.write_bytes(spoiled(value, Random(seed)))
        drafts, notes = read(name, path)

        assert drafts or notes.quarantined or notes.not_captured, f"seed {seed}"
        assert not [why for draft in drafts for why in problems(draft)], f"seed {seed}"
        seed += 1


@pytest.mark.parametrize("name", VALUES)
def test_spoiled_files_are_stored_whole_or_not_at_all_and_the_same_again(name, tmp_path):
    store = open_store(tmp_path / "s", clock=FixedClock(), ids=SequentialIds())
    try:
        for seed in range(8):
            path = tmp_path / f"{seed}.json"
            path.write_bytes(spoiled(VALUES[name], Random(seed)))
            first = Importing(store, KnownFormats()).run([path], format_name=name.split()[0])
            again = Importing(store, KnownFormats()).run([path], format_name=name.split()[0])

            assert (again.events, again.imported) == (0, first.imported)
        assert not list(store.verify().problems)
    finally:
        store.close()


def test_changed_bytes_of_a_checkpoint_database_raise_nothing(tmp_path, request):
    content = (DATA / "langgraph" / "checkpoints.sqlite").read_bytes()
    seconds = request.config.getoption("--fuzz-seconds")
    until, seed = time.monotonic() + seconds, 0
    while seed < EXAMPLES // 2 or (seconds and time.monotonic() < until):
        random, changed = Random(seed), bytearray(content)
        for _ in range(random.randint(1, 30)):
            changed[random.randrange(100, len(changed))] = random.randrange(256)
        path = tmp_path / "db"
        path.write_bytes(bytes(changed))
        drafts, _ = read("langgraph", path)

        assert not [why for draft in drafts for why in problems(draft)], f"seed {seed}"
        seed += 1


def test_spans_that_are_their_own_parents_and_orphans_come_in(tmp_path):
    spans = [
        chat(1, ["a"], "b", parent=2),
        chat(2, ["a", "b", "c"], "d", parent=1),
        chat(3, ["a", "b", "c", "d", "e"], "f", parent=99),
    ]
    spans.append(chat(4, None, None, parent=4))

    drafts, _ = read("otlp", written(tmp_path, *spans))

    assert {event.data["step"] for draft in drafts for _, event in draft.events if event.type == "generation.requested"}


def test_a_chain_of_fifty_thousand_spans(tmp_path):
    spans = [span(n, parent=n - 1, name="chain") for n in range(1, 50_000)]
    spans.append(chat(50_000, ["a"], "b", parent=49_999))

    (draft,), _ = read("otlp", written(tmp_path, *spans))

    assert said(draft) == [("user", "a"), ("assistant", "b")]


def test_a_conversation_of_ten_thousand_messages_in_one_call(tmp_path):
    texts = [f"{'qa'[n % 2]}{n}" for n in range(9_999)]

    (draft,), _ = read("otlp", written(tmp_path, chat(1, texts, "end")))

    assert len(said(draft)) == 10_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b"null",
        b"[1,2]",
        b'{"resourceSpans":5}',
        b'{"batch":{}}',
        "{}".encode("utf-16"),
        b"\x0a\x00",
    ],
    ids=["empty", "deep", "null", "numbers", "types", "batch", "utf16", "tag"],
)
@pytest.mark.parametrize("known", TRACE_FORMATS, ids=lambda known: known.name)
def test_what_is_no_such_file_is_a_sentence(known, content, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(content)

    drafts, notes = read(known.name, path)

    assert not drafts
    assert notes.quarantined


def test_a_database_that_breaks_off_is_a_sentence(tmp_path):
    path = tmp_path / "db"
    shutil.copy(DATA / "langgraph" / "checkpoints.sqlite", path)
    path.write_bytes(path.read_bytes()[:50_000])

    _, notes = read("langgraph", path)

    assert notes.quarantined
