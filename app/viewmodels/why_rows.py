"""The pinned field as rows: why it is what it is at the playhead, and every event that changed it."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from app.domain.events import to_rfc3339
from app.domain.pointers import ABSENT
from app.viewmodels.json_text import short
from app.viewmodels.row_parts import counted, section
from app.viewmodels.tree_rows import Row, event_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.explaining import Contribution, Explanation
    from app.application.histories import FieldChange
    from app.domain.events import Event

MOST_CHANGES: Final = 1_000
_MOST_WEIGHTS: Final = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


def value_words(value: Any, characters: int = 80) -> str:
    """A value in one line; what is not there is said in a word."""
    return _tr("not there") if value is ABSENT else short(value, characters)


def why_rows(explanation: Explanation | None, changes: Sequence[FieldChange], in_force: int | None) -> tuple[Row, ...]:
    """First the reason, then the changes; ``in_force`` is the index of the change that holds at the playhead."""
    reason = () if explanation is None else (explained(explanation),)
    return (*reason, *history(changes, in_force))


def history(changes: Sequence[FieldChange], in_force: int | None) -> tuple[Row, ...]:
    """The changes around the one in force, as many as a list can hold."""
    if not changes:
        return ()
    first = max(0, min((in_force or 0) - MOST_CHANGES // 2, len(changes) - MOST_CHANGES))
    rows = [
        Row(
            key=f"change {change.position}",
            label=f"{'▶ ' if number == in_force else ''}{event_words(change.position)} · {change.type}",
            value=f"{value_words(change.before)} → {value_words(change.after)}",
            change="replaced" if number == in_force else "",
            position=change.position,
            is_stacked=True,
            texts=(change.before, change.after),
        )
        for number, change in enumerate(changes[first : first + MOST_CHANGES], start=first)
    ]
    return (section("changes", _tr("Changes"), rows, counted(len(rows), len(changes))),)


def explained(explanation: Explanation) -> Row:
    """Why the field is what it is: in words and in rows that lead to the events."""
    if explanation.kind == "computed":
        return _computed(explanation)
    return _recorded(explanation)


def _recorded(explanation: Explanation) -> Row:
    rows = [Row(key="value", label=_tr("value"), value=value_words(explanation.value))]
    if explanation.event is None:
        rows.append(Row(key="start", label=_tr("It is as it was at the start: no event changed it up to here.")))
    else:
        rows.append(_event(_tr("brought by"), explanation.event, "brought"))
        rows += [_event(_tr("caused by"), cause, f"cause {number}") for number, cause in enumerate(explanation.causes)]
        if explanation.lost_cause is not None:
            lost = _tr("no event of this branch")
            rows.append(Row(key="lost", label=_tr("caused by"), detail=explanation.lost_cause, value=lost))
        elif not explanation.causes:
            rows.append(Row(key="no cause", label=_tr("Production recorded no cause of that event.")))
    return section("recorded", _tr("Why"), rows, event_words(explanation.position))


def _event(label: str, event: Event, key: str) -> Row:
    return Row(
        key=key,
        label=f"{label} {event_words(event.position)} · {event.type}",
        value=" · ".join(part for part in (event.actor, to_rfc3339(event.time)) if part),
        position=event.position,
        is_stacked=True,
    )


def _computed(explanation: Explanation) -> Row:
    weights = sorted(explanation.contributions, key=lambda one: -abs(one.weight.now))
    most = abs(weights[0].weight.now) if weights else 0.0
    rows = [Row(key="value", label=_tr("value"), value=value_words(explanation.value), truth="computed")]
    rows += [_weight(number, one, most) for number, one in enumerate(weights[:_MOST_WEIGHTS])]
    if weights:
        rows.append(Row(key="sum", label=_tr("Sum"), value=f"{explanation.total:+.4g}", truth="computed"))
    else:
        rows.append(Row(key="none", label=_tr("No event speaks for it up to here."), truth="computed"))
    told = counted(min(len(weights), _MOST_WEIGHTS), len(weights)) if weights else ""
    return section("why computed", _tr("Why"), rows, told, "computed")


def _weight(number: int, one: Contribution, most: float) -> Row:
    weight = one.weight
    faded = "" if isclose(weight.brought, weight.now) else _tr("was {value}").format(value=f"{weight.brought:+.3g}")
    return Row(
        key=f"weight {number}",
        label=f"{event_words(weight.position)} · {weight.key.partition(':')[2] or weight.key}",
        detail=faded,
        value=f"{weight.now:+.3g}",
        share=abs(weight.now) / most if most else None,
        truth="computed",
        position=weight.position,
    )
