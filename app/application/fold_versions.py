"""The same events under different folds; each version has a time machine and a cache of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.time_machine import TimeMachine
from app.domain.diff import diff
from app.domain.fold.versions import FOLDS, fold_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.application.ports import DerivedCache, EventStore
    from app.domain.fold.versions import Fold


class FoldVersions:
    """Time machines by fold version.

    ``open_cache`` gives the cache for a version; what it holds of another one counts as nothing, so that derived
    data is never mixed.
    """

    def __init__(
        self, store: EventStore, open_cache: Callable[[int], DerivedCache], folds: Mapping[int, Fold] = FOLDS
    ) -> None:
        self._store, self._open_cache, self._folds = store, open_cache, folds
        self._machines: dict[int, TimeMachine] = {}
        self._caches: list[DerivedCache] = []

    def machine(self, version: int) -> TimeMachine:
        """Raises BadInput for a version that is not known."""
        fold = fold_of(version, self._folds)
        if version not in self._machines:
            cache = self._open_cache(version)
            self._caches.append(cache)
            self._machines[version] = TimeMachine(self._store, cache, fold)
        return self._machines[version]

    def difference(
        self, version_a: int, branch_a: str, at_a: int, version_b: int, branch_b: str, at_b: int
    ) -> list[dict[str, Any]]:
        """RFC 6902 operations from a state under one fold to a state under another. Raises BadInput, OutOfRange."""
        before = self.machine(version_a).state(branch_a, at_a)
        return diff(before, self.machine(version_b).state(branch_b, at_b))

    def close(self) -> None:
        for cache in self._caches:
            cache.close()
