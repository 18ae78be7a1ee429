"""Brings the layout of an older store to the present one: one numbered module for each step, run in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.store.migrations import m002_small_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from app.application.ports import Progress

STEPS: Final[dict[int, Callable[[Connection, Progress], None]]] = {2: m002_small_rows.migrate}
"""The layout that a step leads to -> the step."""


def migrate(connection: Connection, version: int, progress: Progress) -> None:
    """All steps from a store's version on, inside the caller's write transaction."""
    for target in sorted(STEPS):
        if target > version:
            STEPS[target](connection, progress)
