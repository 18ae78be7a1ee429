"""Both states live on: a branch that continues goes on recommending from its own state, and the prompt can say so."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest
from fakes.continuing_scene import DONE, Scene
from fakes.histories import any_event
from fakes.making import message, new_event
from hypothesis import given, settings
from hypothesis import strategies as st

from app.application.ports import TextArrived
from app.application.turns import Turns
from app.domain.errors import BadInput, ModelError
from app.domain.fold.fold import fold_all
from app.domain.recommender import STRATEGIES, recommended
from app.domain.templates import BadTemplate, PromptTemplate

SHOWN, CHANGED, POSTED = (
    "recommendation.items-shown",
    "recommendation.strategy-changed",
    "conversation.message-posted",
)
STORY = (
    new_event(1, "conversation.instructions-changed", {"text": "Be brief."}, actor="system"),
    message(2, "A mug?"),
    new_event(3, "behaviour.item-viewed", {"item": "A", "name": "red mug"}),
    new_event(4, "behaviour.item-clicked", {"item": "B", "name": "blue mug"}),
    message(5, "Which colour?", "assistant"),
)
LIST = PromptTemplate(text="{% for one in shown %}{{ one.rank }}. {{ one.name }};{% end %}", name="list", version=3)


def scene(*script: Any, told: Any = STORY) -> Scene:
    return Scene(*(script or (TextArrived("x"), DONE)), told=told)


def test_the_list_stands_between_the_customers_message_and_the_request() -> None:
    here = scene()

    here.run(say="Blue.", recommend="interests")

    changed, asked, shown, requested, *_ = here.recorded()
    assert [one.type for one in (changed, asked, shown)] == [CHANGED, POSTED, SHOWN]
    assert changed.data == {"recommender": "branchline", "name": "interests"}
    assert (shown.actor, shown.causation_id, requested.causation_id) == ("system", asked.id, asked.id)
    assert shown.data["strategy"] == changed.data
    assert [(one["rank"], one["item"]) for one in shown.data["items"]] == [(1, "B"), (2, "A")]
    assert all(one["score"] > 0 and one["reasons"] for one in shown.data["items"])


def test_the_strategy_holds_for_the_turns_that_follow_until_it_is_off() -> None:
    here = scene()

    here.run(say="Blue.", recommend="recent")
    here.run(say="And now?")
    here.run(say="Enough.", recommend="off")
    here.run(say="Bye.")

    assert here.types() == [
        *(CHANGED, "message-posted", SHOWN, "requested", "message-posted", "completed"),
        *("message-posted", SHOWN, "requested", "message-posted", "completed"),
        *(CHANGED, "message-posted", "requested", "message-posted", "completed"),
        *("message-posted", "requested", "message-posted", "completed"),
    ]
    assert here.machine.state(here.branch, 24)["recommendation"]["strategy"]["name"] == "off"


def test_without_a_choice_nothing_is_recommended() -> None:
    here = scene()

    here.run(say="Blue.")
    here.run(say="Red.", recommend="off")

    assert SHOWN not in here.types()
    assert CHANGED not in here.types()


def test_where_nothing_speaks_for_any_item_no_list_is_recorded() -> None:
    here = scene(told=STORY[:2])

    here.run(say="Blue.", recommend="popular")

    assert here.types()[:3] == [CHANGED, "message-posted", "requested"]


def test_an_answer_to_what_is_there_has_one_list_caused_by_the_last_message() -> None:
    here = scene(told=STORY[:4])

    here.run(recommend="recent")
    here.run()

    shown = [one for one in here.recorded() if one.type == SHOWN]
    assert [one.causation_id for one in shown] == ["n2"]


def test_trying_again_shows_no_second_list() -> None:
    here = scene(ModelError("gone"))
    with pytest.raises(ModelError):
        here.run(say="Blue.", recommend="recent", template=LIST)
    here.model.script = (TextArrived("x"), DONE)

    asyncio.run(here.continuing.run(here.continuing.again(here.branch), here.updates.append))

    assert here.types().count(SHOWN) == 1
    assert here.model.requests[-1].messages == here.model.requests[-2].messages


def test_the_template_puts_the_list_of_this_turn_into_the_prompt_and_is_recorded() -> None:
    here = scene()

    here.run(say="Blue.", recommend="recent", template=LIST)

    system = here.model.requests[-1].messages[0]
    assert system == {"role": "system", "content": "Be brief.\n\n1. blue mug;2. red mug;"}
    addition = next(one for one in here.recorded() if one.type == "generation.requested").data["addition"]
    assert addition["text"] == "1. blue mug;2. red mug;"
    assert addition["template"] == {"name": "list", "version": 3, "text_hash": LIST.address}
    assert here.store.blob(LIST.address) == (LIST.text.encode(), "text/plain")


def test_a_template_on_trial_gives_what_would_be_sent() -> None:
    here = scene()
    turns = Turns(here.store, here.machine)

    tried = turns.rendered(LIST, here.branch, here.fork, "Blue.", "recent")
    here.run(say="Blue.", recommend="recent", template=LIST)

    addition = next(one for one in here.recorded() if one.type == "generation.requested").data["addition"]
    assert tried == addition["text"] == "1. blue mug;2. red mug;"


def test_a_preview_is_what_will_be_sent_and_writes_nothing() -> None:
    here = scene()
    wish = here.request(say="Blue.", instructions="Shout.", recommend="interests", template=LIST)

    prepared = asyncio.run(here.continuing.preview(wish))
    assert here.recorded() == []
    asyncio.run(here.continuing.run(wish, here.updates.append))

    sent = next(one for one in here.recorded() if one.type == "generation.requested").data["request"]
    assert json.loads(json.dumps(prepared.chat.messages)) == sent["messages"]
    assert prepared.chat.options == sent["options"]
    assert prepared.estimate.tokens > 0


@pytest.mark.parametrize(
    "wish",
    [
        {"recommend": "best"},
        {"template": PromptTemplate(text="{{ nothing }}")},
        {"template": PromptTemplate(text="{%")},
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_recorded(wish: dict[str, Any]) -> None:
    here = scene()

    with pytest.raises(BadInput) as told:
        here.run(say="Blue.", **wish)

    assert here.recorded() == []
    assert isinstance(told.value, BadTemplate) == ("template" in wish)


def test_a_template_can_speak_of_message_and_customer() -> None:
    here = scene()
    told = PromptTemplate(text="{{ customer }} says {{ message }}\n")

    here.run(say="Blue.", template=told)
    here.run(template=told)

    texts = [one.messages[0]["content"] for one in here.model.requests[1:]]
    assert texts == ["Be brief.\n\ncustomer 7 says Blue."] * 2


@settings(max_examples=25)
@given(st.integers(1, 60), st.sampled_from(sorted(STRATEGIES)), st.randoms(use_true_random=False))
def test_every_list_is_what_the_strategy_makes_of_the_state_before_it(
    length: int, strategy: str, chance: random.Random
) -> None:
    here = scene(told=[message(0, "Hi"), *(any_event(number, chance) for number in range(1, length + 1))])

    here.run(say="One.", recommend=strategy)
    here.run(say="Two.")

    line = here.store.read(here.branch, 1, 10**6)
    for event in here.recorded():
        if event.type == SHOWN:
            before = fold_all(line[: event.position - 1]).bounded
            expected = recommended(before.recommendation, event.position - 1, strategy)
            assert event.data["items"] == [dict(one) for one in expected]
