"""Which earlier entries go along."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput
from app.domain.transcript import Entry


def entry(number: int, role: str, kind: Any = "message") -> Entry:
    return Entry(ord=number, kind=kind, key=f"m{number}", position=number, changed_at=number, time=None, role=role)


TALK = (
    entry(1, "assistant"),
    entry(2, "user"),
    entry(3, "", "call"),
    entry(4, "assistant"),
    entry(5, "user"),
    entry(6, "assistant"),
)


def keys(choice: ContextChoice) -> str:
    return "".join(one.key for one in choice.of(TALK))


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        (ContextChoice(), "m1m2m3m4m5m6"),
        (ContextChoice(kind="last", turns=0), ""),
        (ContextChoice(kind="last", turns=1), "m5m6"),
        (ContextChoice(kind="last", turns=2), "m2m3m4m5m6"),
        (ContextChoice(kind="last", turns=3), "m1m2m3m4m5m6"),
        (ContextChoice(kind="picked", keys=("m6", "m2")), "m2m6"),
        (ContextChoice(kind="picked"), ""),
    ],
)
def test_a_choice_keeps_the_order(choice: ContextChoice, chosen: str) -> None:
    assert keys(choice) == chosen
    assert ContextChoice.from_json(choice.to_json()) == choice


def test_a_picked_entry_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match="no message or call 'm9'"):
        keys(ContextChoice(kind="picked", keys=("m9",)))


@pytest.mark.parametrize("told", [{"kind": "some"}, {"kind": "last"}, {"kind": "last", "turns": -1}])
def test_a_choice_that_makes_no_sense_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        ContextChoice.from_json(told)
