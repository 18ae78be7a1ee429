"""Langfuse's traces in all forms: what its own reader makes of observations, and one conversation of each trace."""

import json

import pytest
from fakes.places import DATA
from fakes.spans import kinds, said

from app.adapters.files.traces.messages import said_in

FOLDER = DATA / "langfuse"
NAMES = sorted(path.name.removesuffix(".trace.json") for path in FOLDER.glob("*.trace.json"))


def load(name, kind="trace"):
    return json.loads((FOLDER / f"{name}.{kind}.json").read_text(encoding="utf-8"))


def as_told(message):
    """Role, text and calls of a message as Langfuse's reader gives it."""
    content = message.get("content") or ""
    text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    calls = [(call["name"], json.loads(call["arguments"])) for call in message.get("tool_calls") or ()]
    return message["role"], text, calls


def as_read(value, role):
    """The same of what is read here: calls with the message before them."""
    told = []
    for one in said_in(value, role):
        if one.kind == "call" and told and told[-1][0] == "assistant":
            told[-1][2].append((one.name, one.value))
        elif one.kind == "call":
            told.append(("assistant", "", [(one.name, one.value)]))
        elif one.kind == "result":
            told.append(("tool", one.value if isinstance(one.value, str) else json.dumps(one.value), []))
        else:
            told.append((one.role, one.text, []))
    return told


def expectations():
    for name in NAMES:
        observations = {one["id"]: one for one in load(name)["observations"]}
        for own, both in load(name, "chatml").items():
            for which, role in (("input", "user"), ("output", "assistant")):
                messages = both.get(which, {}).get("data") if both.get(which, {}).get("success") else None
                readable = messages and all("role" in one and not _unread(one) for one in messages)
                if readable and observations[own]["type"] == "GENERATION":
                    yield pytest.param(observations[own][which], role, messages, id=f"{name}-{own[:6]}-{which}")


def _unread(message):
    """Langfuse's reader leaves calls in the form of Anthropic where they are."""
    content = message.get("content")
    return isinstance(content, list) and any(part.get("type") == "tool_use" for part in content)


@pytest.mark.parametrize(("value", "role", "messages"), list(expectations()))
def test_messages_are_those_of_langfuse_s_own_reader(value, role, messages):
    told = [as_told(one) for one in messages]
    for number, (speaker, text, calls) in enumerate(told):
        if speaker == "tool" and text[:1] in "[{":
            told[number] = (speaker, json.dumps(json.loads(text)), calls)

    assert as_read(value, role) == told


@pytest.mark.parametrize("name", NAMES)
def test_each_trace_is_one_conversation_without_branches(name, read):
    trace = load(name)
    (draft,), notes = read(FOLDER / f"{name}.trace.json")

    assert not draft.branches
    assert not notes.quarantined
    assert notes.read["observations"] == len(trace["observations"])
    scores = len(trace["trace"]["scores"]) + len(trace["trace"]["corrections"])
    assert kinds(draft).count("feedback-given") == notes.read["scores"] == scores
    called = [event.data["call_id"] for _, event in draft.events if event.type.endswith("tool-called")]
    assert called == [event.data["call_id"] for _, event in draft.events if event.type.endswith("tool-returned")]


def test_an_agent_with_a_tool_reads_as_it_happened(read):
    (draft,), _ = read(FOLDER / "openai-agents-2025-09-30.trace.json")

    assert [one[:3] for one in said(draft)[:3]] == [
        ("user", "What's the weather in Tokyo?"), ("called", "get_weather", {"city": "Tokyo"}),
        ("returned", "The weather in Tokyo is sunny."),
    ]  # fmt: skip
    instructed = next(event for _, event in draft.events if event.type == "conversation.instructions-changed")
    assert instructed.data["text"] == "You are a helpful agent."


def test_the_thread_of_langgraph_names_the_conversation(read):
    (draft,), _ = read(FOLDER / "langgraph-python-2025-08-22.trace.json")

    assert draft.header.external_id == "demo-thread-1"


def test_the_form_of_the_api_and_lists_of_it_are_read_too(tmp_path, read):
    name = "vercel-aisdk-2025-11-17"
    whole = load(name)
    path = tmp_path / "x"
    path.write_text(json.dumps({"data": [{**whole["trace"], "observations": whole["observations"]}]}), encoding="utf-8")

    (draft,), _ = read(path)

    assert said(draft) == said(read(FOLDER / f"{name}.trace.json")[0][0])


def test_a_batch_is_put_together_by_ids(tmp_path, read):
    def entry(kind, **body):
        return {"id": kind, "type": kind, "timestamp": "2026-01-01T10:00:00Z", "body": body}

    call = {"id": "g", "traceId": "t", "startTime": "2026-01-01T10:00:00Z", "model": "m", "input": "hello"}
    batch = [
        entry("trace-create", id="t", userId="u", sessionId="s"),
        entry("generation-create", **call),
        entry("generation-update", id="g", traceId="t", output="hi", endTime="2026-01-01T10:00:02Z"),
        entry("score-create", id="x", traceId="t", observationId="g", name="stars", value=4),
        entry("sdk-log", log="x"),
    ]
    path = tmp_path / "batch"
    path.write_text(json.dumps({"batch": batch, "metadata": {}}), encoding="utf-8")

    (draft,), notes = read(path)

    assert (draft.header.external_id, draft.header.subject) == ("s", "u")
    assert said(draft) == [("user", "hello"), ("assistant", "hi")]
    assert draft.events[-1][1].data["rating"] == 4
    assert notes.not_captured["langfuse: entries of a batch that are neither traces, observations nor scores"] == 1


def test_a_failed_generation_says_why(tmp_path, read):
    call = {"id": "g", "traceId": "t", "type": "GENERATION", "startTime": "2026-01-01T10:00:00Z", "model": "m"}
    failed = {**call, "parentObservationId": None, "input": "a", "level": "ERROR", "statusMessage": "overloaded"}
    path = tmp_path / "x"
    path.write_text(json.dumps(failed), encoding="utf-8")

    (draft,), _ = read(path)

    assert draft.events[-1][1].type == "generation.failed"
    assert draft.events[-1][1].data["reason"] == "overloaded"
