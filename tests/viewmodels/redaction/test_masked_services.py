"""What stands between the services and the panes while texts are masked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from app.application.continue_request import ContinueUpdate
from app.application.masking import ScreenMask
from app.domain.errors import NotFound
from app.domain.redaction.detection import Detection
from app.domain.redaction.profile import STANDARD
from app.domain.redaction.values import TextScan
from app.viewmodels.redaction.masked_services import _behind


@pytest.fixture
def mask() -> ScreenMask:
    made = ScreenMask(TextScan(Detection(STANDARD)))
    made.is_on = True
    return made


class Service:
    """Tells what it is asked, at once, later, piece by piece, or that it is not there."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def echo(self, text: str) -> str:
        self.heard.append(text)
        return f"{text}, a@x.org"

    async def later(self) -> str:
        return "a@x.org"

    async def stream(self, tell: Any) -> None:
        for text in ("write to a@x", "write to a@x.org now", "or call 415-555-01"):
            tell(ContinueUpdate(phase="generating", text=text, tokens=1, elapsed_s=0.0, tokens_per_second=None))

    def missing(self) -> None:
        raise NotFound("there is no session a@x.org")


def test_answers_are_masked_and_questions_are_meant(mask: ScreenMask) -> None:
    service = Service()
    masked = _behind(service, mask)

    shown = masked.echo("b@x.org")
    masked.echo(shown)

    assert shown == "⟪EMAIL-1⟫, ⟪EMAIL-2⟫"
    assert service.heard == ["b@x.org", "b@x.org, a@x.org"]


def test_what_comes_later_is_masked_by_what_counts_then(mask: ScreenMask) -> None:
    mask.is_on = False
    masked = _behind(Service(), mask)
    work = masked.later()
    mask.is_on = True

    assert asyncio.run(work) == "⟪EMAIL-1⟫"


def test_an_answer_that_is_being_written_is_shown_without_its_last_word(mask: ScreenMask) -> None:
    shown: list[str] = []

    asyncio.run(_behind(Service(), mask).stream(lambda update: shown.append(update.text)))

    assert shown == ["write to ", "write to ⟪EMAIL-1⟫ ", "or call "]


def test_failures_are_told_without_what_is_masked(mask: ScreenMask) -> None:
    with pytest.raises(NotFound, match="no session ⟪EMAIL-1⟫"):
        _behind(Service(), mask).missing()


def test_services_in_one_value_are_each_behind_the_mask(mask: ScreenMask) -> None:
    @dataclass(frozen=True)
    class Several:
        one: Service
        other: Any

    masked = _behind(Several(Service(), SimpleNamespace(text="a@x.org")), mask)

    assert masked.one.echo("") == ", ⟪EMAIL-1⟫"
    assert masked.other.text == "⟪EMAIL-1⟫"
