"""Forks, what branches hold, and plans in words of the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.viewmodels.plural import plural

if TYPE_CHECKING:
    from app.application.what_if.plans import Dependent, Plan
    from app.domain.forks import Fork, Holding

_CONTEXT = "WhatIf"


def fork_words(fork: Fork) -> str:
    """Why a branch leaves elsewhere; empty when it leaves where it was asked to."""
    if not fork.is_moved:
        return ""
    if fork.position:
        text = _tr("Event {asked} is inside the open call of {call}, so it branches after event {position} instead.")
    else:
        text = _tr("Event {asked} is inside the open call of {call}, so it branches before the first event instead.")
    return text.format(asked=f"{fork.asked:,}", call=fork.call, position=f"{fork.position:,}")


def continuing_words(fork: Fork, holding: Holding) -> str:
    """Where a continuation branches that was asked for inside an open tool call."""
    one = "Branches after event {position}, outside the call of {call}; {count} later event stays on {branch}"
    many = "Branches after event {position}, outside the call of {call}; {count} later events stay on {branch}"
    return plural(_CONTEXT, one, many, holding.later).format(
        position=f"{fork.position:,}", call=fork.call, branch=holding.parent
    )


def holding_words(holding: Holding) -> str:
    """Such as ``14 turns and the state of event 412; 6 later events stay on main``."""
    state = _tr("the state of event {position}") if holding.position else _tr("the state before the first event")
    state = state.format(position=f"{holding.position:,}")
    if holding.turns:
        turns = plural(_CONTEXT, "{count} turn", "{count} turns", holding.turns)
        state = _tr("{turns} and {state}").format(turns=turns, state=state)
    if holding.later:
        one, many = "{count} later event stays on {branch}", "{count} later events stay on {branch}"
        later = plural(_CONTEXT, one, many, holding.later)
    else:
        later = _tr("no later event is on {branch}")
    return _tr("{held}; {later}").format(held=state, later=later.format(branch=holding.parent))


def plan_words(plan: Plan) -> tuple[str, ...]:
    """What a plan will do, a sentence each; first of all why it branches elsewhere, where it does."""
    told = [fork_words(plan.fork), _held(plan), _left_out(plan), _again(plan), _kept(plan)]
    told += [_tr("The call of {tool} stays open.").format(tool=name) for name in plan.unanswered]
    return tuple(sentence for sentence in told if sentence)


def _held(plan: Plan) -> str:
    if not plan.onto:
        return _tr("The branch holds {holding}.").format(holding=holding_words(plan.holding))
    text = _tr("The change is appended to {branch} after event {position}.")
    return text.format(branch=plan.holding.parent, position=f"{plan.holding.position:,}")


def _left_out(plan: Plan) -> str:
    if not plan.left_out:
        return ""
    position, others = f"{plan.left_out[0].position:,}", len(plan.left_out) - 1
    if not others:
        return _tr("Event {position} is left out.").format(position=position)
    one = "Event {position} and {count} event that depends on it are left out."
    many = "Event {position} and {count} events that depend on it are left out."
    return plural(_CONTEXT, one, many, others).format(position=position)


def _again(plan: Plan) -> str:
    if not plan.reapplied:
        return ""
    one, many = "{count} recorded event is applied again.", "{count} recorded events are applied again."
    return plural(_CONTEXT, one, many, plan.reapplied)


def _kept(plan: Plan) -> str:
    problems = sum(one.is_problem for one in plan.kept)
    if not problems:
        return ""
    one = "{count} event cannot be applied any more and becomes a problem of the state."
    many = "{count} events cannot be applied any more and become problems of the state."
    return plural(_CONTEXT, one, many, problems)


def dependent_words(dependent: Dependent) -> str:
    """Why an event depends on the one that is left out."""
    on = f"{dependent.on:,}" if dependent.on is not None else ""
    if dependent.why == "caused":
        return _tr("caused by event {position}").format(position=on)
    return _tr("speaks of event {position}").format(position=on)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
