"""History, find and explain on real sessions: what the command line says is what every state says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app import bootstrap
from app.__main__ import main
from app.domain.conditions import parse, test_of
from app.domain.diff import same
from app.domain.pointers import ABSENT, at, steps_of
from app.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Line = tuple[int, Any, str]
ASKED = {
    "sgd": (
        ("/conversation/slots", "/conversation/messages/3/text", "/recommendation/shown/0/item", "/conversation/calls"),
        ("len(conversation.messages) > 5", "'Restaurants_1' in conversation.slots", "len(conversation.open_calls) > 0"),
    ),
    "online-retail": (
        ("/recommendation/purchased", "/recommendation/names", "/recommendation/seen", "/problems"),
        ("len(recommendation.purchased) > 10", "recommendation.predicted[0].score > 2", "recommendation.seen != null"),
    ),
    "tau-bench": (
        ("/conversation/calls/0/result", "/conversation/instructions", "/conversation/open_calls", "/conversation"),
        ("conversation.calls[-1].error", "'agent' in lower(conversation.instructions)", "len(generation.runs) == 0"),
    ),
    "star": (
        ("/conversation/status", "/conversation/messages", "/generation", "/conversation/classification"),
        ("'?' in conversation.messages[-1].text", "len(recommendation.shown) > 0", "len(conversation.feedback) > 0"),
    ),
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Line]:
    location = str(tmp_path / "a.branchline")

    def ran(*words: str) -> Line:
        code = main([words[0], "--store", location, *words[1:]])
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if "--json" in words and code == 0 else printed.out, printed.err

    return ran


@pytest.mark.parametrize("source", ASKED)
def test_what_is_found_is_what_the_states_of_all_positions_say(
    source: str, run: Callable[..., Line], tmp_path: Path
) -> None:
    run("import", str(resource_path("demo") / source))
    with bootstrap.core(str(tmp_path / "a.branchline")) as core:
        session = min(core.library.sessions(), key=lambda one: one.events)
        branch = core.library.branch(session.header.id)
        states = [core.time_machine.state(branch.id, position) for position in range(branch.head + 1)]
        events = core.store.read(branch.id, 1, branch.head)

    pointers, conditions = ASKED[source]
    for pointer in pointers:
        values = [at(state, steps_of(pointer)) for state in states]
        changed = [one for one in range(1, len(values)) if not same(values[one - 1], values[one])]
        _, found, _ = run("history", session.header.id, pointer, "--json")
        assert [one["position"] for one in found] == changed, pointer
        for one in found:
            before, after = values[one["position"] - 1], values[one["position"]]
            assert one["before"] == (None if before is ABSENT else before)
            assert one["after"] == (None if after is ABSENT else after)
            assert (one["event"], one["type"]) == (events[one["position"] - 1].id, events[one["position"] - 1].type)
    for condition in conditions:
        truths = [test_of(parse(condition))(state) for state in states]
        rising = [one for one in range(len(truths)) if truths[one] and (one == 0 or not truths[one - 1])]
        assert run("find", session.header.id, condition, "--all", "--json")[1] == rising, condition
        assert run("find", session.header.id, condition, "--json")[1] == rising[:1]


@pytest.fixture
def dialogue(run: Callable[..., Line]) -> Callable[..., Line]:
    run("import", str(DATA / "sgd"))
    session = run("sessions", "--json")[1][0]["id"]
    return lambda command, *words: run(command, session, *words)


def test_a_bad_condition_is_shown_with_its_place(dialogue: Callable[..., Line]) -> None:
    code, out, err = dialogue("find", "conversation.status = 'open'")

    assert (code, out) == (1, "")
    shown, caret, sentence = err.splitlines()
    assert shown[caret.index("^")] == "="
    assert sentence.startswith("branchline: column 21: ")


def test_what_never_becomes_true_is_said_and_is_no_failure(dialogue: Callable[..., Line]) -> None:
    assert dialogue("find", "len(conversation.messages) > 9999", "--json")[:2] == (0, [])
    code, out, err = dialogue("find", "len(conversation.messages) > 9999")
    assert (code, out) == (0, "")
    assert "never becomes true on main" in err


def test_ranges_are_inclusive_and_checked(dialogue: Callable[..., Line]) -> None:
    everything = [one["position"] for one in dialogue("history", "/conversation/messages", "--json")[1]]
    first, last = everything[1], everything[3]

    inside = dialogue("history", "/conversation/messages", "--from", str(first), "--to", str(last), "--json")[1]

    assert [one["position"] for one in inside] == everything[1:4]
    assert dialogue("history", "/conversation/messages", "--from", str(last), "--to", str(first))[0] == 1
    assert dialogue("find", "true", "--from", "99999")[0] == 1


@pytest.mark.parametrize(
    ("pointer", "sentence"),
    [
        ("", "a pointer begins with one of /conversation"),
        ("/nowhere/x", "a pointer begins with one of /conversation"),
        ("/conversation/slotz", "conversation has messages, slots"),
        ("conversation/slots", "a JSON pointer begins with /"),
        ("/conversation/slots/a~b", "~0"),
    ],
)
def test_a_pointer_into_nothing_is_refused_in_words(dialogue: Callable[..., Line], pointer: str, sentence: str) -> None:
    for command in ("history", "explain"):
        code, _, err = dialogue(command, pointer)
        assert code == 1
        assert sentence in err


def test_a_recorded_value_is_traced_to_what_caused_its_event(dialogue: Callable[..., Line]) -> None:
    told = dialogue("explain", "/conversation/calls/0/result", "--json")[1]
    text = dialogue("explain", "/conversation/calls/0/result")[1]

    assert told["kind"] == "recorded"
    assert told["event"]["type"] == "conversation.tool-returned"
    assert [one["type"] for one in told["causes"]] == ["conversation.tool-called"]
    assert told["change"]["after"] == told["value"]
    assert "recorded" in text
    assert "caused by   event" in text


def test_what_was_there_from_the_start_has_no_event(dialogue: Callable[..., Line]) -> None:
    told = dialogue("explain", "/conversation/status", "--at", "0", "--json")[1]

    assert (told["value"], told["change"], told["event"]) == ("open", None, None)
    assert "as it was at the start" in dialogue("explain", "/conversation/status", "--at", "0")[1]


def test_a_computed_value_names_what_weighs_in_it(run: Callable[..., Line]) -> None:
    run("import", str(resource_path("demo") / "online-retail"))
    session = run("sessions", "--json")[1][0]["id"]

    told = run("explain", session, "/recommendation/predicted/0/score", "--json")[1]
    text = run("explain", session, "/recommendation/predicted/0/score")[1]

    assert told["kind"] == "computed"
    assert told["total"] == pytest.approx(told["value"], rel=1e-12)
    assert sum(one["now"] for one in told["contributions"]) == pytest.approx(told["value"], rel=1e-12)
    assert "computed by Branchline, not recorded" in text


def test_folds_are_compared_by_their_version(dialogue: Callable[..., Line]) -> None:
    assert dialogue("diff", "--from", "3", "--to", "3", "--fold-from", "1", "--fold-to", "1", "--json")[1] == []
    code, _, err = dialogue("diff", "--from", "3", "--fold-to", "99")
    assert code == 1
    assert "there is no fold version 99; known are" in err
