"""What a report is wished to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.redaction.redaction import NO_REDACTION

if TYPE_CHECKING:
    from app.domain.redaction.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWish:
    """What is to be told.

    Attributes:
        session: id; ``branches``: ids, told in this order.
        first, last: inclusive positions; None is the beginning or each branch's end.
        at: positions whose state is told as at a marker.
        author: who makes the report, as it shall say; empty leaves it out.
        notes: whether markers, notes, tags and ratings go along.
        pictures: whether attached pictures go along; what is on them is not redacted.
        redaction: what is taken out of everything that the report says of the session.
        verify: whether the store's hash chain is checked first.
    """

    session: str
    branches: tuple[str, ...]
    redaction: Redaction = NO_REDACTION
    first: int | None = None
    last: int | None = None
    at: tuple[int, ...] = ()
    author: str = ""
    notes: bool = True
    pictures: bool = True
    verify: bool = True
