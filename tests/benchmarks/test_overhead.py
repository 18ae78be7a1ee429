"""``bench overhead`` asks the same thing twice and tells the difference; no figure is judged here."""

from __future__ import annotations

import json

import pytest
from fakes import scripted_server as script
from fakes.scripted_server import ScriptedServer

from app.benchmarks import overhead

END = script.line({**script.DONE, "message": {"role": "assistant", "content": ""}})


def test_both_of_a_pair_ask_the_same_and_both_are_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [script.text(f"word{number} ") for number in range(overhead.FEWEST + 2)]
    with ScriptedServer(script.begin_stream, *pieces, END) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.address)

        figures = overhead.measure(pairs=2)

        asked = [json.loads(body) for body in server.bodies]
    assert (figures["pairs"], figures["server"], len(asked)) == (2, server.address, 6)
    assert all((body["messages"], body["options"]) == (asked[0]["messages"], overhead.OPTIONS) for body in asked)
    assert figures["rate_ratio"] > 0
    assert figures["ours_first_ms"] > 0 < figures["bare_first_ms"]
    assert figures["ours_piece_cpu_us"] > 0


def test_answers_that_are_too_short_to_be_timed_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.address)

        assert overhead.measure(pairs=1)["pairs"] == 0
