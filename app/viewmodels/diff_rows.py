"""What the last event changed in the state, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from app.domain.pointers import ABSENT
from app.viewmodels.json_text import short
from app.viewmodels.row_parts import LIMIT, counted, pointer_steps, section
from app.viewmodels.tree_rows import Row

if TYPE_CHECKING:
    from app.application.moment import Moment
    from app.domain.diff import Change


_COMPUTED: Final = ("/recommendation/interests", "/recommendation/predicted")
_MISSING: Final = object()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


def diff_rows(moment: Moment, before: Mapping[str, Any] | None) -> tuple[Row, ...]:
    """What the last event changed: first what production recorded, then what follows from it by computing."""
    recorded = [one for one in moment.changes if not str(one.get("path", "")).startswith(_COMPUTED)]
    computed = [one for one in moment.changes if str(one.get("path", "")).startswith(_COMPUTED)]
    sections = [section("recorded", _tr("Recorded"), _changes(recorded, before), _count_of(recorded))]
    follows = section(
        "computed", _tr("Computed"), _changes(computed, before, "computed"), _count_of(computed), "computed"
    )
    sections.append(follows)
    return tuple(one for one in sections if one.children)


def difference_rows(changes: Sequence[Change]) -> tuple[Row, ...]:
    """What lies between two states: first what production recorded, then what follows from it by computing."""
    parts = []
    for truth, label in (("recorded", _tr("Recorded")), ("computed", _tr("Computed"))):
        own = [one for one in changes if one.path.startswith(_COMPUTED) == (truth == "computed")]
        parts.append(
            section(truth, label, [_difference(*pair, truth) for pair in enumerate(own[:LIMIT])], _count_of(own), truth)
        )
    return tuple(one for one in parts if one.children)


def _difference(number: int, one: Change, truth: str) -> Row:
    old, new = short(one.before, 80), short(one.after, 80)
    words = {"add": ("added", new), "remove": ("removed", old), "replace": ("replaced", f"{old} → {new}")}
    change, value = words[one.op]
    texts = (ABSENT if one.op == "add" else one.before, ABSENT if one.op == "remove" else one.after)
    return Row(
        key=f"{number} {one.path}",
        label=one.path,
        value=value,
        change=change,
        truth=truth,
        pointer=one.path,
        is_stacked=True,
        texts=texts,
    )


def _count_of(changes: Sequence[Any]) -> str:
    return counted(min(LIMIT, len(changes)), len(changes))


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
        rows.append(
            Row(
                key=f"{number} {path}",
                label=path,
                value=value.strip(),
                change=change,
                truth=truth,
                pointer=path,
                is_stacked=True,
            )
        )
    return rows


def value_at(state: Any, path: str) -> Any:
    """The value a JSON pointer names, or a marker that there is none."""
    for step in pointer_steps(path):
        if isinstance(state, Mapping) and step in state:
            state = state[step]
        elif isinstance(state, (list, tuple)) and step.isdigit() and int(step) < len(state):
            state = state[int(step)]
        else:
            return _MISSING
    return state
