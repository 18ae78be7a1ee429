"""Spans and logs of OTLP/JSON: conversations come back as they were, whichever conventions wrote them down."""

import json

import pytest
from fakes.places import DATA
from fakes.spans import chat, keyed, kinds, message, request, said, span, value_of, written

RUN = next(run for run in json.loads((DATA / "tau-bench" / "trajectories.json").read_text()) if run["task_id"] == 20)


def as_said(trajectory):
    told = []
    for one in trajectory:
        if one["role"] == "tool":
            text = one["content"]
            told.append(("returned", json.loads(text) if text[:1] in "[{" else text))
            continue
        if one["content"] is not None:
            told.append((one["role"], one["content"]))
        calls = [call["function"] for call in one.get("tool_calls") or ()]
        told += [("called", call["name"], json.loads(call["arguments"])) for call in calls]
    return told


@pytest.mark.parametrize("name", ["traces.otlp.jsonl", "events_semconv_1_36.logs.otlp.jsonl"])
def test_a_conversation_comes_back_from_spans_and_from_events(name, read):
    (draft,), notes = read(DATA / "otlp" / name)

    assert said(draft) == as_said(RUN["traj"][1:])[:-1]  # nobody answered the customer's last words
    assert not draft.branches
    assert not notes.quarantined


def test_counts_of_the_report_add_up(read):
    (draft,), notes = read(DATA / "otlp" / "traces.otlp.jsonl")

    repeated = notes.not_captured["otlp: messages that a later call repeats (kept once)"]
    assert notes.read["messages in calls"] - repeated == len(said(draft))
    chats = sum(1 for kind in kinds(draft) if kind == "requested")
    tools = sum(1 for kind in kinds(draft) if kind == "tool-returned")
    holders = sum(1 for kind in kinds(draft) if kind == "step-taken")
    assert notes.read["spans"] == chats + tools + holders


def test_both_conventions_tell_the_same_four_messages(read):
    both = [
        read(DATA / "otel-genai" / f"{name}_client_span_tool_calls.json")[0][0]
        for name in ("otel_genai", "openinference")
    ]

    assert said(both[0]) == said(both[1])
    assert [one[0] for one in said(both[0])] == ["user", "assistant", "called", "returned", "assistant"]


def test_a_file_without_a_conversation_says_so(read):
    drafts, notes = read(DATA / "otel-genai" / "otlp_trace.json")

    assert not drafts
    assert notes.not_captured == {"otlp: steps of traces without a model, a tool or words": 1}


def test_spans_are_ordered_by_time_and_delivered_once(tmp_path, read):
    spans = [chat(2, ["a", "b", "c"], "d"), chat(1, ["a"], "b"), chat(2, ["a", "b", "c"], "d")]

    (draft,), notes = read(written(tmp_path, *spans))

    assert said(draft) == [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")]
    assert notes.not_captured["otlp: steps that were delivered more than once (kept once)"] == 1


def test_importing_makes_the_same_events_again(tmp_path, read):
    path = written(tmp_path, chat(1, ["a"], "b"), chat(2, ["x"], "y", trace=2))

    assert [draft.events for draft in read(path)[0]] == [draft.events for draft in read(path)[0]]


def test_traces_of_one_conversation_are_one_session(tmp_path, read):
    named = {"gen_ai__conversation__id": "c1"}
    spans = [
        chat(1, ["a"], "b", **named),
        chat(2, ["a", "b", "c"], "d", trace=2, **named),
        chat(3, ["z"], "y", trace=3),
    ]

    drafts, _ = read(written(tmp_path, *spans))

    assert [draft.header.external_id for draft in drafts] == ["c1", f"{3:032x}"]


def test_the_conversation_of_a_span_above_counts_for_those_below(tmp_path, read):
    root = span(1, name="agent", session__id="s9", user__id="u1")

    (draft,), _ = read(written(tmp_path, chat(2, ["a"], "b", parent=1), root))

    assert (draft.header.external_id, draft.header.subject) == ("s9", "u1")


def test_capture_that_was_off_is_counted_and_runs_stay(tmp_path, read):
    (draft,), notes = read(written(tmp_path, chat(1, None, None, gen_ai__usage__input_tokens=5), chat(2, None, None)))

    assert kinds(draft) == ["started", "requested", "completed", "requested", "completed"]
    assert draft.events[2][1].data["prompt_tokens"] == 5
    assert notes.not_captured["otlp: what models were given (capture was off, or cut off)"] == 2


def test_a_failed_call_is_a_failed_run(tmp_path, read):
    failed = chat(1, ["a"], None, status={"code": 2, "message": "rate limit"}, error__type="429")

    (draft,), _ = read(written(tmp_path, failed))

    assert kinds(draft)[-1] == "failed"
    assert draft.events[-1][1].data["reason"] == "rate limit"


def test_openllmetry_and_the_oldest_conventions_are_read(tmp_path, read):
    flat = span(
        1, gen_ai__system="openai", gen_ai__prompt__0__role="user", gen_ai__prompt__0__content="a",
        gen_ai__completion__0__role="assistant", gen_ai__completion__0__content="b", llm__request__type="chat",
    )  # fmt: skip
    texts = {"gen_ai__prompt": json.dumps([{"role": "user", "content": "a"}]), "gen_ai__completion": "b"}
    content = [
        ("gen_ai.content.prompt", {"gen_ai.prompt": "a"}),
        ("gen_ai.content.completion", {"gen_ai.completion": "b"}),
    ]
    spans = [flat, span(2, trace=2, gen_ai__operation__name="chat", **texts)]
    spans.append(span(3, trace=3, gen_ai__operation__name="chat", events=content))

    drafts, _ = read(written(tmp_path, *spans))

    assert [said(draft) for draft in drafts] == [[("user", "a"), ("assistant", "b")]] * 3


@pytest.mark.parametrize("key", ["response", "result"])
def test_what_a_tool_returned_is_read_under_both_names(key, tmp_path, read):
    call = {"role": "assistant", "parts": [{"type": "tool_call", "id": "1", "name": "f", "arguments": {"x": 1}}]}
    came = {"role": "tool", "parts": [{"type": "tool_call_response", "id": "1", key: "yes"}]}
    given = value_of([message("user", "a"), call, came])
    one = chat(1, None, "b")
    one["attributes"].append({"key": "gen_ai.input.messages", "value": given})

    (draft,), _ = read(written(tmp_path, one))

    assert said(draft) == [("user", "a"), ("called", "f", {"x": 1}), ("returned", "yes"), ("assistant", "b")]


def test_retrieved_documents_are_what_a_look_up_returned_and_no_list_shown(tmp_path, read):
    found = {"retrieval__documents__0__document__id": "d1", "retrieval__documents__0__document__score": 0.5}
    look = span(2, name="search", openinference__span__kind="RETRIEVER", input__value="shoes", **found)

    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b"), look))

    assert said(draft)[-1] == ("returned", {"documents": [{"id": "d1", "score": 0.5}]})
    assert "items-shown" not in kinds(draft)


def test_evaluations_are_feedback_on_the_message(tmp_path, read):
    judged = ("gen_ai.evaluation.result", {"gen_ai.evaluation.name": "polite", "gen_ai.evaluation.score.value": 0.5})

    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b", events=[judged])))

    feedback = draft.events[-1][1]
    assert (feedback.data["name"], feedback.data["rating"]) == ("polite", 0.5)
    assert feedback.data["message_id"] == draft.events[3][1].data["message_id"]


def test_a_bad_span_is_left_out_with_its_line(tmp_path, read):
    bad = {**chat(1, ["a"], "b"), "traceId": "W47/95gDgQPSabYzgT/GDA=="}
    path = tmp_path / "x"
    path.write_text("\n".join(json.dumps(request(one)) for one in (chat(2, ["c"], "d"), bad)), encoding="utf-8")

    drafts, notes = read(path)

    assert [said(draft) for draft in drafts] == [[("user", "c"), ("assistant", "d")]]
    assert [(one.line, one.reason) for one in notes.quarantined] == [(2, "traceId is not 32 hexadecimal digits")]


def test_a_sparse_list_is_refused_and_not_unfolded(tmp_path, read):
    bomb = span(1, openinference__span__kind="LLM", llm__input_messages__999999999__message__role="user")

    drafts, notes = read(written(tmp_path, bomb, chat(2, ["a"], "b", trace=2)))

    assert len(drafts) == 1
    assert "entry number 999999999; at most 10,000" in notes.quarantined[0].reason


def test_logs_delivered_twice_count_once(tmp_path, read):
    record = {
        "timeUnixNano": "1700000000000000000", "eventName": "gen_ai.user.message", "traceId": f"{1:032x}",
        "spanId": f"{1:016x}", "attributes": keyed({}), "body": value_of({"content": "a"}),
    }  # fmt: skip
    path = tmp_path / "logs"
    logs = {"resourceLogs": [{"scopeLogs": [{"logRecords": [record, record]}]}]}
    path.write_text(json.dumps(logs), encoding="utf-8")

    (draft,), notes = read(path)

    assert said(draft) == [("user", "a")]
    assert notes.not_captured["otlp: log records that were delivered more than once (kept once)"] == 1


def choice(text, number=0):
    return {**message("assistant", text), "finish_reason": "stop", "index": number}


def test_several_answers_to_one_question_are_branches(tmp_path, read):
    one = chat(1, ["a"], None, gen_ai__output__messages=json.dumps([choice("b"), choice("B")]))

    (draft,), _ = read(written(tmp_path, one, chat(2, ["a", "b", "c"], "d")))

    assert [text for _, text in said(draft)] == ["a", "b", "c", "d"]
    (branch,) = draft.branches
    assert said(draft, branch.id) == [("assistant", "B")]


def test_several_choices_as_log_events_are_branches(tmp_path, read):
    def record(name, **body):
        return {
            "timeUnixNano": "1700000000000000000", "eventName": name, "traceId": f"{1:032x}", "spanId": f"{1:016x}",
            "body": value_of(body),
        }  # fmt: skip

    texts = [(1, "B"), (0, "b")]
    logs = [record("gen_ai.user.message", content="a")]
    logs += [record("gen_ai.choice", index=n, message={"role": "assistant", "content": text}) for n, text in texts]
    path = tmp_path / "logs"
    path.write_text(json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": logs}]}]}), encoding="utf-8")

    (draft,), _ = read(path)

    assert said(draft) == [("user", "a"), ("assistant", "b")]
    assert said(draft, draft.branches[0].id) == [("assistant", "B")]


def test_messages_that_were_cut_off_are_not_taken_for_words(tmp_path, read):
    cut = json.dumps([message("user", "a very long question")])[:-20]

    (draft,), notes = read(written(tmp_path, chat(1, None, "b", gen_ai__input__messages=cut)))

    assert said(draft) == [("assistant", "b")]
    assert notes.not_captured["otlp: what models were given (capture was off, or cut off)"] == 1
