"""The folds there are, by version: an older or a newer one can be asked for the same events beside today's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from app.domain.errors import BadInput
from app.domain.fold.fold import FOLD_VERSION, advance
from app.domain.fold.generation import ENDED_EARLY
from app.domain.fold.lists import find_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.fold.bounded import Bounded
    from app.domain.fold.facts import Fact
    from app.domain.fold.lists import Find, ItemChange


class Advance(Protocol):
    """Folds one more event into a state that the caller owns, as ``fold.advance`` does."""

    def __call__(self, draft: Bounded, event: Fact, find: Find = find_nothing) -> tuple[ItemChange, ...]: ...


@dataclass(frozen=True, slots=True)
class Fold:
    """A way to fold, and the version that stands on all data derived with it."""

    version: int
    advance: Advance


def _without_partials(draft: Bounded, event: Fact, find: Find = find_nothing) -> tuple[ItemChange, ...]:
    """The first fold: what a run had written when it ended early was no entry of the transcript."""
    entries = draft.conversation.entries
    changes = advance(draft, event, find)
    if event.type not in ENDED_EARLY:
        return changes
    draft.conversation.entries = entries
    return tuple(change for change in changes if change.list != "transcript")


CURRENT: Final = Fold(FOLD_VERSION, advance)
FOLDS: Final[Mapping[int, Fold]] = {1: Fold(1, _without_partials), CURRENT.version: CURRENT}
"""Whoever changes what a fold gives keeps the old one here, so that the two can be compared."""


def fold_of(version: int, folds: Mapping[int, Fold] = FOLDS) -> Fold:
    """Raises BadInput, which names the versions there are."""
    if version not in folds:
        raise BadInput(f"there is no fold version {version}; known are {', '.join(map(str, sorted(folds)))}")
    return folds[version]
