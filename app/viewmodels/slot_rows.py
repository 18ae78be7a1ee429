"""What the state panel says about the conversation: slots by service, forms, open calls, instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from app.domain.diff import pointer
from app.viewmodels.json_text import short
from app.viewmodels.row_parts import (
    LIMIT,
    as_mapping,
    as_sequence,
    facts,
    part_of,
    section,
    step_of,
    steps_of,
)
from app.viewmodels.tree_rows import Row, event_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.moment import Moment


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


def slot_rows(moment: Moment) -> tuple[Row, ...]:
    """Service by service what the customer asked for; then forms, open calls and the instructions."""
    part = as_mapping(part_of(moment.state, "conversation"))
    changed = {tuple(steps_of(one)[1:]) for one in moment.changes if step_of(one, 1) == "conversation"}
    services = [
        _service(service, as_mapping(slots), part, changed) for service, slots in as_mapping(part.get("slots")).items()
    ]
    forms = [
        facts(f"form {name}", _tr("Form {name}").format(name=name), as_mapping(fields), "conversation", "forms", name)
        for name, fields in as_mapping(part.get("forms")).items()
    ]
    calls = [
        Row(
            key=str(number),
            label=short(call.get("name")),
            value=event_words(call["position"]),
            position=call["position"],
            pointer=pointer(("conversation", "open_calls", number)),
        )
        for number, call in enumerate(map(as_mapping, as_sequence(part.get("open_calls"))))
        if isinstance(call.get("position"), int)
    ]
    told = [
        Row(
            key=key,
            label=label,
            value=short(part[key], 200),
            change="replaced" if (key,) in changed else "",
            pointer=pointer(("conversation", key)),
        )
        for key, label in (("instructions", _tr("Instructions")), ("classification", _tr("Question class")))
        if part.get(key)
    ]
    rest = [section("calls", _tr("Calls not returned"), calls, ""), section("told", _tr("Setting"), told, "")]
    return tuple(one for one in (*services, *forms, *rest) if one.children)


def _service(service: str, slots: Mapping[str, Any], part: Mapping[str, Any], changed: set[tuple[str, ...]]) -> Row:
    rows = [
        Row(
            key=f"slot {slot}",
            label=slot,
            value=" | ".join(short(value) for value in as_sequence(values)),
            change="replaced" if _is_touched(changed, "slots", service, slot) else "",
            pointer=pointer(("conversation", "slots", service, slot)),
        )
        for slot, values in list(slots.items())[:LIMIT]
    ]
    requested = as_sequence(as_mapping(part.get("requested")).get(service))
    if requested:
        asked = pointer(("conversation", "requested", service))
        told = ", ".join(map(str, requested[:20]))
        rows.append(Row(key="requested", label=_tr("asked about"), value=told, pointer=asked))
    intent = as_mapping(part.get("intents")).get(service)
    if not rows and intent:
        held = pointer(("conversation", "intents", service))
        rows.append(Row(key="intent", label=_tr("intent"), value=str(intent), pointer=held))
    path = ("conversation", "slots", service)
    return section(f"service {service}", service, rows, short(intent) if intent else "", path=path)


def _is_touched(changed: set[tuple[str, ...]], *path: str) -> bool:
    return any(path[: len(one)] == one or one[: len(path)] == path for one in changed if one)
