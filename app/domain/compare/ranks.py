"""How a ranked list differs from another: what came in, what left, what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RankChangeKind = Literal["entered", "left", "moved"]


@dataclass(frozen=True, slots=True)
class RankChange:
    """One item whose rank (from 1) is another; None where a list does not have it."""

    item: str
    name: str
    before: int | None
    after: int | None

    @property
    def kind(self) -> RankChangeKind:
        if self.before is None:
            return "entered"
        return "left" if self.after is None else "moved"

    def to_json(self) -> dict[str, Any]:
        return {"item": self.item, "name": self.name, "kind": self.kind, "from": self.before, "to": self.after}


@dataclass(frozen=True, slots=True)
class RankChanges:
    """Of one branch against the baseline: the list that was shown last, and what Branchline computed."""

    shown: tuple[RankChange, ...] = ()
    predicted: tuple[RankChange, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "shown": [change.to_json() for change in self.shown],
            "predicted": [change.to_json() for change in self.predicted],
        }


def rank_changes(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> tuple[RankChange, ...]:
    """By rank on the new list, then those that left, by their old one. An item's first place counts."""
    old, new = _ranked(before), _ranked(after)
    found = [
        RankChange(item, name, old[item][0] if item in old else None, rank)
        for item, (rank, name) in new.items()
        if item not in old or old[item][0] != rank
    ]
    found += [RankChange(item, name, rank, None) for item, (rank, name) in old.items() if item not in new]
    return tuple(found)


def _ranked(items: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, str]]:
    """Item -> (rank, name); the rank that an item tells itself counts, else its place."""
    ranked: dict[str, tuple[int, str]] = {}
    for place, one in enumerate(items, start=1):
        if not isinstance(one, dict) or one.get("item") is None:
            continue
        told = one.get("rank")
        rank = told if isinstance(told, int) and not isinstance(told, bool) else place
        ranked.setdefault(str(one["item"]), (rank, str(one.get("name") or "")))
    return dict(sorted(ranked.items(), key=lambda pair: pair[1][0]))
