"""Forks, what branches hold and plans, in words and with their plurals."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from app.application.what_if.plans import Dependent, Plan
from app.domain.forks import Fork, Holding
from app.viewmodels.plural import plural
from app.viewmodels.what_if.words import dependent_words, fork_words, holding_words, plan_words


@pytest.mark.parametrize(
    ("turns", "position", "later"), [(14, 412, 6), (1, 2, 1), (1_200, 4_120, 0), (0, 1, 2), (0, 0, 9)]
)
def test_the_window_and_the_command_line_say_the_same(turns: int, position: int, later: int) -> None:
    holding = Holding(turns=turns, position=position, later=later, parent="main")

    assert holding_words(holding) == holding.sentence


def test_where_it_branches_instead() -> None:
    moved = Fork(asked=8, position=9, call="find", called_at=8, returned_at=9)

    assert fork_words(moved) == "Event 8 is inside the open call of find, so it branches after event 9 instead."
    assert fork_words(Fork(asked=1, position=0, call="find")).endswith("before the first event instead.")
    assert fork_words(Fork(asked=8, position=8)) == ""


def test_a_plan_is_told_a_sentence_each() -> None:
    gone = (
        Dependent(7, "e7", "t", "chosen"),
        Dependent(8, "e8", "t", "caused", 7),
        Dependent(9, "e9", "t", "refers", 7),
    )
    plan = Plan(
        branch="b",
        head=20,
        fork=Fork(asked=6, position=6),
        holding=Holding(turns=3, position=6, later=14, parent="main"),
        after=range(8, 21),
        left_out=gone,
        skipped=frozenset({8, 9}),
        unanswered=("find",),
    )

    assert plan_words(plan) == (
        "The branch holds 3 turns and the state of event 6; 14 later events stay on main.",
        "Event 7 and 2 events that depend on it are left out.",
        "11 recorded events are applied again.",
        "The call of find stays open.",
    )
    assert [dependent_words(one) for one in gone[1:]] == ["caused by event 7", "speaks of event 7"]


def test_what_is_kept_and_cannot_be_applied_is_said() -> None:
    kept = (Dependent(8, "e8", "t", "caused", 7, is_problem=True), Dependent(9, "e9", "t", "caused", 7))
    plan = Plan(
        branch="b",
        head=9,
        fork=Fork(asked=6, position=6),
        holding=Holding(turns=0, position=6, later=3, parent="main"),
        kept=kept,
    )

    assert plan_words(plan)[-1] == "1 event cannot be applied any more and becomes a problem of the state."


class Slavic(QTranslator):
    """One form for one, another for two to four, and a third: as in Czech."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        if (context, text) != ("WhatIf", "{count} turns"):
            return ""
        return "{count} tah" if n == 1 else "{count} tahy" if n < 5 else "{count} tahů"

    def isEmpty(self) -> bool:  # noqa: N802 -- Qt's own name
        return False


def test_a_translation_has_as_many_forms_as_its_language(qapp: QCoreApplication) -> None:
    slavic = Slavic()
    QCoreApplication.installTranslator(slavic)
    try:
        told = [plural("WhatIf", "{count} turn", "{count} turns", count) for count in (1, 3, 7_000)]
    finally:
        QCoreApplication.removeTranslator(slavic)

    assert told == ["1 tah", "3 tahy", "7,000 tahů"]
