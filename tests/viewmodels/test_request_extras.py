"""What is rarely asked for, as it is typed and as it is told."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from app.application.tool_answers import ToolAnswer, ToolQuestion
from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput
from app.viewmodels.bridge import Bridge
from app.viewmodels.compose import Wish
from app.viewmodels.continuation import request_of
from app.viewmodels.request_extras import RequestExtras, keep_alive_in, options_in, options_text, schema_in
from app.viewmodels.tool_asking import ToolAsking

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WEATHER = {"type": "function", "function": {"name": "weather", "parameters": {}}}


def test_options_are_read_line_by_line_and_written_back() -> None:
    read = options_in('top_k=40\n\n min_p=0.05\nstop=["END"]')

    assert read == {"top_k": 40, "min_p": 0.05, "stop": ["END"]}
    assert options_in(options_text(read)) == read


def test_a_wrong_option_names_its_line() -> None:
    with pytest.raises(BadInput, match="line 2: the option top_p"):
        options_in("top_k=40\ntop_p=7")


@pytest.mark.parametrize("text", ["{", "[]", "1"])
def test_what_is_no_schema_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        schema_in(text)


def test_how_long_a_model_stays_is_a_time_or_seconds() -> None:
    assert [keep_alive_in(text) for text in ("", "10m", "-1", "0.5")] == [None, "10m", -1, 0.5]


@pytest.mark.parametrize("text", ["soon", "inf", "nan", "10 parsecs"])
def test_what_is_no_time_is_refused_before_it_is_used(text: str) -> None:
    with pytest.raises(BadInput, match="keep_alive is a duration such as 10m"):
        keep_alive_in(text)


def test_all_of_it_stands_in_the_request() -> None:
    extras = RequestExtras(
        options={"top_k": 40, "seed": 1},
        format="json",
        think="low",
        keep_alive="10m",
        context=ContextChoice(kind="last", turns=2),
        tools="stub",
        definitions=(WEATHER,),
        may_cut=True,
    )
    wish = Wish(say="Hi", instructions=None, model="m", options={"seed": 7}, extras=extras)

    request = request_of(wish, "branch")

    assert request.options == {"top_k": 40, "seed": 7}
    assert (request.format, request.think, request.keep_alive, request.may_cut) == ("json", "low", "10m", True)
    assert request.context.turns == 2
    assert request.tools == (WEATHER,)
    assert request.tool_answers.policy == "stub"
    assert extras.words() == (
        "top_k 40, seed 1 · JSON · thinking low · kept 10m · last turns: 2 · tools: 1 · may be cut"
    )
    assert RequestExtras().words() == ""


def test_a_tool_waits_for_the_person_who_answers(qtbot: QtBot) -> None:
    bridge = Bridge()
    asking = ToolAsking(bridge)
    asked: list[ToolQuestion] = []
    answers: list[ToolAnswer] = []
    asking.asked.connect(asked.append)
    question = ToolQuestion(call_id="c", name="weather", arguments={})
    thread = threading.Thread(target=lambda: answers.append(asyncio.run(asking.ask(question))))

    thread.start()
    qtbot.waitUntil(lambda: bool(asked))
    asking.answer(ToolAnswer(result={"sky": "blue"}))
    thread.join(5)
    bridge.close()

    assert asked == [question]
    assert answers == [ToolAnswer(result={"sky": "blue"})]


def test_a_stopped_run_takes_its_question_back(qtbot: QtBot) -> None:
    bridge = Bridge()
    asking = ToolAsking(bridge)
    told: list[str] = []
    asking.withdrawn.connect(lambda: told.append("withdrawn"))

    async def stopped() -> None:
        task = asyncio.ensure_future(asking.ask(ToolQuestion(call_id="c", name="weather", arguments={})))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    thread = threading.Thread(target=lambda: asyncio.run(stopped()))
    thread.start()
    qtbot.waitUntil(lambda: told == ["withdrawn"])
    thread.join(5)
    asking.answer(ToolAnswer(result=None))
    bridge.close()
