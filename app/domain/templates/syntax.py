"""What a template consists of."""

from __future__ import annotations

from dataclasses import dataclass

Step = str | int


@dataclass(frozen=True, slots=True)
class Path:
    """A name and the steps that lead on from it; ``line`` and ``column`` say where it stands."""

    name: str
    steps: tuple[Step, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Text:
    """Stands in the prompt as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """Such as ``{{ slot.value }}``."""

    path: Path


@dataclass(frozen=True, slots=True)
class Loop:
    """Such as ``{% for item in shown %} … {% end %}``."""

    name: str
    over: Path
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Such as ``{% if slots %} … {% else %} … {% end %}``; ``negated`` with ``not``."""

    path: Path
    negated: bool
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


Node = Text | Value | Loop | Choice
