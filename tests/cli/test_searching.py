"""Looking for events from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app.__main__ import main
from app.domain.search_text import holds_all, needles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    location = str(tmp_path / "a.branchline")
    assert main(["import", "--store", location, *(str(DATA / name) for name in ("sgd", "star", "online-retail"))]) == 0
    capsys.readouterr()
    return location


class Line:
    def __init__(self, store: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._store, self._capsys = store, capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([words[0], "--store", self._store, *words[1:]])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def events(self, session: str, *words: str) -> list[Any]:
        return [json.loads(text) for text in self.run("events", session, *words, "--json")[1].splitlines()]


@pytest.fixture
def line(store: str, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(store, capsys)


@pytest.mark.parametrize("text", ["restaurant", "Would you", '"would you"', "e", "zzzz"])
def test_search_finds_what_reading_every_event_finds(line: Line, text: str) -> None:
    found = line.json("search", text, "--limit", "100000")

    expected = {
        (event["session"], event["branch"], event["position"], event["id"])
        for session in line.json("sessions")
        for stream in ([], ["--stream", "analyst"], ["--stream", "derived"])
        for event in line.events(session["id"], *stream)
        if holds_all(event["type"], event["data"], needles(text))
    }
    assert {(hit["session"], hit["branch"], hit["position"], hit["event"]) for hit in found} == expected
    assert len(found) == len(expected)


def test_hits_have_the_promised_shape(line: Line) -> None:
    for hit in line.json("search", "restaurant", "--limit", "5"):
        assert {"session", "branch", "position", "event", "snippet", "match", "title", "time", "type"} <= set(hit)
        assert hit["snippet"][slice(*hit["match"])].casefold() == "restaurant"


def test_a_page_says_how_many_more_there_are(line: Line) -> None:
    code, out, err = line.run("search", "e", "--limit", "2")

    assert code == 0
    assert sum(text.startswith(" ") for text in out.splitlines()) == 2
    assert "2 of " in err


def test_search_and_events_share_their_filters(line: Line) -> None:
    session = line.json("search", "restaurant", "--limit", "1")[0]["session"]
    words = ["--type", "conversation", "--actor", "user"]

    by_search = line.json("search", "--session", session, *words, "--limit", "1000")
    by_reading = line.events(session, *words)

    assert by_reading
    assert [hit["event"] for hit in by_search] == [event["id"] for event in by_reading]
    assert {event["actor"] for event in by_reading} == {"user"}


def test_a_day_means_all_of_it(line: Line) -> None:
    session = next(one for one in line.json("sessions") if one["started"])
    day = session["started"][:10]

    found = line.events(session["id"], "--since", day, "--until", day)

    assert found
    assert {event["time"][:10] for event in found} == {day}


@pytest.mark.parametrize(
    ("words", "code"),
    [(["search"], 1), (["search", "x", "--branch", "b"], 1), (["search", "x", "--since", "soon"], 2),
     (["search", "x", "--session", "none"], 1), (["story", "nobody"], 1)],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_one_line(line: Line, words: list[str], code: int) -> None:
    assert line.run(*words)[0] == code


def test_a_story_tells_all_events_of_a_customer(line: Line) -> None:
    session = next(one for one in line.json("sessions") if one["subject"])

    story = line.json("story", session["subject"])

    own = [event["id"] for event in story if event["session"] == session["id"]]
    assert own == [event["id"] for event in line.events(session["id"])]
    assert line.run("story", session["subject"])[1].startswith(session["title"][:20])


def test_what_is_done_to_a_branch_is_found(line: Line) -> None:
    session = line.json("sessions")[0]["id"]
    line.run("branch", session, "--at", "3", "--name", "wondrous idea")

    (hit,) = line.json("search", "wondrous")

    assert (hit["branch"], hit["type"]) == ("analyst", "analyst.branch-created")
