"""What a file held by its own words: counted here by plain JSON and CSV, and told by the import."""

import csv
import json

import pytest


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
