"""CSV, a ChatGPT-like tree and OTLP/JSON: what they hold, and what they say that they do not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event, said
from fakes.memory_event_store import MemoryEventStore

from app.adapters.files.export_chatgpt import export_chatgpt
from app.adapters.files.export_csv import COLUMNS, export_csv
from app.adapters.files.export_otlp import export_otlp
from app.adapters.files.formats import KnownFormats
from app.application.importing import IMPORTS, Importing
from app.application.outgoing.losses import Losses
from app.application.outgoing.view import OutgoingView
from app.application.ports import SessionDraft, no_progress
from app.domain.errors import Cancelled
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CALL = {"call_id": "c", "name": "find", "arguments": {"q": 1}}


@pytest.fixture
def view() -> OutgoingView:
    """main a–d with a click; b leaves it at 3, calls a tool and answers by a model; a note on b."""
    store = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="=Rooms", source="urn:test", external_id="x", subject="c-1")
    events = [*said("abcd"), new_event(5, "behaviour.item-clicked", {"item": "A"})]
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in events]))
    store.fork("s/main", 3, branch_id="b", name="kinder")
    made = {"message_id": "m9", "role": "assistant", "text": "+1", "generated_by": {"model": "tiny"}}
    asked = {"model": "tiny", "request": {"options": {"seed": 7, "temperature": 0.5}}}
    grown = [
        new_event(11, "conversation.tool-called", CALL, actor="assistant"),
        new_event(12, "conversation.tool-returned", {"call_id": "c", "result": [1], "error": True}, actor="tool"),
        new_event(13, "generation.requested", asked),
        new_event(14, "conversation.message-posted", made, actor="assistant"),
        new_event(15, "conversation.message-edited", {"message_id": "m9", "text": "plus one"}),
        message(16, "left unanswered"),
    ]
    store.append("b", grown, expected=3)
    note = {"branch": "b", "position": 5, "text": "@here"}
    store.append("s/analyst", [new_event(20, "analyst.note-written", note)], expected=0)
    return OutgoingView(store, "s")


def counted(losses: Losses) -> dict[str, int]:
    return {one["what"]: one["count"] for one in losses.to_json()}


def again(text: Iterable[str], tmp_path: Path) -> Any:
    """A store that has imported what was written."""
    path = tmp_path / "written"
    path.write_text("".join(text), encoding="utf-8")
    store = MemoryEventStore(clock=FixedClock())
    assert Importing(store, KnownFormats()).run([path]).quarantined == []
    return store


def spoken(store: Any, session: str) -> dict[str, list[Any]]:
    """What is said on each branch."""
    told = {}
    for branch in store.branches(session):
        texts = [one.data.get("text") for one in store.iterate(branch.id) if one.type == "conversation.message-posted"]
        if texts:
            told[branch.name] = texts
    return told


def sessions(store: Any) -> list[str]:
    return [one.header.id for one in store.sessions() if one.header.id != IMPORTS.id]


def test_csv_has_a_row_an_event_and_no_formula(view: OutgoingView) -> None:
    losses = Losses()
    rows = list(csv.DictReader(io.StringIO("".join(export_csv(view, losses, no_progress)), newline="")))

    assert [(row["branch"], int(row["position"])) for row in rows] == [
        *(("main", one) for one in range(1, 6)), *(("kinder", one) for one in range(4, 10)), ("analyst", 1),
    ]  # fmt: skip
    assert list(rows[0]) == list(COLUMNS)
    assert rows[8]["text"] == "'+1"
    assert rows[11]["text"] == "'@here"
    assert json.loads(rows[5]["data"]) == CALL
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row.values())
    assert counted(losses)["cells got an apostrophe, so that no spreadsheet takes them for a formula"] == 2
    assert counted(losses)["hashes and salts, by which the events could be verified"] == 12


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_no_beginning_makes_a_formula(start: str) -> None:
    store = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="t", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", message(1, f"{start}cmd|' /C calc'!A0"))]))

    (row,) = csv.DictReader(
        io.StringIO("".join(export_csv(OutgoingView(store, "s"), Losses(), no_progress)), newline="")
    )

    assert row["text"] == f"'{start}cmd|' /C calc'!A0"


def test_a_tree_of_messages_holds_all_branches_and_shows_the_chosen_one(view: OutgoingView, tmp_path: Path) -> None:
    losses = Losses()
    text = "".join(export_chatgpt(view, "b", losses, no_progress))
    (conversation,) = json.loads(text)
    mapping = conversation["mapping"]

    assert [node["id"] for node in mapping.values() if node["parent"] is None] == ["root"]
    for key, node in mapping.items():
        assert node["id"] == key
        assert all(mapping[child]["parent"] == key for child in node["children"])
    assert mapping["s/main#3"]["children"] == ["s/main#4", "b#4"]
    assert mapping["b#7"]["message"]["content"]["parts"] == ["plus one"]
    assert mapping["b#7"]["message"]["metadata"]["model_slug"] == "tiny"
    assert conversation["current_node"] == "b#9"
    assert counted(losses)["behaviour.item-clicked events"] == 1
    assert counted(losses)["edits (the last text is kept)"] == 1
    store = again([text], tmp_path)
    (session,) = sessions(store)
    assert sorted(spoken(store, session).values()) == sorted(
        [["a", "b", "c", "d"], ["a", "b", "c", "plus one", "left unanswered"]]
    )


def attributes(span: dict[str, Any]) -> dict[str, Any]:
    return {one["key"]: next(iter(one["value"].values())) for one in span["attributes"]}


def test_traces_hold_each_branch_as_a_conversation(view: OutgoingView, tmp_path: Path) -> None:
    losses = Losses()
    lines = list(export_otlp(view, losses, no_progress))
    spans = [span for line in lines for span in json.loads(line)["resourceSpans"][0]["scopeSpans"][0]["spans"]]
    by_name = {span["name"]: attributes(span) for span in spans}

    assert all(len(span["traceId"]) == 32 and len(span["spanId"]) == 16 for span in spans)
    assert len({span["spanId"] for span in spans}) == len(spans)
    answer = by_name["chat tiny"]
    assert (answer["gen_ai.provider.name"], answer["gen_ai.request.seed"]) == ("ollama", "7")
    assert json.loads(answer["gen_ai.input.messages"])[0]["parts"][0]["type"] == "tool_call_response"
    tool = next(span for span in spans if span["name"] == "execute_tool find")
    asking = next(span for span in spans if span["spanId"] == tool["parentSpanId"])
    assert tool["status"] == {"code": 2}
    assert [one["role"] for one in json.loads(attributes(asking)["gen_ai.input.messages"])] == [
        "user",
        "assistant",
        "user",
    ]
    assert counted(losses)["answers whose model nobody wrote down"] == 2
    store = again(lines, tmp_path)
    told = sorted(text for one in sessions(store) for text in spoken(store, one).values())
    assert told == [["a", "b", "c", "+1"], ["a", "b", "c", "d"]]


def test_traces_name_the_model_that_answered_in_production() -> None:
    store, losses = MemoryEventStore(clock=FixedClock()), Losses()
    header = SessionHeader(id="s", title="t", source="urn:test")
    data = {"message_id": "m2", "role": "assistant", "text": "hi", "model": "gpt-4o"}
    answer = new_event(2, "conversation.message-posted", data, actor="assistant")
    store.store_session(SessionDraft(header=header, events=[("main", message(1, "x")), ("main", answer)]))

    (line,) = export_otlp(OutgoingView(store, "s"), losses, no_progress)

    (span,) = json.loads(line)["resourceSpans"][0]["scopeSpans"][0]["spans"]
    told = attributes(span)
    assert (span["name"], told["gen_ai.response.model"]) == ("chat gpt-4o", "gpt-4o")
    assert told["gen_ai.provider.name"] == "unknown"
    assert "answers whose model nobody wrote down" not in counted(losses)


@pytest.mark.parametrize("write", [export_csv, export_otlp, lambda view, *rest: export_chatgpt(view, "s/main", *rest)])
def test_writing_can_be_stopped(write: Callable[..., Iterable[str]]) -> None:
    store = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="t", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", message(one, "x")) for one in range(1, 600)]))

    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        list(write(OutgoingView(store, "s"), Losses(), stop))
