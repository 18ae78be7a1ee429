"""What a trial asks with: a model, instructions and options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.instructions import text_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.instructions import InstructionsRef
    from app.domain.templates import PromptTemplate

_LABEL_WORDS: Final = 3
_LONGEST_LABEL: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """A system prompt to ask with; ``ref`` names its version when it comes from the library."""

    text: str
    ref: InstructionsRef | None = None

    @property
    def label(self) -> str:
        """Short and the same for the same text: the library's name, else its first words and a bit of its hash."""
        if self.ref is not None:
            return str(self.ref)
        words = " ".join(self.text.split()[:_LABEL_WORDS])[:_LONGEST_LABEL] or "no instructions"
        return f"“{words}” #{text_hash(self.text)[:4]}"

    def to_json(self) -> dict[str, Any]:
        """As events hold it; the text itself stands in ``conversation.instructions-changed``."""
        return self.ref.to_json() if self.ref else {"name": None, "version": None, "hash": text_hash(self.text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Tools in Ollama's form; their results are ``recorded`` ones for the same call, else a ``stub``. None is run."""

    policy: Literal["recorded", "stub"]
    definitions: tuple[Mapping[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        return {"policy": self.policy, "definitions": [dict(one) for one in self.definitions]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to ask.

    Attributes:
        model: name on the server.
        instructions: None keeps those of the branch.
        options: Ollama's own names; without ``temperature`` and ``seed``, which stand beside.
        temperature, seed: None leaves the server's default.
        format: ``"json"`` or a JSON schema for the answer; think: whether, or how much, the model thinks first.
        template: what of the state goes into the prompt, made anew at each turn; None: nothing.
        recommend: the strategy of Branchline's own recommender, ``off``, or None for the branch's.
        tools: those that the model may call; None: it may call none.
        keep_alive: how long the model stays in memory; no part of what is asked.
    """

    model: str
    instructions: Instructions | None = None
    temperature: float | None = None
    seed: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    format: str | Mapping[str, Any] | None = None
    think: bool | str | None = None
    template: PromptTemplate | None = None
    recommend: str | None = None
    tools: Tools | None = None
    keep_alive: str | float | None = None
    allow_remote: bool = False

    @property
    def all_options(self) -> dict[str, Any]:
        own = {"temperature": self.temperature, "seed": self.seed}
        return {**self.options, **{name: value for name, value in own.items() if value is not None}}

    @property
    def label(self) -> str:
        """A readable name for a branch: ``smollm2:135m kind@2 t0.7 s1``; what is not given is not named."""
        parts = [self.model.removesuffix(":latest")]
        if self.instructions is not None:
            parts.append(self.instructions.label)
        if self.template is not None:
            parts.append(f"+{self.template.name or 'template'}")
        if self.temperature is not None:
            parts.append(f"t{self.temperature:g}")
        if self.seed is not None:
            parts.append(f"s{self.seed}")
        return " ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """As events hold it; what few ask for is told only where it was asked for."""
        asked = {
            "format": self.format,
            "think": self.think,
            "template": self.template.to_json() if self.template else None,
            "recommend": self.recommend,
            "tools": self.tools.to_json() if self.tools else None,
        }
        return {
            "model": self.model,
            "instructions": self.instructions.to_json() if self.instructions else None,
            "options": self.all_options,
            **{name: value for name, value in asked.items() if value is not None},
        }
