"""Lists that are written flat, an attribute for each leaf (``llm.input_messages.0.message.role``), put together again.

An index beyond ``LARGEST_INDEX`` is refused, and a list takes no more room than it has entries: gaps close up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_INDEX: Final = 10_000
_DEEPEST: Final = 16
_MOST_LEAVES: Final = 200_000


def unflattened(attributes: Mapping[str, Any], prefix: str) -> Any:
    """What lies below ``prefix.``: objects, and lists where all names are numbers; None where there is nothing.

    Raises BadInput for what only a bomb would hold.
    """
    tree: dict[str, Any] = {}
    start = prefix + "."
    leaves = 0
    for key, value in attributes.items():
        if not key.startswith(start):
            continue
        leaves += 1
        names = key[len(start) :].split(".")
        if len(names) > _DEEPEST or leaves > _MOST_LEAVES:
            raise BadInput(f"the attributes below {prefix} are too many or too deep to be a list")
        _put(tree, names, value, prefix)
    return _lists(tree) if tree else None


def _put(tree: dict[str, Any], names: list[str], value: Any, prefix: str) -> None:
    at = tree
    for name in names[:-1]:
        below = at.setdefault(name, {})
        if not isinstance(below, dict):
            below = at[name] = {"": below}  # a leaf and a branch of the same name
        at = below
    for name in names:
        if name.isdecimal() and name.isascii() and (len(name) > 9 or int(name) > LARGEST_INDEX):
            raise BadInput(f"{prefix} has an entry number {name[:20]}; at most {LARGEST_INDEX:,} are read")
    last = at.get(names[-1])
    if isinstance(last, dict):
        last[""] = value
    else:
        at[names[-1]] = value


def _lists(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    inner = {name: _lists(value) for name, value in tree.items()}
    if inner and all(name.isdecimal() and name.isascii() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
