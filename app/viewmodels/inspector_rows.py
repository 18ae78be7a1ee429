"""What the state panel says about a moment, as rows: recommendations, slots and differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from app.viewmodels.json_text import short
from app.viewmodels.tree_rows import Row

if TYPE_CHECKING:
    from app.application.moment import Moment

LIMIT: Final = 200
_INTERESTS: Final = 12
_COMPUTED: Final = ("/recommendation/interests", "/recommendation/predicted")
_MISSING: Final = object()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


def _count(shown: int, every: int) -> str:
    return _tr("{shown} of {all}").format(shown=shown, all=f"{every:,}") if shown < every else f"{every:,}"


def _part(state: Mapping[str, Any], *path: str) -> Any:
    value: Any = state
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


# --- recommendations -------------------------------------------------------------------------------------


def recommendation_rows(moment: Moment) -> tuple[Row, ...]:
    """The list shown, the prediction, interests and purchases; parts that hold nothing are left out."""
    part = _mapping(_part(moment.state, "recommendation"))
    touched = {str(one.get("path", "")).split("/", 3)[2] for one in moment.changes if _is_recommendation(one)}
    sections = (
        _shown(part, "shown" in touched),
        _predicted(part),
        _interests(part),
        _purchased(part, moment),
        _facts("strategy", _tr("Strategy"), _mapping(part.get("strategy"))),
    )
    return tuple(section for section in sections if section.children)


def _is_recommendation(change: Mapping[str, Any]) -> bool:
    return str(change.get("path", "")).startswith("/recommendation/")


def _section(key: str, label: str, children: Sequence[Row], value: str, truth: str = "recorded") -> Row:
    return Row(key=key, label=label, value=value, truth=truth, is_section=True, unfolded=True, children=tuple(children))


def _shown(part: Mapping[str, Any], is_new: bool) -> Row:
    items = _sequence(part.get("shown"))
    rows = [
        Row(
            key=str(number),
            label=f"{item.get('rank', number + 1)}  {_name(item)}",
            value=short(item["score"]) if isinstance(item.get("score"), (int, float)) else "",
            change="replaced" if is_new else "",
            children=_reasons(item, "recorded"),
        )
        for number, item in enumerate(map(_mapping, items[:LIMIT]))
    ]
    at = part.get("shown_at")
    label = _tr("Shown at event {position}").format(position=f"{at:,}") if isinstance(at, int) else _tr("Shown")
    section = _section("shown", label, rows, _count(len(rows), len(items)))
    return section


def _predicted(part: Mapping[str, Any]) -> Row:
    items = [_mapping(item) for item in _sequence(part.get("predicted"))]
    best = max((_weight(item.get("score")) for item in items), default=0.0)
    rows = [
        Row(
            key=str(item.get("item", number)),
            label=f"{number + 1}  {_name(item)}",
            value=short(item.get("score", "")),
            share=_weight(item.get("score")) / best if best > 0 else None,
            truth="computed",
            children=_reasons(item, "computed"),
        )
        for number, item in enumerate(items[:LIMIT])
    ]
    return _section("predicted", _tr("Predicted"), rows, _count(len(rows), len(items)), "computed")


def _reasons(item: Mapping[str, Any], truth: str) -> tuple[Row, ...]:
    return tuple(_reason(number, reason, truth) for number, reason in enumerate(_sequence(item.get("reasons"))[:20]))


def _reason(number: int, reason: Any, truth: str) -> Row:
    if not isinstance(reason, Mapping):
        return Row(key=str(number), label=short(reason), truth=truth)
    events = [at for at in _sequence(reason.get("events")) if isinstance(at, int)]
    links = tuple(Row(key=str(at), label=event_words(at), position=at, truth=truth) for at in reversed(events[-LIMIT:]))
    return Row(
        key=f"{reason.get('kind', '')} {reason.get('key', number)}",
        label=_reason_words(reason),
        value=_signed(reason["weight"]) if _weight(reason.get("weight")) else "",
        detail=event_words(events[-1]) + (f" +{len(events) - 1}" if len(events) > 1 else "") if events else "",
        truth=truth,
        position=events[-1] if events else None,
        children=links if len(links) > 1 else (),
    )


def event_words(position: int) -> str:
    return _tr("event {position}").format(position=f"{position:,}")


def _reason_words(reason: Mapping[str, Any]) -> str:
    name = str(reason.get("key", "")).partition(":")[2] or str(reason.get("key", ""))
    match reason.get("kind"):
        case "item":
            return _tr("this item itself")
        case "category":
            return _tr("category {name}").format(name=name)
        case "tag":
            return _tr("tag {name}").format(name=name)
        case "returned":
            return _tr("returned, so it may come again")
        case "restored":
            return _tr("back in the catalogue")
        case other:
            return f"{other} {name}".strip()


def _interests(part: Mapping[str, Any]) -> Row:
    interests = _mapping(part.get("interests"))
    strongest = max((abs(_weight(weight)) for weight in interests.values()), default=0.0)
    rows = [
        Row(
            key=key,
            label=key.partition(":")[2] or key,
            detail=_tr("category") if key.startswith("category:") else _tr("tag") if key.startswith("tag:") else "",
            value=short(weight),
            share=max(0.0, _weight(weight)) / strongest if strongest else None,
            truth="computed",
        )
        for key, weight in list(interests.items())[:_INTERESTS]
    ]
    return _section("interests", _tr("Interests"), rows, _count(len(rows), len(interests)), "computed")


def _purchased(part: Mapping[str, Any], moment: Moment) -> Row:
    purchased, names = _mapping(part.get("purchased")), _mapping(part.get("names"))
    changed = {_step(one, 3) for one in moment.changes if _step(one, 2) == "purchased"}
    ordered = sorted(purchased.items(), key=lambda pair: (pair[0] not in changed, pair[0]))
    rows = [
        Row(
            key=item,
            label=str(names.get(item) or item),
            detail=item if names.get(item) else "",
            value=short(quantity),
            change="replaced" if item in changed else "",
        )
        for item, quantity in ordered[:LIMIT]
    ]
    return _section("purchased", _tr("Purchased, less returned"), rows, _count(len(rows), len(purchased)))


def _facts(key: str, label: str, values: Mapping[str, Any]) -> Row:
    rows = [Row(key=name, label=name, value=short(value, 120)) for name, value in list(values.items())[:LIMIT]]
    return _section(key, label, rows, "")


def _name(item: Mapping[str, Any]) -> str:
    return short(item.get("name") or item.get("item", ""), 80)


def _weight(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _signed(value: Any) -> str:
    return f"{_weight(value):+.3g}"


# --- slots -----------------------------------------------------------------------------------------------


def slot_rows(moment: Moment) -> tuple[Row, ...]:
    """Service by service what the customer asked for; then forms, open calls and the instructions."""
    part = _mapping(_part(moment.state, "conversation"))
    changed = {tuple(_steps(one)[1:]) for one in moment.changes if _step(one, 1) == "conversation"}
    services = [
        _service(service, _mapping(slots), part, changed) for service, slots in _mapping(part.get("slots")).items()
    ]
    forms = [
        _facts(f"form {name}", _tr("Form {name}").format(name=name), _mapping(fields))
        for name, fields in _mapping(part.get("forms")).items()
    ]
    calls = [
        Row(
            key=str(number),
            label=short(call.get("name")),
            value=event_words(call["position"]),
            position=call["position"],
        )
        for number, call in enumerate(map(_mapping, _sequence(part.get("open_calls"))))
        if isinstance(call.get("position"), int)
    ]
    told = [
        Row(key=key, label=label, value=short(part[key], 200), change="replaced" if (key,) in changed else "")
        for key, label in (("instructions", _tr("Instructions")), ("classification", _tr("Question class")))
        if part.get(key)
    ]
    rest = [_section("calls", _tr("Calls not returned"), calls, ""), _section("told", _tr("Setting"), told, "")]
    return tuple(section for section in (*services, *forms, *rest) if section.children)


def _service(service: str, slots: Mapping[str, Any], part: Mapping[str, Any], changed: set[tuple[str, ...]]) -> Row:
    rows = [
        Row(
            key=f"slot {slot}",
            label=slot,
            value=" | ".join(short(value) for value in _sequence(values)),
            change="replaced" if _is_touched(changed, "slots", service, slot) else "",
        )
        for slot, values in list(slots.items())[:LIMIT]
    ]
    requested = _sequence(_mapping(part.get("requested")).get(service))
    if requested:
        rows.append(Row(key="requested", label=_tr("asked about"), value=", ".join(map(str, requested[:20]))))
    intent = _mapping(part.get("intents")).get(service)
    if not rows and intent:
        rows.append(Row(key="intent", label=_tr("intent"), value=str(intent)))
    return _section(f"service {service}", service, rows, short(intent) if intent else "")


def _is_touched(changed: set[tuple[str, ...]], *path: str) -> bool:
    return any(path[: len(one)] == one or one[: len(path)] == path for one in changed if one)


# --- differences -----------------------------------------------------------------------------------------


def diff_rows(moment: Moment, before: Mapping[str, Any] | None) -> tuple[Row, ...]:
    """What the last event changed: first what production recorded, then what follows from it by computing."""
    recorded = [one for one in moment.changes if not str(one.get("path", "")).startswith(_COMPUTED)]
    computed = [one for one in moment.changes if str(one.get("path", "")).startswith(_COMPUTED)]
    sections = [_section("recorded", _tr("Recorded"), _changes(recorded, before), _count_of(recorded))]
    follows = _section(
        "computed", _tr("Computed"), _changes(computed, before, "computed"), _count_of(computed), "computed"
    )
    sections.append(follows)
    return tuple(section for section in sections if section.children)


def _count_of(changes: Sequence[Any]) -> str:
    return _count(min(LIMIT, len(changes)), len(changes))


def _changes(
    changes: Sequence[Mapping[str, Any]], before: Mapping[str, Any] | None, truth: str = "recorded"
) -> list[Row]:
    words = {"add": "added", "remove": "removed", "replace": "replaced"}
    rows = []
    for number, one in enumerate(changes[:LIMIT]):
        path = str(one.get("path", ""))
        change = words.get(str(one.get("op")), str(one.get("op")))
        new = short(one["value"], 80) if "value" in one else ""
        old = _MISSING if before is None or change == "added" else value_at(before, path)
        old_words = "" if old is _MISSING else short(old, 80)
        value = new if change == "added" else f"{old_words} → {new}" if change == "replaced" else old_words
        rows.append(Row(key=f"{number} {path}", label=path, value=value.strip(), change=change, truth=truth))
    return rows


def value_at(state: Any, path: str) -> Any:
    """The value a JSON pointer names, or a marker that there is none."""
    for step in _pointer(path):
        if isinstance(state, Mapping) and step in state:
            state = state[step]
        elif isinstance(state, (list, tuple)) and step.isdigit() and int(step) < len(state):
            state = state[int(step)]
        else:
            return _MISSING
    return state


def _pointer(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def _steps(change: Mapping[str, Any]) -> list[str]:
    return _pointer(str(change.get("path", "")))


def _step(change: Mapping[str, Any], number: int) -> str:
    steps = _steps(change)
    return steps[number - 1] if number <= len(steps) else ""
