"""What is said above branches that stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.viewmodels.plural import plural

if TYPE_CHECKING:
    from app.domain.compare.comparison import Comparison

_NAMED: Final = 2
"""Branches that are named; more names would say less than their number."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideBySideDesk", text)


def progress_words(done: int, total: int | None, what: str) -> str:
    """What is being done, by the name that ``Comparing`` gives it, and how much of it is."""
    steps = {
        "reading": _tr("Reading the turns"),
        "aligning": _tr("Aligning the turns"),
        "comparing": _tr("Comparing the turns"),
        "indexing": _tr("Rebuilding the states"),
        "comparing states": _tr("Comparing states"),
    }
    said = steps.get(what, what)
    return f"{said} {done * 100 // total} %" if total else said


def comparison_words(found: Comparison) -> str:
    """What was compared, where it differs first and how much, and what repetitions say of it."""
    shared = plural("SideBySide", "{count} event shared", "{count} events shared", found.trunk)
    if found.trunk_turns:
        one, many = "{count} whole turn left out", "{count} whole turns left out"
        shared = f"{shared} · {plural('SideBySide', one, many, found.trunk_turns)}"
    if found.first_divergence is None:
        return f"{shared} · " + _tr("what was said and done is the same")
    told = _tr("first difference at event {position}").format(position=f"{found.first_divergence:,}")
    count = _tr("{different} of {all} turns differ").format(
        different=f"{len(found.differing):,}", all=f"{len(found.rows):,}"
    )
    return "\n".join((f"{shared} · {told} · {count}", *_beyond_chance(found)))


def _beyond_chance(found: Comparison) -> list[str]:
    """For each branch that was repeated, whether it differs from the baseline more than repetition does."""
    more = _tr("{name} differs from {base} more than repetition does (p = {p}, {test}).")
    no_more = _tr("{name} differs from {base} no more than repetition does (p = {p}, {test}).")
    said, seldom = [], []
    for one in found.branches:
        if (verdict := one.jitter) is None:
            continue
        if verdict.verdict == "too few repetitions":
            seldom.append(one.name)
            continue
        test = _tr("permutation test, level {alpha}").format(alpha=f"{verdict.alpha:g}")
        p_value = f"{verdict.test.p_value:.3g}"
        told = more if verdict.verdict == "differs" else no_more
        said.append(told.format(name=one.name, base=found.branches[0].name, p=p_value, test=test))
    if seldom:
        told = _tr("Repeated too seldom to tell a change from chance: {names}.")
        if len(seldom) > _NAMED:
            told = _tr("Repeated too seldom to tell a change from chance: {count} of these branches.")
        said.append(told.format(names=", ".join(seldom), count=len(seldom)))
    return said
