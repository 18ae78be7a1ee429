"""The state at a place beside the state at an earlier one: what is so, what was so, what is new and what is gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from app.domain.prompt_facts import reason_words
from app.domain.report.lines import clipped
from app.domain.report.parts import Row, StateTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.domain.report.parts import RowChange, Truth

MOST_ROWS: Final = 15
"""Rows of lists that may be long: interests, items bought, predicted."""
_LONGEST: Final = 300
_NONE: Final = "–"
_NEAR: Final = 0.0005
"""Weights and scores are told with three digits; what differs by less reads the same."""


def state_tables(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[StateTable, ...]:
    """Both states in the contract's JSON form; parts that are empty in both are left out."""
    was, told = before["conversation"], now["conversation"]
    old, lists = before["recommendation"], now["recommendation"]
    tables = (
        _values("Slots", ("slot", "value", "before"), _slots(was), _slots(told)),
        _ranked("List shown", "recorded", old["shown"], lists["shown"]),
        _values("Bought, returns taken off", ("item", "how many", "before"), _bought(old), _bought(lists)),
        _values("Else", ("field", "value", "before"), _else(before), _else(now)),
        _weights(old["interests"], lists["interests"]),
        _ranked("Predicted items", "computed", old["predicted"], lists["predicted"]),
    )
    return tuple(table for table in tables if table.rows)


def _text(value: Any) -> str:
    if isinstance(value, str):
        told = value
    elif isinstance(value, (list, tuple)) and all(isinstance(one, (str, int, float)) for one in value):
        told = ", ".join(map(str, value))
    else:
        told = json.dumps(value, ensure_ascii=False, default=str)
    return clipped(told, _LONGEST)


def _slots(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{service} · {slot}": _text(value) for service, held in told["slots"].items() for slot, value in held.items()
    }


def _bought(lists: Mapping[str, Any]) -> dict[str, str]:
    names = lists["names"]
    return {
        f"{names[item]} ({item})" if item in names else item: f"{count:,}" for item, count in lists["purchased"].items()
    }


def _else(state: Mapping[str, Any]) -> dict[str, str]:
    told = state["conversation"]
    fields: dict[str, Any] = {
        "status": told["status"],
        "instructions": told["instructions"],
        "classification": told["classification"],
        **{f"intent of {service}": intent for service, intent in told["intents"].items()},
        **{f"asked for of {service}": slots for service, slots in told["requested"].items()},
        **{f"form {name}": fields for name, fields in told["forms"].items()},
        "calls without return": [f"{call['name']} (event {call['position']})" for call in told["open_calls"]],
        "strategy of recommendation": state["recommendation"]["strategy"],
        "strategy of generation": state["generation"]["strategy"],
        **{f"resource {name}": fields for name, fields in state["resources"].items()},
    }
    return {name: _text(value) for name, value in fields.items() if value not in (None, "", [], {}, ())}


def _change(before: str | None, now: str | None) -> RowChange:
    if before == now:
        return ""
    if before is None:
        return "new"
    return "gone" if now is None else "changed"


def _values(title: str, heads: tuple[str, ...], before: Mapping[str, str], now: Mapping[str, str]) -> StateTable:
    """Changed rows first where not all fit; else in the order of the state."""
    rows = [_row(name, before.get(name), now.get(name)) for name in (*now, *(one for one in before if one not in now))]
    shown = _first(rows)
    return StateTable(title=title, truth="recorded", heads=heads, rows=shown, cut=len(rows) - len(shown))


def _row(name: str, before: str | None, now: str | None) -> Row:
    change = _change(before, now)
    return Row((name, now if now is not None else _NONE, (before or _NONE) if change else ""), change)


def _first(rows: Sequence[Row]) -> tuple[Row, ...]:
    if len(rows) <= MOST_ROWS * 2:
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: not row.change)[: MOST_ROWS * 2])


def _weights(before: Mapping[str, float], now: Mapping[str, float]) -> StateTable:
    """The strongest interests, and those that changed most."""
    names = sorted({*before, *now}, key=lambda name: (-abs(now.get(name, 0.0)), -abs(before.get(name, 0.0)), name))
    rows = [_weight_row(name, before.get(name), now.get(name)) for name in names]
    heads = ("interest", "weight", "before")
    shown = tuple(rows[:MOST_ROWS])
    return StateTable(title="Interests", truth="computed", heads=heads, rows=shown, cut=len(rows) - len(shown))


def _weight_row(name: str, before: float | None, now: float | None) -> Row:
    same = before is not None and now is not None and abs(before - now) < _NEAR
    old, new = _number(before), _number(now)
    kind, sign, key = name.partition(":")
    return Row(
        (f"{kind} {key}" if sign else name, new or _NONE, "" if same else old or _NONE),
        "" if same else _change(old, new),
    )


def _number(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _ranked(
    title: str, truth: Truth, before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> StateTable:
    old = {str(item.get("item")): place for place, item in enumerate(before, 1)}
    rows = [_ranked_row(place, item, old) for place, item in enumerate(now, 1)]
    kept = {str(item.get("item")) for item in now}
    rows += list(_gone(before, kept))
    shown = tuple(rows[:MOST_ROWS])
    heads = ("rank", "item", "score", "because of", "before")
    return StateTable(title=title, truth=truth, heads=heads, rows=shown, cut=len(rows) - len(shown))


def _ranked_row(place: int, item: Mapping[str, Any], old: Mapping[str, int]) -> Row:
    was = old.get(str(item.get("item")))
    reasons = _reasons(item.get("reasons"))
    before = "" if was == place else f"rank {was}" if was is not None else "not in it"
    score = _number(item.get("score")) or _NONE
    change: RowChange = "" if was == place else "changed" if was is not None else "new"
    return Row((str(place), _named(item), score, reasons or _NONE, before), change)


def _gone(before: Iterable[Mapping[str, Any]], kept: set[str]) -> Iterator[Row]:
    for place, item in enumerate(before, 1):
        if str(item.get("item")) not in kept:
            yield Row((_NONE, _named(item), _NONE, _NONE, f"rank {place}"), "gone")


def _named(item: Mapping[str, Any]) -> str:
    name, key = item.get("name"), str(item.get("item"))
    if not name or name == key:
        return clipped(key, _LONGEST)
    return clipped(str(name) if key.endswith(f"/{name}") else f"{name} ({key})", _LONGEST)


def _reasons(reasons: Any) -> str:
    if not isinstance(reasons, (list, tuple)):
        return ""
    return clipped("; ".join(reason_words(one) for one in reasons), _LONGEST)
