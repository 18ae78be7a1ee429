"""Differences between two JSON values, as RFC 6902 operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Change:
    """One RFC 6902 operation with the value that it does away with; None where there is none."""

    op: Literal["add", "remove", "replace"]
    path: str
    before: Any = None
    after: Any = None

    def to_json(self) -> dict[str, Any]:
        operation: dict[str, Any] = {"op": self.op, "path": self.path}
        return operation if self.op == "remove" else {**operation, "value": self.after}


@dataclass(frozen=True, slots=True)
class PartOfList:
    """What has to be known of a long list to compare it with another that begins alike.

    Attributes:
        elements: by index, those of the common beginning that may differ; the other list has the same indexes.
        start: index at which the common beginning ends, the same in both lists.
        tail: everything from there on.
    """

    elements: Mapping[int, Any] = field(default_factory=dict)
    start: int = 0
    tail: Sequence[Any] = ()


def pointer(path: Sequence[str | int]) -> str:
    """RFC 6901 text of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def diff(before: Any, after: Any) -> list[dict[str, Any]]:
    """Operations that turn ``before`` into ``after``; empty when they are equal.

    Lists are compared after cutting their common beginning and end, so that one inserted element is one ``add``.
    """
    return [change.to_json() for change in changes(before, after)]


def changes(before: Any, after: Any) -> tuple[Change, ...]:
    """``diff`` with old values. A long list may be given as ``PartOfList``, on both sides, for the same outcome."""
    return tuple(_diff((), before, after))


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values: ``1`` and ``1.0`` are the same number, ``1`` and ``true`` are not the same value."""
    if one is other:
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _diff(path: tuple[str | int, ...], before: Any, after: Any) -> Iterator[Change]:
    if before is after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _diff_objects(path, before, after)
    elif isinstance(before, PartOfList) and isinstance(after, PartOfList):
        for index in sorted(before.elements):
            yield from _diff((*path, index), before.elements[index], after.elements[index])
        yield from _diff_arrays(path, before.tail, after.tail, before.start)
    elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        yield from _diff_arrays(path, before, after)
    elif not same(before, after):
        yield Change("replace", pointer(path), before, after)


def _diff_objects(path: tuple[str | int, ...], before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key, value in before.items():
        if key not in after:
            yield Change("remove", pointer((*path, key)), value)
    for key, value in after.items():
        if key in before:
            yield from _diff((*path, key), before[key], value)
        else:
            yield Change("add", pointer((*path, key)), None, value)


def _diff_arrays(
    path: tuple[str | int, ...], before: Sequence[Any], after: Sequence[Any], skipped: int = 0
) -> Iterator[Change]:
    """``skipped`` elements, the same on both sides, stand before those given."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and same(before[start], after[start]):
        start += 1
    end = 0
    while end < shorter - start and same(before[-1 - end], after[-1 - end]):
        end += 1
    old, new = len(before) - start - end, len(after) - start - end
    for index in range(min(old, new)):
        at = start + index
        yield from _diff((*path, skipped + at), before[at], after[at])
    for index in range(old - 1, new - 1, -1):
        yield Change("remove", pointer((*path, skipped + start + index)), before[start + index])
    for index in range(old, new):
        yield Change("add", pointer((*path, skipped + start + index)), None, after[start + index])


def patched(value: Any, operations: Sequence[dict[str, Any]]) -> Any:
    """``value`` after RFC 6902 ``add``, ``remove`` and ``replace`` operations; the original stays as it was.

    Raises KeyError, IndexError or ValueError when an operation does not fit the value.
    """
    for operation in operations:
        value = _patch(value, _steps(operation["path"]), operation)
    return value


def _steps(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def _patch(value: Any, steps: list[str], operation: dict[str, Any]) -> Any:
    if not steps:
        return operation["value"]
    step, rest = steps[0], steps[1:]
    if isinstance(value, dict):
        changed = dict(value)
        if rest:
            changed[step] = _patch(value[step], rest, operation)
        elif operation["op"] == "remove":
            del changed[step]
        else:
            changed[step] = operation["value"]
        return changed
    listed, index = list(value), int(step) if step != "-" else len(value)
    if rest:
        listed[index] = _patch(listed[index], rest, operation)
    elif operation["op"] == "remove":
        del listed[index]
    elif operation["op"] == "add":
        listed.insert(index, operation["value"])
    else:
        listed[index] = operation["value"]
    return listed
