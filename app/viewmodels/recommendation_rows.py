"""What the state panel says about recommendations: what production showed, and what Branchline predicts and why."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from app.domain.diff import pointer
from app.domain.marks import replaced_position
from app.domain.reapplying import reapplied_position
from app.domain.recommender import own_strategy
from app.viewmodels.json_text import short
from app.viewmodels.origins import stands_for
from app.viewmodels.row_parts import (
    LIMIT,
    as_mapping,
    as_sequence,
    counted,
    facts,
    part_of,
    section,
    step_of,
)
from app.viewmodels.tree_rows import Row, event_words

if TYPE_CHECKING:
    from app.application.moment import Moment
    from app.domain.events import Event


_INTERESTS: Final = 12
_PURCHASES: Final = 50
"""A shop's customer may have thousands; all of them stand in the tab Raw."""
_PART: Final = "recommendation"
_PURCHASED: Final = f"/{_PART}/purchased/"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


def recommendation_rows(moment: Moment) -> tuple[Row, ...]:
    """The list shown, the prediction, interests and purchases; parts that hold nothing are left out."""
    part = as_mapping(part_of(moment.state, "recommendation"))
    touched = {str(one.get("path", "")).split("/", 3)[2] for one in moment.changes if _is_recommendation(one)}
    sections = (
        _shown(part, "shown" in touched, moment.shown),
        _predicted(part),
        _interests(part),
        _purchased(part, moment),
        facts("strategy", _tr("Strategy"), as_mapping(part.get("strategy")), "recommendation", "strategy"),
    )
    return tuple(one for one in sections if one.children)


def _is_recommendation(change: Mapping[str, Any]) -> bool:
    return str(change.get("path", "")).startswith("/recommendation/")


def _shown(part: Mapping[str, Any], is_new: bool, brought: Event | None) -> Row:
    items = as_sequence(part.get("shown"))
    truth = "computed" if own_strategy(part.get("strategy")) else "recorded"
    rows = [
        Row(
            key=str(number),
            label=f"{item.get('rank', number + 1)}  {_name(item)}",
            value=_score(item.get("score")),
            change="replaced" if is_new else "",
            pointer=pointer((_PART, "shown", number)),
            truth=truth,
            children=_reasons(item, truth),
        )
        for number, item in enumerate(map(as_mapping, items[:LIMIT]))
    ]
    at = part.get("shown_at")
    label = _tr("Shown at event {position}").format(position=f"{at:,}") if isinstance(at, int) else _tr("Shown")
    origin = ""
    if brought is not None:
        origin = stands_for(replaced_position(brought.data), reapplied_position(brought.data))
    return section("shown", label, rows, counted(len(rows), len(items)), truth, (_PART, "shown"), origin)


def _predicted(part: Mapping[str, Any]) -> Row:
    items = [as_mapping(item) for item in as_sequence(part.get("predicted"))]
    best = max((_weight(item.get("score")) for item in items), default=0.0)
    rows = [
        Row(
            key=str(item.get("item", number)),
            label=f"{number + 1}  {_name(item)}",
            value=_score(item.get("score")),
            share=_weight(item.get("score")) / best if best > 0 else None,
            truth="computed",
            pointer=pointer((_PART, "predicted", number)),
            children=_reasons(item, "computed"),
        )
        for number, item in enumerate(items[:LIMIT])
    ]
    told = counted(len(rows), len(items))
    return section("predicted", _tr("Predicted"), rows, told, "computed", (_PART, "predicted"))


def _reasons(item: Mapping[str, Any], truth: str) -> tuple[Row, ...]:
    return tuple(_reason(number, reason, truth) for number, reason in enumerate(as_sequence(item.get("reasons"))[:20]))


def _reason(number: int, reason: Any, truth: str) -> Row:
    if not isinstance(reason, Mapping):
        return Row(key=str(number), label=short(reason), truth=truth)
    events = [at for at in as_sequence(reason.get("events")) if isinstance(at, int)]
    return Row(
        key=f"{reason.get('kind', '')} {reason.get('key', number)}",
        label=_reason_words(reason),
        value=_signed(reason["weight"]) if _weight(reason.get("weight")) else "",
        detail=event_words(events[-1]) + (f" +{len(events) - 1}" if len(events) > 1 else "") if events else "",
        truth=truth,
        position=events[-1] if events else None,
        links=tuple(reversed(events[-LIMIT:])) if len(events) > 1 else (),
    )


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
    interests = as_mapping(part.get("interests"))
    strongest = max((abs(_weight(weight)) for weight in interests.values()), default=0.0)
    rows = [
        Row(
            key=key,
            label=key.partition(":")[2] or key,
            detail=_tr("category") if key.startswith("category:") else _tr("tag") if key.startswith("tag:") else "",
            value=_score(weight),
            share=max(0.0, _weight(weight)) / strongest if strongest else None,
            truth="computed",
            pointer=pointer((_PART, "interests", key)),
        )
        for key, weight in list(interests.items())[:_INTERESTS]
    ]
    told = counted(len(rows), len(interests))
    return section("interests", _tr("Interests"), rows, told, "computed", (_PART, "interests"))


def _purchased(part: Mapping[str, Any], moment: Moment) -> Row:
    """What changed stands first; the rest as the state has it, which is by item."""
    purchased, names = as_mapping(part.get("purchased")), as_mapping(part.get("names"))
    changed = {step_of(one, 3) for one in moment.changes if str(one.get("path", "")).startswith(_PURCHASED)}
    rest = islice((item for item in purchased if item not in changed), _PURCHASES)
    shown = [*sorted(changed.intersection(purchased)), *rest][:_PURCHASES]
    rows = [_purchase(item, names.get(item), short(purchased[item]), item in changed) for item in shown]
    told = counted(len(rows), len(purchased))
    return section("purchased", _tr("Purchased, less returned"), rows, told, path=(_PART, "purchased"))


@lru_cache(maxsize=64 * _PURCHASES)
def _purchase(item: str, name: Any, quantity: str, is_changed: bool) -> Row:
    return Row(
        key=item,
        label=str(name or item),
        detail=item if name else "",
        value=quantity,
        change="replaced" if is_changed else "",
        pointer=pointer((_PART, "purchased", item)),
    )


def _name(item: Mapping[str, Any]) -> str:
    return short(item.get("name") or item.get("item", ""), 80)


def _score(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, (int, float)) else ""


def _weight(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _signed(value: Any) -> str:
    return f"{_weight(value):+.3g}"
