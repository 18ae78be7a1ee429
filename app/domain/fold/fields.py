"""The fields of the state: where each stands in its JSON form, what touches it, and whether it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Form = Literal["conversation", "last", "items", "interests", "list", "generation", "resources", "extensions", "whole"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the state.

    Attributes:
        touch: its name in the touch index; "" where the index does not know it.
        form: how it is rebuilt from the events that touched it (``parts``).
        named: its members have names, and each is touched for itself.
        computed: Branchline worked it out; production did not record it.
        last_counts: the last event that touched it says all of it.
    """

    touch: str
    form: Form
    named: bool = False
    computed: bool = False
    last_counts: bool = False


FIELDS: Final[Mapping[tuple[str, ...], Field]] = {
    ("conversation", "messages"): Field("messages", "list"),
    ("conversation", "slots"): Field("slots", "conversation", named=True),
    ("conversation", "intents"): Field("slots", "conversation", named=True),
    ("conversation", "requested"): Field("slots", "conversation", named=True),
    ("conversation", "forms"): Field("forms", "conversation", named=True),
    ("conversation", "instructions"): Field("instructions", "conversation", last_counts=True),
    ("conversation", "classification"): Field("classification", "conversation", last_counts=True),
    ("conversation", "open_calls"): Field("open_calls", "conversation"),
    ("conversation", "status"): Field("status", "conversation", last_counts=True),
    ("conversation", "calls"): Field("calls", "list"),
    ("conversation", "feedback"): Field("feedback", "list"),
    ("recommendation", "shown"): Field("shown", "last", last_counts=True),
    ("recommendation", "shown_at"): Field("shown", "last", last_counts=True),
    ("recommendation", "strategy"): Field("strategy", "last", last_counts=True),
    ("recommendation", "interests"): Field("interests", "interests", named=True, computed=True),
    ("recommendation", "seen"): Field("seen", "items"),
    ("recommendation", "rated"): Field("rated", "items", named=True),
    ("recommendation", "purchased"): Field("purchased", "items", named=True),
    ("recommendation", "predicted"): Field("", "whole", computed=True),
    ("recommendation", "names"): Field("", "whole"),
    ("generation", "strategy"): Field("generation.strategy", "generation", last_counts=True),
    ("generation", "runs"): Field("runs", "list"),
    ("resources",): Field("resources", "resources", named=True),
    ("extensions",): Field("extensions", "extensions", named=True, computed=True),
    ("problems",): Field("problems", "list"),
}
"""By path; a test holds this table to the state's JSON form."""

SECTIONS: Final = tuple(dict.fromkeys(path[0] for path in FIELDS))


def field_path(path: tuple[object, ...]) -> tuple[str, ...] | None:
    """The path of the field that ``path`` leads to or into; None when it ends above one or leads nowhere."""
    for length in (1, 2):
        if (known := tuple(str(step) for step in path[:length])) in FIELDS and len(path) >= length:
            return known
    return None
