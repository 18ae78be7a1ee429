"""Values of any shape are masked for the screen, and what is asked with masks is taken as it is meant."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from fakes.making import event

from app.application.masking import ScreenMask
from app.application.ports import EventColumns
from app.domain.errors import BadInput
from app.domain.redaction.detection import Detection
from app.domain.redaction.profile import RedactionProfile
from app.domain.redaction.values import TextScan
from app.domain.sessions import SessionHeader, SessionSummary


def made(**profile: Any) -> ScreenMask:
    mask = ScreenMask(TextScan(Detection(RedactionProfile(**profile))))
    mask.is_on = True
    return mask


class Pair(NamedTuple):
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Nested:
    text: str
    kind: str = "email"
    parts: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


def test_texts_are_masked_wherever_they_stand() -> None:
    value = Nested(
        "a@x.org", parts=(Pair("call 415-555-0123", 1), ["a@x.org"]), named={"a@x.org": {"phone": 4155550123}}
    )

    shown = made().shown(value)

    assert shown == Nested(
        "⟪EMAIL-1⟫",
        parts=(Pair("call ⟪PHONE-2⟫", 1), ["⟪EMAIL-1⟫"]),
        named={"⟪EMAIL-1⟫": {"phone": "⟪PHONE-3⟫"}},
    )


def test_what_holds_nothing_is_the_same_object() -> None:
    columns = EventColumns(array("B", b"ab"), array("H", [0, 0]), array("q", [1, 2]), ("session.started",))
    value = (event(1, "conversation.message-posted", {"text": "hello"}), columns, None, True, 1.5, b"a@x.org")

    assert made().shown(value) is value


def test_nothing_changes_while_the_mask_is_off() -> None:
    mask = made()
    mask.is_on = False

    assert mask.shown("a@x.org") == "a@x.org"


def test_what_is_asked_with_a_mask_is_meant() -> None:
    mask = made()
    shown = mask.shown(("write to A@x.org", "and a@x.org"))

    assert shown == ("write to ⟪EMAIL-1⟫", "and ⟪EMAIL-2⟫")
    assert mask.restored(Nested("⟪EMAIL-1⟫", parts=("see ⟪EMAIL-2⟫ and ⟪EMAIL-9⟫",))) == Nested(
        "A@x.org", parts=("see a@x.org and ⟪EMAIL-9⟫",)
    )


def test_sessions_are_found_by_their_ids_still() -> None:
    header = SessionHeader(id="jane@x.org", title="for jane@x.org", source="urn:test", subject="jane@x.org")

    shown = made().shown(SessionSummary(header=header, started=None, events=1, branches=1))

    assert (shown.header.id, shown.header.title) == ("jane@x.org", "for ⟪EMAIL-1⟫")


def test_secret_fields_and_listed_names_are_masked() -> None:
    mask = made(names=("Jane Doe",))

    assert mask.shown({"password": "x", "n": "JANE DOE!"}) == {"password": "x", "n": "⟪NAME-1⟫!"}
    assert mask.shown({"password": "open sesame"}) == {"password": "⟪FIELD-2⟫"}


def test_what_it_does_not_know_it_does_not_show() -> None:
    with pytest.raises(BadInput, match="cannot be masked"):
        made().shown([object()])


def test_another_profile_counts_at_once() -> None:
    mask = made()
    assert mask.shown("Jane Doe") == "Jane Doe"

    mask.use(TextScan(Detection(RedactionProfile(names=("Jane Doe",)))))

    assert mask.shown("Jane Doe") == "⟪NAME-1⟫"
