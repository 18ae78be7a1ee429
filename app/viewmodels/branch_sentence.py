"""A branch in words: what a screen reader says of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.viewmodels.branch_tree import BranchRow


def colour_title(colour: str) -> str:
    """What a colour of branches is called on screen."""
    titles = {
        "blue": _tr("Blue"),
        "green": _tr("Green"),
        "amber": _tr("Amber"),
        "violet": _tr("Violet"),
        "rose": _tr("Rose"),
        "teal": _tr("Teal"),
        "red": _tr("Red"),
        "grey": _tr("Grey"),
    }
    return titles.get(colour, colour)


def sentence(row: BranchRow, playhead: int | None) -> str:
    """All of a branch's line; ``playhead`` where it is in focus."""
    branch, label = row.branch, row.label
    own = _tr("1 event of its own") if branch.own_events == 1 else _tr("{own} events of its own")
    parts = [
        branch.name,
        _tr("made from {parent} at event {fork}").format(parent=row.made_from, fork=f"{branch.fork_position:,}")
        if row.made_from
        else _tr("the trunk"),
        own.format(own=f"{branch.own_events:,}"),
        repeats(row),
        _tr("depth {depth}").format(depth=row.place.depth) if row.place.depth else "",
        _tr("default path") if row.is_default else "",
        _tr("archived") if label.archived else "",
        colour_title(label.colour) if label.colour else "",
        _tr("in focus, playhead at event {position}").format(position=f"{playhead:,}") if playhead is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def repeats(row: BranchRow) -> str:
    """What its first own events say again; empty where they are new."""
    if row.repeated is None:
        return ""
    if row.repeated.count == 1:
        return _tr("its first event is the same as in {branch}").format(branch=row.repeats)
    words = _tr("its first {count} events are the same as in {branch}")
    return words.format(count=f"{row.repeated.count:,}", branch=row.repeats)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Branches", text)
