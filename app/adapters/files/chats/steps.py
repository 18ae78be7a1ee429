"""What one message of an export tells, step by step, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words. ``thinking`` came before them; ``beside`` is what else the source keeps of them, verbatim.

    ``by_person``: people wrote the answer, so that no model is missing.
    """

    role: str
    text: str
    time: int | None = None
    model: str | None = None
    thinking: str = ""
    by_person: bool = False
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A tool was called; ``call_id`` is empty where the source has none."""

    name: str
    arguments: Any
    call_id: str = ""
    time: int | None = None
    model: str | None = None
    thinking: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a tool gave back: to the call with its id, or to the last open call of a tool of its name."""

    name: str
    result: Any
    call_id: str = ""
    error: bool = False
    time: int | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructed:
    """The system prompt is this from here on."""

    text: str
    time: int | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Somebody judged the message."""

    actor: str
    rating: float | None
    text: str = ""
    time: int | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """The message was taken back."""

    time: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something that has no form that is known; kept as it is."""

    value: Any
    time: int | None = None


Step = Said | Called | Returned | Instructed | Rated | Retracted | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatNode:
    """A message of a tree: its id, the one before it, what it tells.

    A node without steps only holds others together. ``name`` is what a branch that begins here is called; empty: the
    beginning of its words.
    """

    id: str
    parent: str | None
    steps: Sequence[Step]
    name: str = ""
