"""Whatever is done to a chat export, it ends in sentences, and what comes in can be stored and folded."""

import json
import time
from contextlib import suppress
from random import Random

import pytest
from fakes.chat_lines import problems
from fakes.fixed_clock import FixedClock
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds
from fakes.spoiling import spoiled

from app.adapters.files.chats.known import CHAT_FORMATS
from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.application.ports import ImportNotes

EXPORTS = DATA / "chat-exports"
SAMPLES = {
    "chatgpt": EXPORTS / "chatgpt" / "chatgpt-modern-export.json",
    "claude-ai": EXPORTS / "claude" / "example.json",
    "open-webui": EXPORTS / "openwebui" / "openwebui-export.json",
    "librechat": EXPORTS / "librechat" / "librechat-tree.json",
    "chatbot-ui": EXPORTS / "chatbotui" / "chatbotui-export.json",
    "ai-studio": EXPORTS / "aistudio-gemini" / "branching_session.json",
    "codex": EXPORTS / "codex" / "tool_call_stream.jsonl",
    "openassistant": DATA / "oasst" / "trees.jsonl",
    "openassistant-list": DATA / "oasst" / "realistic_seed_data.json",
    "sharegpt": DATA / "sharegpt" / "glaive_toolcall_en.json",
}
PAIRS = [
    {
        "input": {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}], "tools": []},
        "preferred_output": [
            {"role": "assistant", "tool_calls": [{"id": "k", "function": {"name": "f", "arguments": "{}"}}]},
            {"role": "tool", "tool_call_id": "k", "content": "r"},
        ],
        "non_preferred_output": [{"role": "assistant", "content": "b"}],
    },
    {"prompt": "q", "chosen": "a", "rejected": "b", "id": "1"},
    {"prompt": "q", "completion": "c", "label": False},
]
EXAMPLES = 120
"""Tried of each format in the usual run; ``--fuzz-seconds`` looks as long as it says."""


def value_of(name):
    path = SAMPLES.get(name)
    if path is None:
        return PAIRS
    text = path.read_text(encoding="utf-8-sig")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else json.loads(text)


def written(path, content, name):
    if name in SAMPLES and SAMPLES[name].suffix == ".jsonl":
        with suppress(ValueError, TypeError):
            content = b"".join(json.dumps(one).encode() + b"\n" for one in json.loads(content))
    path.write_bytes(content)


def read(name, path):
    notes = ImportNotes(file="f")
    drafts = list(KnownFormats().named(name).read(path, notes))
    assert all(part.reason and "\n" not in part.reason and len(part.reason) < 400 for part in notes.quarantined)
    assert all(part.line is None or part.line >= 1 for part in notes.quarantined)
    return drafts, notes


def test_every_format_has_a_sample_and_knows_it():
    assert set(SAMPLES) == {known.name for known in CHAT_FORMATS} - {"preference-pairs"}
    for name, path in SAMPLES.items():
        assert KnownFormats().detect(path).name == name


@pytest.mark.parametrize("name", [*SAMPLES, "preference-pairs"])
def test_spoiled_exports_end_in_sentences_and_what_comes_in_folds(name, tmp_path, request):
    path, value = tmp_path / "file.json", value_of(name)
    seconds = request.config.getoption("--fuzz-seconds")
    until, seed = time.monotonic() + seconds, 0
    while seed < EXAMPLES or (seconds and time.monotonic() < until):
        written(path, spoiled(value, Random(seed)), name)
        drafts, notes = read(name, path)

        assert drafts or notes.quarantined, f"seed {seed}"
        assert not [why for draft in drafts for why in problems(draft)], f"seed {seed}"
        seed += 1


@pytest.mark.parametrize("name", [*SAMPLES, "preference-pairs"])
def test_spoiled_exports_are_stored_whole_or_not_at_all_and_the_same_again(name, tmp_path):
    value, store = value_of(name), open_store(tmp_path / "s", clock=FixedClock(), ids=SequentialIds())
    try:
        for seed in range(12):
            path = tmp_path / f"{seed}.json"
            written(path, spoiled(value, Random(seed)), name)
            first = Importing(store, KnownFormats()).run([path], format_name=name)
            again = Importing(store, KnownFormats()).run([path], format_name=name)

            assert (again.events, again.imported) == (0, first.imported)
            assert len(again.quarantined) == len(first.quarantined)
        assert not list(store.verify().problems)
    finally:
        store.close()


def node(own, parent, text="x"):
    message = {"author": {"role": "user"}, "content": {"content_type": "text", "parts": [text]}}
    return {"id": own, "parent": parent, "message": message, "children": []}


def test_a_thread_of_a_hundred_thousand_messages(tmp_path):
    mapping = {str(i): node(str(i), str(i - 1) if i else None) for i in range(100_000)}
    path = tmp_path / "deep.json"
    path.write_text(
        json.dumps([{"id": "c", "title": "t", "mapping": mapping, "current_node": "99999"}]), encoding="utf-8"
    )

    (draft,), _ = read("chatgpt", path)

    assert len(draft.events) == 100_001


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"a": node("a", "b"), "b": node("b", "a")}, "all messages of the conversation follow from themselves"),
        ({"a": {"id": "a", "message": None}}, "the conversation has no message"),
        ({}, "the conversation has no message"),
        ([], "has no mapping, so no messages"),
    ],
    ids=["circle", "empty root", "empty", "list"],
)
def test_trees_that_hold_nothing_are_one_sentence(tmp_path, mapping, reason):
    path = tmp_path / "c.json"
    path.write_text(json.dumps([{"id": "c", "title": "t", "mapping": mapping}]), encoding="utf-8")

    drafts, notes = read("chatgpt", path)

    assert not drafts
    assert [reason in part.reason for part in notes.quarantined] == [True]


def test_orphans_and_circles_beside_good_messages_are_told(tmp_path):
    mapping = {"a": node("a", None), "o": node("o", "gone"), "x": node("x", "y"), "y": node("y", "x")}
    path = tmp_path / "c.json"
    path.write_text(json.dumps([{"id": "c", "title": "t", "mapping": mapping, "current_node": "x"}]), encoding="utf-8")

    (draft,), notes = read("chatgpt", path)

    assert [event.data["message_id"] for _, event in draft.events[1:]] == ["a", "o"]
    assert notes.not_captured["chatgpt: what came before a message (it is not in the file)"] == 1
    assert notes.not_captured["chatgpt: messages that follow from themselves"] == 2


def test_a_tree_nested_beyond_reach_is_one_sentence(tmp_path):
    path = tmp_path / "deep.json"
    nested = '{"messageId":"m","text":"x","children":[' * 3_000 + "]}" * 3_000
    path.write_text(f'{{"conversationId":"c","messages":[{nested}]}}', encoding="utf-8")

    drafts, notes = read("librechat", path)

    assert not drafts
    assert [part.reason for part in notes.quarantined] == ["the JSON is nested too deeply"]


def test_many_calls_that_never_return_take_no_longer_each(tmp_path):
    rows = [{"from": "function_call", "value": '{"name":"a","arguments":{}}'} for _ in range(20_000)]
    path = tmp_path / "calls.json"
    path.write_text(json.dumps([{"conversations": rows}]), encoding="utf-8")

    (draft,), _ = read("sharegpt", path)

    assert len(draft.events) == 20_001
