"""What the rows of the state panel are made of: sections, facts and JSON pointers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from app.domain.diff import pointer
from app.viewmodels.json_text import short
from app.viewmodels.tree_rows import Row

LIMIT: Final = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


def counted(shown: int, every: int) -> str:
    return _tr("{shown} of {all}").format(shown=shown, all=f"{every:,}") if shown < every else f"{every:,}"


def part_of(state: Mapping[str, Any], *path: str) -> Any:
    value: Any = state
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def as_sequence(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def section(
    key: str,
    label: str,
    children: Sequence[Row],
    value: str,
    truth: str = "recorded",
    path: Sequence[str] = (),
    origin: str = "",
) -> Row:
    return Row(
        key=key,
        label=label,
        value=value,
        truth=truth,
        origin=origin,
        pointer=pointer(path),
        is_section=True,
        unfolded=key != "computed",
        children=tuple(children),
    )


def facts(key: str, label: str, values: Mapping[str, Any], *path: str) -> Row:
    """The members of an object that stands at ``path`` in the state."""
    rows = [
        Row(key=name, label=name, value=short(value, 120), pointer=pointer((*path, name)))
        for name, value in list(values.items())[:LIMIT]
    ]
    return section(key, label, rows, "", path=path)


def pointer_steps(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def steps_of(change: Mapping[str, Any]) -> list[str]:
    return pointer_steps(str(change.get("path", "")))


def step_of(change: Mapping[str, Any], number: int) -> str:
    steps = steps_of(change)
    return steps[number - 1] if number <= len(steps) else ""
