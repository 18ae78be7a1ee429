"""Where a text stands, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "email", "phone", "cn-id", "us-ssn", "card", "iban", "payment", "ip", "key", "attachment", "name", "field",
)  # fmt: skip
"""Kinds that detectors know; a person's own patterns are of kind ``pattern:LABEL`` beside them."""

PATTERN: Final = "pattern:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands.

    Attributes:
        what: ``event``, ``metadata`` (of an event or the session), ``title``, ``branch name``, ``file name``,
            ``note`` … as a person would say it.
        branch: id of the branch that owns the event, None where there is none.
        position: of the event.
        pointer: JSON pointer into the value, empty for a text that stands alone.
        classification: of the event; profiles can take out all fields of a class.
    """

    what: str
    branch: str | None = None
    position: int | None = None
    pointer: str = ""
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``text`` is what stands there, from ``start`` to before ``end`` in characters of its text.

    ``key`` is the text in its plain form: findings with the same kind and key get the same pseudonym.
    """

    kind: str
    text: str
    place: Place
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding before it has a place: offsets into the text a detector was given."""

    kind: str
    start: int
    end: int
    key: str
