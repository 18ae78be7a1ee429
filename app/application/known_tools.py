"""Definitions of the tools that a session's record shows: what they are called and which arguments they took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.transcript import Entry

_TYPES: Final[Mapping[type, str]] = {
    bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object", type(None): "null",
}  # fmt: skip


def known_tools(store: EventStore, time_machine: TimeMachine, session: str) -> tuple[dict[str, Any], ...]:
    """Of all calls on all branches of a session, in Ollama's form, by name.

    Records keep calls, not definitions, so these have no description, and know only what was seen.
    """
    calls: list[Entry] = []
    for branch in store.branches(session):
        if branch.kind == "branch":
            count = time_machine.bounded(branch.id, branch.head).conversation.entries
            calls += (one for one in time_machine.entries(branch.id, 1, count, branch.head) if one.kind == "call")
    return definitions(calls)


def definitions(calls: Iterable[Entry]) -> tuple[dict[str, Any], ...]:
    seen: dict[str, list[Mapping[str, Any]]] = {}
    for call in calls:
        seen.setdefault(call.name, []).append(call.arguments if isinstance(call.arguments, dict) else {})
    return tuple(_definition(name, seen[name]) for name in sorted(seen))


def _definition(name: str, calls: list[Mapping[str, Any]]) -> dict[str, Any]:
    arguments = list(dict.fromkeys(argument for call in calls for argument in call))
    parameters = {
        "type": "object",
        "properties": {one: _type_of([call[one] for call in calls if one in call]) for one in arguments},
        "required": [one for one in arguments if all(one in call for call in calls)],
    }
    return {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}


def _type_of(values: list[Any]) -> dict[str, Any]:
    types = sorted({_TYPES.get(type(value), "string") for value in values})
    return {"type": types[0] if len(types) == 1 else types}
