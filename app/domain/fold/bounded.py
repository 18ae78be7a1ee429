"""The bounded part of the state: what checkpoints hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.domain.fold.conversation import Conversation
from app.domain.fold.generation import Generation
from app.domain.fold.recommendation import Recommendation

T = TypeVar("T")


@dataclass(slots=True)
class Bounded:
    """State after ``position`` events, without the items of growing lists.

    The owner of a value may fold on into it (``fold.advance``); everybody else treats it as immutable.
    """

    position: int = 0
    conversation: Conversation = field(default_factory=Conversation)
    recommendation: Recommendation = field(default_factory=Recommendation)
    generation: Generation = field(default_factory=Generation)
    resources: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> Bounded:
        return replace(
            self,
            conversation=self.conversation.copy(),
            recommendation=self.recommendation.copy(),
            generation=self.generation.copy(),
            resources=dict(self.resources),
            extensions=dict(self.extensions),
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state to be kept.

    Attributes:
        base: None when ``state`` is whole. Else the position of an earlier state of the same line that it was folded
            on from: items and evidence then hold only what differs. They are by far the largest part, and most of
            them stay as they are for long.
        gone: keys of evidence that ``base`` had.
    """

    state: Bounded
    base: int | None = None
    gone: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, state: Bounded, base: Bounded | None = None, noted: tuple[Iterable[str], Iterable[str]] | None = None
    ) -> Checkpoint:
        """What differs from ``base`` is in it once more; without a base it shares what ``state`` holds.

        ``noted``: the items and the keys of evidence that alone may differ, where they are known.
        """
        if base is None:
            return cls(state)
        now, then = state.recommendation, base.recommendation
        items, keys = (now.items, [*then.evidence, *now.evidence]) if noted is None else noted
        part = replace(
            now, items=_changed(now.items, then.items, items), evidence=_changed(now.evidence, then.evidence, keys)
        )
        gone = tuple(key for key in keys if key in then.evidence and key not in now.evidence)
        rest = replace(
            state, recommendation=part, conversation=state.conversation.copy(), generation=state.generation.copy(),
            resources=dict(state.resources), extensions=dict(state.extensions),
        )  # fmt: skip
        return cls(rest, base.position, gone)

    def whole(self, base: Bounded | None = None) -> Bounded:
        """The state as it was; ``base`` is the one at ``self.base``. Treat it as immutable."""
        if base is None:
            return self.state
        then, now = base.recommendation, self.state.recommendation
        evidence = {**then.evidence, **now.evidence}
        for key in self.gone:
            evidence.pop(key, None)
        return replace(self.state, recommendation=replace(now, items={**then.items, **now.items}, evidence=evidence))


def _changed(now: Mapping[str, T], base: Mapping[str, T], keys: Iterable[str]) -> dict[str, T]:
    return {key: now[key] for key in keys if key in now and base.get(key) is not now[key]}
