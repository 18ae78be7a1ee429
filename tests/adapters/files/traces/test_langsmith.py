"""Runs of LangSmith: what was told at the start and at the end is one run, and tokens add up to the answer."""

import json

import pytest
from fakes.places import DATA
from fakes.spans import kinds, said

FOLDER = DATA / "langsmith"
FILES = sorted(FOLDER.glob("*.json"))
HOWDY = [("user", "howdy"), ("assistant", "Howdy! How can I assist you today?")]


def run(own, kind, at, *, parent=None, **told):
    return {
        "id": own, "trace_id": "t", "run_type": kind, "name": own, "parent_run_id": parent,
        "dotted_order": f"{at}", "start_time": f"2026-01-01T10:00:{at:02}Z",
        "end_time": f"2026-01-01T10:00:{at + 1:02}Z",
        **told,
    }  # fmt: skip


def lines(tmp_path, *runs):
    path = tmp_path / "runs"
    path.write_text("\n".join(json.dumps(one) for one in runs), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_post_and_patch_are_one_run(path, read):
    (draft,), notes = read(path)

    assert said(draft) == HOWDY
    assert kinds(draft) == ["started", "message-posted", "requested", "message-posted", "completed"]
    assert draft.events[-1][1].data["prompt_tokens"] == draft.events[-1][1].data["tokens"] == 9
    assert notes.read["runs"] == 1


def test_tokens_of_a_run_without_outputs_are_its_answer(tmp_path, read):
    batch = json.loads((FOLDER / "langsmith_py_wrap_openai_stream.json").read_text(encoding="utf-8"))
    del batch["patch"][0]["outputs"]

    (draft,), _ = read(lines(tmp_path, batch))

    assert said(draft) == HOWDY


def test_langchain_s_messages_and_tools_make_a_conversation(tmp_path, read):
    def made(name, **kwargs):
        return {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", name], "kwargs": kwargs}

    ask = made("HumanMessage", content="weather?")
    call = made("AIMessage", content="", tool_calls=[{"name": "look", "args": {"in": "Bonn"}, "id": "c1"}])
    result = made("ToolMessage", content="sunny", tool_call_id="c1")
    answer = made("AIMessage", content="It is sunny.")
    thread = {"metadata": {"thread_id": "th"}}
    runs = [
        run("chain", "chain", 0, extra=thread),
        run(
            "m1", "llm", 1, parent="chain", inputs={"messages": [[ask]]}, outputs={"generations": [[{"message": call}]]}
        ),
        run("look", "tool", 3, parent="chain", inputs={"input": '{"in": "Bonn"}'}, outputs={"output": result}),
        run(
            "m2",
            "llm",
            5,
            parent="chain",
            inputs={"messages": [[ask, call, result]]},
            outputs={"generations": [[{"message": answer}]]},
        ),
    ]

    (draft,), notes = read(lines(tmp_path, *reversed(runs)))

    assert draft.header.external_id == "th"
    assert said(draft) == [
        ("user", "weather?"), ("called", "look", {"in": "Bonn"}), ("returned", "sunny"), ("assistant", "It is sunny."),
    ]  # fmt: skip
    assert not draft.branches
    assert notes.not_captured["langsmith: messages that a later call repeats (kept once)"] == 2


def test_errors_and_feedback_are_kept(tmp_path, read):
    broken = run("m", "llm", 1, inputs={"messages": [{"role": "user", "content": "a"}]}, error="Boom()")
    broken["feedback_stats"] = {"stars": {"n": 2, "avg": 3.5}}

    (draft,), _ = read(lines(tmp_path, broken))

    assert kinds(draft)[-2:] == ["failed", "feedback-given"]
    assert draft.events[-1][1].data["rating"] == 3.5


def test_a_run_without_a_type_is_left_out_with_its_line(tmp_path, read):
    good = run("m", "llm", 1, inputs={"messages": [{"role": "user", "content": "a"}]})

    drafts, notes = read(lines(tmp_path, good, {**good, "id": "n", "run_type": None}))

    assert len(drafts) == 1
    assert [(one.line, one.reason) for one in notes.quarantined] == [(2, "run n does not tell its type")]
