"""Which checks the answers passed, as the events of the derived stream tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import Event

CHECKED: Final = "derived.turn-checked"


def checks_by_place(derived: Iterable[Event]) -> dict[tuple[str, int], tuple[bool, ...]]:
    """(Branch id, position) of an answer -> what its checks came to, from a session's derived stream in order.

    Of checks by the same name the newest counts; one that broke off tells nothing.
    """
    found: dict[tuple[str, int], dict[str, bool]] = {}
    for event in derived:
        branch, position, outcomes = (event.data.get(name) for name in ("branch", "position", "checks"))
        if event.type != CHECKED or not isinstance(position, int) or not isinstance(outcomes, list):
            continue
        known = found.setdefault((str(branch), position), {})
        for one in outcomes:
            if isinstance(one, dict) and isinstance(one.get("passed"), bool):
                known[str(one.get("name"))] = one["passed"]
    return {place: tuple(known.values()) for place, known in found.items() if known}
