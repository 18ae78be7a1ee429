"""Fold of resource events: the source document's worked example, ``S' = f(S, E)`` element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.fold import payload
from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.fold.facts import Fact


def apply(state: dict[str, Mapping[str, Any]], event: Fact) -> None:
    """Create, merge or remove the one resource the event is about; all others stay as they are."""
    key = payload.identifier(event.data, "id")
    rest = {name: value for name, value in content(event.data).items() if name != "id"}
    exists = key in state
    if event.type == "resource.created":
        if exists:
            raise payload.Inapplicable(f"resource {key} exists already")
        state[key] = rest
    elif not exists:
        raise payload.Inapplicable(f"there is no resource {key}")
    elif event.type == "resource.updated":
        state[key] = {**state[key], **rest}
    else:
        del state[key]


TYPES = ("resource.created", "resource.updated", "resource.deleted")
