"""What a file held by its own words: counted here by plain JSON and CSV, and told by the import."""

import csv
import json

import pytest
from fakes.fixed_clock import FixedClock
from fakes.memory_event_store import MemoryEventStore

from app.adapters.files.formats import KnownFormats
from app.application.importing import Importing


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of_dialogues(path):
    held = json.loads(path.read_text(encoding="utf-8"))
    return {"dialogues": len(held), "turns": sum(len(one["turns"]) for one in held)}


def of_star(path):
    return {"dialogues": 1, "events of the log": len(json.loads(path.read_text(encoding="utf-8"))["Events"])}


def of_runs(path):
    held = json.loads(path.read_text(encoding="utf-8"))
    return {"runs": len(held), "messages": sum(len(one["traj"]) for one in held)}


def of_chats(path):
    held = lines(path)
    return {"conversations": len(held), "messages": sum(len(one["messages"]) for one in held)}


def of_customers(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {"customers": len({row["CustomerID"] for row in rows}), "lines": len(rows)}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("sgd/dialogues.json", of_dialogues),
        ("star/4227.json", of_star),
        ("star/465.json", of_star),
        ("tau-bench/trajectories.json", of_runs),
        ("openai-messages/toy_chat.jsonl", of_chats),
        ("online-retail/events.csv", of_customers),
    ],
)
def test_an_import_tells_how_much_the_file_held(name, count, data, read):
    path = data / name

    drafts, notes = read(path)

    assert dict(notes.read) == count(path)
    assert drafts


@pytest.mark.parametrize("name", ["langgraph/state_history.json", "oasst/trees.jsonl"])
def test_branches_are_counted_whether_they_are_new_or_not(name, data):
    store = MemoryEventStore(clock=FixedClock())

    first, again = (Importing(store, KnownFormats()).run([data / name]) for _ in range(2))

    assert first.files[0].branches > 0
    assert again.files[0].branches == first.files[0].branches
    assert again.events == 0
