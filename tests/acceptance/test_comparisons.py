"""A demo session and two hand-made branches, compared: what every format says is committed beside this file.

After a change that is meant, ``BRANCHLINE_UPDATE_EXPECTED=1`` writes the files anew; read them before committing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.__main__ import main
from app.domain.events import NewEvent
from app.resources import resource_path

EXPECTED = Path(__file__).with_name("expected") / "comparison"
SESSION = "108_00022"
FORK = 25
SECOND = 1_000_000
KINDER = (
    ("conversation.instructions-changed", {"text": "Be kind and brief.", "name": "Support", "version": "2"}),
    ("conversation.message-posted", {"role": "user", "text": "Can you reserve a restaurant there?"}),
    ("generation.requested", {"seed": 1, "temperature": 0.2, "system": "Be kind and brief."}),
    (
        "conversation.message-posted",
        {
            "role": "assistant",
            "text": "Sure! Where and what time do you wish to reserve, and do you have a favourite restaurant?",
        },
    ),
    ("generation.completed", {"prompt_tokens": 412, "tokens": 22, "seconds": 0.5, "truncated": False}),
    ("conversation.message-posted", {"role": "user", "text": "Do they have parking?"}),
    ("generation.requested", {"seed": 1, "temperature": 0.2, "system": "Be kind and brief."}),
    ("generation.failed", {"text": "Yes, the", "reason": "the server went away"}),
    ("conversation.message-posted", {"role": "user", "text": "Thank you a lot. I'm done with."}),
    ("conversation.message-posted", {"role": "assistant", "text": "Have a wonderful day."}),
)
STRICT = (
    ("conversation.message-posted", {"role": "user", "text": "Can you reserve a restaurant there?"}),
    ("generation.requested", {"seed": 2, "temperature": 0.9, "system": None}),
    ("recommendation.items-shown", {"items": [
        {"item": "Restaurants_1/Mandaloun", "name": "Mandaloun"},
        {"item": "Restaurants_1/Broadway Masala", "name": "Broadway Masala"},
    ]}),
    ("conversation.message-posted", {"role": "assistant", "text": "可以。几点,几位?"}),
    ("generation.completed", {"prompt_tokens": 512, "tokens": 9, "seconds": 0.25, "truncated": True}),
)  # fmt: skip


def event(branch: str, number: int, kind: str, data: dict[str, Any]) -> NewEvent:
    """An event as a continuation records it; its id is ``branch-number``."""
    given, cause = dict(data), None
    if kind == "conversation.message-posted":
        given["message_id"] = f"{branch}-m{number}"
        if given["role"] == "assistant" and number < 6:
            given["generated_by"] = {"model": "smollm2:135m", "request": f"{branch}-{number - 1}"}
    elif kind == "generation.requested":
        system = [{"role": "system", "content": given["system"]}] if given["system"] else []
        given = {
            "model": "smollm2:135m",
            "digest": "fd5f44c0b5aff6453726119fc560d73a8a995a55b4a49804bc24b1969ecf1794",
            "server_version": "0.32.15",
            "request": {
                "model": "smollm2:135m",
                "options": {"seed": given["seed"], "temperature": given["temperature"], "num_ctx": 512},
                "messages": system,
            },
        }
    elif kind.startswith("generation."):
        cause = f"{branch}-{number - (1 if kind.endswith('failed') else 2)}"
        if branch == "strict":
            cause = "strict-2"
        seconds = given.pop("seconds", None)
        if seconds:
            parts = {"load_duration": 0.1, "prompt_eval_duration": 0.15, "eval_duration": seconds}
            given["durations"] = {name: round(part * 1e9) for name, part in parts.items()}
            given["durations"]["total_duration"] = round((0.25 + seconds) * 1e9)
    actor = {"user": "user", "assistant": "assistant"}.get(str(data.get("role")), "system")
    return NewEvent(
        id=f"{branch}-{number}",
        source="urn:test",
        type=kind,
        data=given,
        actor=actor,
        time=1_700_000_000 * SECOND + number * SECOND,
        causation_id=cause,
    )


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    location = str(tmp_path / "demo.branchline")
    assert main(["import", "--store", location, str(resource_path("demo") / "sgd")]) == 0
    with bootstrap.core(location) as core:
        branch = core.library.branch(core.library.session(SESSION).header.id)
        for name, events in (("kinder", KINDER), ("strict", STRICT)):
            made = core.store.fork(branch.id, FORK, branch_id=name, name=name)
            given = [event(name, number, kind, data) for number, (kind, data) in enumerate(events, start=1)]
            core.store.append(made.id, given, expected=FORK)
        core.notebook.rate("kinder", FORK + 4, 5, "friendly")
        core.notebook.rate("strict", FORK + 4, 2)
    capsys.readouterr()
    return location


def run(store: str, *words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([words[0], "--store", store, SESSION, *words[1:]]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("main-kinder-strict.txt", ("compare", "main", "kinder", "strict")),
        ("main-kinder-strict.json", ("compare", "main", "kinder", "strict", "--json")),
        ("main-kinder-strict.md", ("compare", "main", "kinder", "strict", "--format", "markdown")),
        ("main-kinder-strict.html", ("compare", "main", "kinder", "strict", "--format", "html")),
        ("kinder-strict-different.txt", ("compare", "kinder", "strict", "--different-only", "--sort", "tokens")),
        ("kinder.Modelfile", ("export", "--branch", "kinder", "--format", "modelfile")),
        ("kinder-pairs.jsonl", ("export", "--branch", "kinder", "--format", "pairs")),
    ],
)
def test_what_is_written_is_what_is_expected(
    name: str, words: tuple[str, ...], store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, file = run(store, *words, capsys=capsys), EXPECTED / name
    if os.environ.get("BRANCHLINE_UPDATE_EXPECTED"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="\n")

    assert found == file.read_text(encoding="utf-8")


def test_the_expected_comparison_is_true(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Checked by hand, for an expected file only says that nothing changed."""
    told = json.loads(run(store, "compare", "main", "kinder", "strict", "--json", capsys=capsys))

    assert (told["trunk"], told["first_divergence"]) == (25, 26)
    assert told["divergence"] == {"main": 26, "kinder": 26, "strict": 26}
    first, *others = told["turns"]
    assert first["positions"] == {"main": 26, "kinder": 27, "strict": 26}
    assert [one["question"]["text"] for one in first["cells"].values()] == ["Can you reserve a restaurant there?"] * 3
    last = next(turn for turn in others if turn["positions"].get("kinder") == 34)
    assert last["positions"] == {"main": 51, "kinder": 34}
    assert last["groups"] == [["main", "kinder"]]
    kinder = first["cells"]["kinder"]["metrics"]
    assert (kinder["tokens"], kinder["prompt_tokens"], kinder["tokens_per_second"]) == (22, 412, 44.0)
    assert (kinder["first_token_ms"], kinder["latency_ms"], kinder["rating"]) == (250.0, 750.0, 5.0)
    assert kinder["truncated"] is False
    strict = first["cells"]["strict"]["metrics"]
    assert (strict["truncated"], strict["words"], strict["rating"]) == (True, 6, 2.0)
    assert [change["item"] for change in told["ranks"]["strict"]["shown"]][:1] == ["Restaurants_1/Broadway Masala"]
