"""Facts are filled in as they are: they are never read as template, and loops come to an end."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import events
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fold.bounded import Bounded
from app.domain.fold.fold import fold_all
from app.domain.prompt_facts import NAMES, prompt_facts
from app.domain.templates import BadTemplate, rendered
from app.domain.templates import rendering as rules
from app.resources import resource_path

FACTS: dict[str, Any] = {
    "slots": [{"service": "R", "name": "city", "value": "Rome"}, {"service": "R", "name": "for", "value": "2"}],
    "shown": [{"name": "Alba", "score": 0.8234567, "reasons": ["tag sea", "near"]}],
    "state": {"conversation": {"slots": {"R": {"date of stay": ["May 1"]}}, "status": "open"}, "n": 3, "no": None},
    "predicted": [],
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("plain { } % text", "plain { } % text"),
        ("{{ shown[0].name }}: {{ shown[0].score }}", "Alba: 0.823"),
        ("{{ shown[0].reasons }}", "tag sea, near"),
        ("{{ shown[3].name }}{{ state.nothing.here }}{{ state.no }}", ""),
        ('{{ state.conversation.slots.R["date of stay"] }}', "May 1"),
        ("{{ state.n }} {{ state.conversation.slots.R }}", '3 {"date of stay": ["May 1"]}'),
        ("{% for one in slots %}{{ one.name }}={{ one.value }};{% end %}", "city=Rome;for=2;"),
        ("{% for one in state.conversation %}{{ one.name }} {% end %}", "slots status "),
        ("{% if predicted %}yes{% else %}no{% end %}", "no"),
        ("{% if not predicted %}none{% end %}", "none"),
        ("{% for one in state.nothing %}x{% end %}", ""),
        ("a\n{% if slots %}\nb\n{% end %}\nc", "a\nb\nc"),
        ("a\n  {# a remark #}  \nc", "a\nc"),
        ("a {% if slots %}b{% end %}\nc", "a b\nc"),
        ('{{ "{{ as it is" }}', "{{ as it is"),
    ],
)
def test_what_a_template_gives(template: str, text: str) -> None:
    assert rendered(template, FACTS) == text


@given(st.text())
def test_a_fact_is_never_read_as_template(fact: str) -> None:
    assert rendered("<{{ message }}>", {"message": fact}) == f"<{fact}>"


def test_a_loop_goes_over_lists_only() -> None:
    with pytest.raises(BadTemplate, match="line 1, column 15 of the template: state is no list here"):
        rendered("{% for one in state.n %}{% end %}", FACTS)


def test_loops_in_loops_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {"slots": [0] * 400}

    with pytest.raises(BadTemplate, match="go round more than 100,000 times"):
        rendered("{% for a in slots %}{% for b in slots %}{% end %}{% end %}", many)
    monkeypatch.setattr(rules, "LONGEST", 50)
    with pytest.raises(BadTemplate, match="grows beyond 50 characters"):
        rendered("{% for a in slots %}{{ a }}{% end %}", many)


def state_of(*kinds: tuple[str, dict[str, Any]]) -> Bounded:
    return fold_all(events(*kinds)).bounded


def test_the_shipped_template_tells_slots_and_what_to_recommend() -> None:
    item = {"item": "A", "name": "Alba", "reasons": [{"kind": "tag", "key": "tag:sea"}, "near"]}
    state = state_of(
        ("conversation.slots-changed", {"service": "Hotels", "set": {"city": ["Rome", "Ostia"]}}),
        ("recommendation.items-shown", {"items": [item, {"item": "B"}]}),
    )
    shipped = resource_path("templates", "state.txt").read_text(encoding="utf-8")

    text = rendered(shipped, prompt_facts(state, message=None, customer=None))

    assert text.splitlines() == [
        "What the customer wants so far:",
        "- Hotels, city: Rome, Ostia",
        "",
        "What can be recommended now, best first:",
        "1. Alba (because of tag sea, near)",
        "2. B",
        "Recommend only from this list, and only when it fits what the customer asks.",
    ]
    assert rendered(shipped, prompt_facts(Bounded(), message=None, customer=None)) == ""


def test_the_facts_have_the_names_that_are_promised() -> None:
    facts = prompt_facts(
        state_of(
            ("behaviour.item-purchased", {"item": "A", "name": "red mug", "categories": ["mugs"]}),
            ("behaviour.item-viewed", {"item": "B", "name": "red cup"}),
            ("conversation.slots-changed", {"service": "R", "set": {"n": [2]}, "intent": "Find"}),
        ),
        message="Hello",
        customer="c7",
    )

    assert tuple(facts) == NAMES
    assert facts["services"][0]["intent"] == "Find"
    assert facts["slots"] == [{"service": "R", "name": "n", "value": "2", "values": [2]}]
    assert facts["purchased"] == [{"item": "A", "name": "red mug", "quantity": 1}]
    assert {one["kind"] for one in facts["interests"]} == {"category", "tag"}
    assert facts["predicted"][0]["name"] == "red cup"
    assert (facts["message"], facts["customer"]) == ("Hello", "c7")
