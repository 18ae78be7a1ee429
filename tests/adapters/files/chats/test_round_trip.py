"""What came in as a tree goes out as one and comes in again with the same lines."""

import json

import pytest
from fakes.chat_lines import lines, posted
from fakes.fixed_clock import FixedClock
from fakes.memory_event_store import MemoryEventStore
from fakes.places import DATA

from app.adapters.files.export_chatgpt import export_chatgpt
from app.application.outgoing.losses import Losses
from app.application.outgoing.view import OutgoingView
from app.application.ports import no_progress

SAMPLES = (
    "chat-exports/chatgpt/chatgpt-tree.json",
    "chat-exports/librechat/librechat-tree.json",
    "chat-exports/openwebui/openwebui-export.json",
    "oasst/trees.jsonl",
    "sharegpt/glaive_toolcall_en.json",
)


def told(draft):
    """Every line as what was said, called and returned, in any order of branches."""
    found = []
    for events in lines(draft).values():
        line = []
        for event in events:
            kind = event.type.partition(".")[2]
            if kind in {"message-posted", "instructions-changed"}:
                line.append((kind, event.data.get("role"), event.data["text"], event.data.get("model")))
            elif kind == "tool-called":
                line.append((kind, event.data["name"], json.dumps(event.data["arguments"], sort_keys=True)))
        found.append(line)
    return sorted(found, key=str)


@pytest.mark.parametrize("sample", SAMPLES)
def test_lines_are_the_same_after_a_tree_went_out_and_came_in(sample, read, tmp_path):
    drafts, _ = read(DATA / sample)

    for draft in drafts:
        store = MemoryEventStore(clock=FixedClock())
        store.store_session(draft)
        main = store.branches(draft.header.id)[0].id
        view = OutgoingView(store, draft.header.id)
        path = tmp_path / "conversations.json"
        path.write_text("".join(export_chatgpt(view, main, Losses(), no_progress)), encoding="utf-8")
        (again,), notes = read(path)

        assert told(again) == told(draft)
        assert len(posted(lines(again)["main"])) == len(posted(lines(draft)["main"]))
        assert not notes.quarantined
