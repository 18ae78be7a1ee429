"""Where the search index of a store lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.store.opening import path_of

if TYPE_CHECKING:
    from pathlib import Path


def index_path(store_location: str | Path) -> Path:
    store = path_of(store_location)
    return store.with_name(store.name + ".search")
