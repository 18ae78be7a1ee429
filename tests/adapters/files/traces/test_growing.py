"""A conversation that comes in several files is one session, whichever of them repeat what."""

import json
import tempfile
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from fakes.fixed_clock import FixedClock
from fakes.sequential_ids import SequentialIds
from fakes.spans import chat, request
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import IMPORTS, Importing
from app.domain.fold.fold import fold_all

NAMED = {"gen_ai__conversation__id": "c"}
FIRST = chat(1, ["a"], "b", **NAMED)
SECOND = chat(2, ["a", "b", "c"], "d", trace=2, **NAMED)
OTHER = chat(3, ["a", "B"], "x", trace=3, **NAMED)
ALONE = chat(4, ["q"], "r", trace=4, **NAMED)


def imported(*files):
    """(what each branch says, reports) after importing files one by one, each given as its spans; all of it folds."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "s", clock=FixedClock(), ids=SequentialIds())
        try:
            reports = []
            for number, spans in enumerate(files):
                path = Path(folder, f"{number}.json")
                path.write_text(json.dumps(request(*spans)), encoding="utf-8")
                reports.append(Importing(store, KnownFormats()).run([path]))
            (session,) = (one.header.id for one in store.sessions() if one.header.id != IMPORTS.id)
            branches = [one for one in store.branches(session) if one.kind == "branch"]
            told = {one.name: [words(event) for event in store.iterate(one.id) if words(event)] for one in branches}
            assert not list(store.verify().problems)
            assert not [one.name for one in branches if fold_all(list(store.iterate(one.id))).lists.get("problems")]
            return told, reports
        finally:
            store.close()


def words(event):
    return event.data["text"] if event.type == "conversation.message-posted" else ""


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([[FIRST], [SECOND]], {"main": list("abcd")}),
        ([[SECOND], [FIRST]], {"main": list("abcd")}),
        ([[FIRST], [FIRST, SECOND]], {"main": list("abcd")}),
        ([[FIRST], [ALONE]], {"main": list("abqr")}),
        ([[FIRST, SECOND], [OTHER]], {"main": list("abcd"), "B": list("aBx")}),
        ([[FIRST], [FIRST, SECOND, OTHER]], {"main": list("abcd"), "B": list("aBx")}),
    ],
    ids=["goes on", "late", "grown", "only what is new", "other words", "grown with a branch"],
)
def test_files_of_one_conversation_are_one_session(files, told):
    said, reports = imported(*files)

    assert said == told
    assert not [part for report in reports for part in report.quarantined]


def test_what_is_told_again_is_counted_as_there():
    _, reports = imported([FIRST, SECOND, OTHER], [FIRST, SECOND, OTHER])

    assert (reports[1].events, reports[1].duplicates) == (0, reports[0].events)


CHOICES = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from("pqrs")), min_size=2, max_size=6)


@settings(max_examples=25, deadline=None)
@given(choices=CHOICES, cuts=st.sets(st.integers(1, 5)))
def test_lines_are_the_same_however_calls_are_spread_over_files(choices, cuts):
    histories, calls = [["start", "hello"]], [chat(1, ["start"], "hello", **NAMED)]
    for number, (which, word) in enumerate(choices, 2):
        history = [*histories[which % len(histories)], word]
        calls.append(chat(number * 10, history, f"answer {number}", **NAMED))
        histories.append([*history, f"answer {number}"])
    edges = [0, *sorted(cut for cut in cuts if cut < len(calls)), len(calls)]
    files = [calls[begin:end] for begin, end in pairwise(edges)]

    at_once, _ = imported(calls)
    spread, _ = imported(*files)

    assert sorted(map(tuple, spread.values())) == sorted(map(tuple, at_once.values()))
    assert spread["main"] == at_once["main"]


def test_branches_of_an_own_export_of_traces_are_one_session():
    named = {"branchline__session": "s"}
    main = chat(1, ["a"], "b", **named, gen_ai__conversation__id="s")
    branch = chat(2, ["a", "b", "c"], "d", trace=2, **named, gen_ai__conversation__id="s/branch")
    other = chat(3, ["a", "b", "C"], "D", trace=3, **named, gen_ai__conversation__id="s")

    said, _ = imported([main, branch, other])

    assert said == {"main": list("abcd"), "C": list("abCD")}


@pytest.mark.parametrize("seed", range(12))
def test_any_calls_in_any_files_in_any_order_are_taken_once(seed):
    random, histories, calls = Random(seed), [[]], []
    for number in range(1, 9):
        start = random.choice(histories) if random.random() < 0.7 else []
        history, answer = [*start, random.choice("pqxy")], f"a{number}" if random.random() < 0.9 else None
        calls.append(chat(number * random.choice([1, 3]), history, answer, trace=number, **NAMED))
        histories.append([*history, answer or "z"])
    files = [random.sample(calls, random.randint(1, 8)) for _ in range(5)]

    _, reports = imported(*[file for one in files for file in (one, one)])

    assert not [part.reason for report in reports for part in report.quarantined]
    assert not any(report.events for report in reports[1::2])
