"""What a person wants to change: the thing, where it stands, and what it is now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QCoreApplication

from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.domain.pointers import steps_of
from app.viewmodels.row_parts import as_mapping, as_sequence, part_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.edits import Edit
    from app.domain.events import Event
    from app.domain.transcript import Entry

Kind = Literal["message", "answer", "instructions", "slot", "result", "shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing that can be changed.

    Attributes:
        at: position that it is changed at, as ``plan_edit`` takes it.
        title: what it is, in words.
        value: text, slot values, a tool's result or items, by kind.
        key: the call's id; of a slot (service, name).
        failed: of a result: the call failed.
    """

    kind: Kind
    at: int
    title: str
    value: Any = field(repr=False)
    key: tuple[str, ...] = ()
    failed: bool = False

    def edit(self, value: Any, *, failed: bool = False) -> Edit:
        """The edit that gives it another value."""
        match self.kind:
            case "message":
                return MessageEdit(value)
            case "answer":
                return MessageEdit(value, role="assistant")
            case "instructions":
                return InstructionsEdit(value)
            case "slot":
                return SlotEdit(self.key[0], self.key[1], tuple(value))
            case "result":
                return ToolResultEdit(self.key[0], value, failed)
            case "shown":
                return ShownEdit(tuple(value))


def subject_of_entry(entry: Entry) -> Subject | None:
    """An entry of the conversation; None for what has nothing to change."""
    where = f"{entry.position:,}"
    if entry.kind == "shown":
        title = _tr("List shown at event {position}").format(position=where)
        return Subject(kind="shown", at=entry.position, title=title, value=entry.items)
    if entry.kind == "call":
        title = _tr("Result of {tool}, called at event {position}").format(tool=entry.name, position=where)
        at = entry.changed_at if entry.returned else entry.position
        value = entry.result if entry.returned else ""
        return Subject(kind="result", at=at, title=title, value=value, key=(entry.key,), failed=entry.error)
    if entry.kind != "message":
        return None
    if entry.role == "user":
        title = _tr("Customer's message, event {position}").format(position=where)
        return Subject(kind="message", at=entry.position, title=title, value=entry.text)
    if entry.role in ("assistant", "agent"):
        title = _tr("Assistant's answer, event {position}").format(position=where)
        return Subject(kind="answer", at=entry.position, title=title, value=entry.text)
    return None


def is_changeable(entry: Entry) -> bool:
    """Whether an entry is one that a person can change."""
    return entry.kind in ("call", "shown") or (entry.kind == "message" and entry.role in ("user", "assistant", "agent"))


def is_changeable_value(pointer: str) -> bool:
    """Whether a JSON pointer leads to, or into, a value of the state that a person can change."""
    steps = steps_of(pointer)
    return (
        (steps[:2] == ("conversation", "slots") and len(steps) >= 4)
        or steps == ("conversation", "instructions")
        or steps[:2] == ("recommendation", "shown")
    )


def subject_of_pointer(pointer: str, state: Mapping[str, Any], at: int) -> Subject | None:
    """A value of the state; None for what was worked out or cannot be changed by itself."""
    steps = steps_of(pointer)
    if steps[:2] == ("conversation", "slots") and len(steps) >= 4:
        return slot_subject(steps[2], steps[3], state, at)
    if steps == ("conversation", "instructions"):
        return instructions_subject(state, at)
    if steps[:2] == ("recommendation", "shown"):
        return shown_subject(state, at)
    return None


def slot_subject(service: str, slot: str, state: Mapping[str, Any], at: int) -> Subject:
    values = as_sequence(part_of(state, "conversation", "slots", service, slot))
    title = _tr("Slot {slot} of {service} at event {position}")
    return Subject(
        kind="slot",
        at=at,
        title=title.format(slot=slot, service=service, position=f"{at:,}"),
        value=tuple(values),
        key=(service, slot),
    )


def instructions_subject(state: Mapping[str, Any], at: int) -> Subject:
    text = part_of(state, "conversation", "instructions") or ""
    title = _tr("Instructions at event {position}").format(position=f"{at:,}")
    return Subject(kind="instructions", at=at, title=title, value=text)


def shown_subject(state: Mapping[str, Any], at: int) -> Subject:
    items = tuple(as_sequence(part_of(state, "recommendation", "shown")))
    title = _tr("List shown at event {position}").format(position=f"{at:,}")
    return Subject(kind="shown", at=at, title=title, value=items)


def subject_of_event(event: Event, state: Mapping[str, Any], entry: Entry | None) -> Subject | None:
    """What the event at the playhead brought; ``entry`` is the one that it brought or touched."""
    if event.type == "conversation.instructions-changed":
        return instructions_subject(state, event.position)
    if event.type == "conversation.slots-changed":
        service, slots = str(event.data.get("service")), as_mapping(event.data.get("set"))
        return slot_subject(service, next(iter(slots)), state, event.position) if slots else None
    return subject_of_entry(entry) if entry is not None else None


def known_items(state: Mapping[str, Any]) -> dict[str, str]:
    """Items that can be put into a list, by id, with their names: those shown and those predicted."""
    part = as_mapping(part_of(state, "recommendation"))
    found: dict[str, str] = {}
    for one in (*as_sequence(part.get("shown")), *as_sequence(part.get("predicted"))):
        item = str(as_mapping(one).get("item", ""))
        if item:
            found.setdefault(item, str(as_mapping(one).get("name") or item))
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhatIf", text)
