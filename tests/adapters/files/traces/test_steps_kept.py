"""What a trace holds beside the conversation stays: agents, chains, exceptions, logs; and no file is held in memory."""

import json
from contextlib import closing

import pytest
from fakes.fixed_clock import FixedClock
from fakes.sequential_ids import SequentialIds
from fakes.spans import BEGIN, chat, keyed, kinds, request, span, value_of, written

from app.adapters.files.formats import KnownFormats
from app.adapters.files.traces.shelf import Shelf
from app.adapters.files.traces.steps import LONGEST_KEPT
from app.adapters.store.store import open_store
from app.application.importing import IMPORTS, Importing
from app.domain.errors import Cancelled
from app.domain.vocabulary import Lane, lane_of

AGENT = {"gen_ai__operation__name": "invoke_agent", "gen_ai__agent__name": "shop"}


def of_type(draft, name):
    return [event for _, event in draft.events if event.type == name]


def test_an_agent_stands_before_what_it_held_with_all_that_its_span_says(tmp_path, read):
    agent = span(1, at=0, lasts=9, name="invoke_agent shop", gen_ai__system_instructions="Be kind.", **AGENT)

    (draft,), notes = read(written(tmp_path, chat(2, ["a"], "b", parent=1), agent))

    assert kinds(draft)[:2] == ["started", "step-taken"]
    (taken,) = of_type(draft, "trace.step-taken")
    assert taken.data["kind"] == "invoke_agent"
    assert taken.data["attributes"] == {"gen_ai.agent.name": "shop"}
    assert taken.data["content"]["gen_ai.system_instructions"] == "Be kind."
    assert taken.data["durations"] == {"total_duration": 9_000_000_000}
    assert lane_of(taken.type, taken.actor) is Lane.SYSTEM
    assert not notes.not_captured


@pytest.mark.parametrize("kind", ["CHAIN", "AGENT", "GUARDRAIL", "EVALUATOR", "EMBEDDING"])
def test_other_work_of_openinference_keeps_its_input_and_output(kind, tmp_path, read):
    told = {"openinference__span__kind": kind, "input__value": "is it fine?", "output__value": "yes"}
    holder = span(1, at=0, name="g", **told)

    (draft,), _ = read(written(tmp_path, holder, chat(2, ["a"], "b", parent=1)))

    (taken,) = of_type(draft, "trace.step-taken")
    assert taken.data["kind"] == kind
    assert taken.data["content"] == {"input.value": "is it fine?", "output.value": "yes"}


def test_what_a_reranker_was_offered_and_what_it_chose_stay(tmp_path, read):
    offered = {f"reranker__input_documents__{number}__document__id": f"d{number}" for number in range(3)}
    chosen = {"reranker__output_documents__0__document__id": "d2", "reranker__query": "shoes"}
    rank = span(2, name="rank", openinference__span__kind="RERANKER", **offered, **chosen)

    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b"), rank))

    (called,), (came,) = (of_type(draft, f"conversation.tool-{what}") for what in ("called", "returned"))
    assert [one["id"] for one in called.data["arguments"]["documents"]] == ["d0", "d1", "d2"]
    assert came.data["result"] == {"documents": [{"id": "d2"}]}
    assert came.data["attributes"]["reranker.query"] == "shoes"


def test_an_exception_keeps_its_trace_of_calls(tmp_path, read):
    told = {"exception.type": "E", "exception.message": "m", "exception.stacktrace": "line 1"}
    failed = span(2, parent=1, name="step", status={"code": 2}, events=[("exception", told)], **AGENT)

    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b"), failed))

    (event,) = of_type(draft, "trace.step-failed")
    assert event.data["reason"] == "E: m"
    assert event.data["attributes"]["events"][0]["attributes"]["exception.stacktrace"] == "line 1"


def test_what_is_too_long_is_told_with_its_length_and_counted(tmp_path, read):
    holder = span(1, at=0, openinference__span__kind="CHAIN", input__value="x" * (LONGEST_KEPT + 1))

    (draft,), notes = read(written(tmp_path, holder, chat(2, ["a"], "b", parent=1)))

    assert of_type(draft, "trace.step-taken")[0].data["content"]["input.value"] == "(left out: 20,001 characters)"
    assert notes.not_captured == {"otlp: attributes and contents of steps with more than 20,000 characters": 1}


def logged(**members):
    time = {"timeUnixNano": str(BEGIN + 10**9)}
    return {"resourceLogs": [{"scopeLogs": [{"logRecords": [{**time, **members}]}]}]}


def test_log_lines_of_a_conversation_s_trace_stand_in_it_and_others_are_counted(tmp_path, read):
    own = logged(traceId=f"{1:032x}", spanId=f"{1:016x}", severityText="ERROR", body=value_of("card declined"),
                 attributes=keyed({"code": 51}))  # fmt: skip
    lines = [request(chat(1, ["a"], "b")), own, own, logged(body=value_of("started"))]
    path = tmp_path / "both.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))

    (draft,), notes = read(path)

    (event,) = of_type(draft, "trace.log-written")
    assert event.data["content"] == {"severity": "ERROR", "body": "card declined"}
    assert event.data["attributes"] == {"code": 51}
    assert event.data["name"] == "ERROR"
    assert notes.not_captured == {
        "otlp: log records that were delivered more than once (kept once)": 1,
        "otlp: log records that name no trace and tell nothing of a conversation": 1,
    }


def test_a_shelf_gives_back_what_was_put_on_it_also_from_disk():
    shelf = Shelf()
    large = [{"text": str(number) * 1_000_000} for number in range(20)]
    places = [shelf.put(value) for value in large]

    try:
        assert [shelf.get(place) for place in reversed(places)] == large[::-1]
    finally:
        shelf.close()


def test_reading_stops_before_the_first_session_when_asked(tmp_path):
    path = written(tmp_path, *(chat(number, ["a"], "b", trace=number) for number in range(1, 600)))
    told = []

    def progress(done, total, what):
        told.append(what)
        raise Cancelled("stopped")

    with closing(open_store(tmp_path / "s", clock=FixedClock(), ids=SequentialIds())) as store:
        with pytest.raises(Cancelled):
            Importing(store, KnownFormats()).run([path], progress=progress)

        assert told == ["spans.bin: 200 spans"]
        assert [one.header.id for one in store.sessions()] == [IMPORTS.id]
