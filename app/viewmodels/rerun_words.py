"""Re-runs over sessions in words: a turn in a cell, in a tooltip, and the whole in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.viewmodels.json_text import short
from app.viewmodels.plural import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.application.series import SeriesUpdate
    from app.application.session_reruns import RerunPlan
    from app.application.trial_player import TurnResult
    from app.domain.lab.checks import CheckOutcome

_LONGEST = 600


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reruns", text)


def cell_words(turn: TurnResult, checks: Sequence[CheckOutcome]) -> str:
    """How the checks of a turn came out, and whether other words were said than in the recording."""
    failed = sum(one.passed is False for one in checks)
    told = []
    if failed:
        told.append(_tr("{count} failed").format(count=failed) if len(checks) > 1 else _tr("failed"))
    elif any(one.passed for one in checks):
        told.append(_tr("passed"))
    elif checks:
        told.append(_tr("skipped"))
    told.append(_tr("changed") if turn.is_changed else _tr("same"))
    return " · ".join(told)


def turn_told(turn: TurnResult, checks: Sequence[CheckOutcome]) -> str:
    """Both answers, and every check with what was wrong."""
    recorded = short(turn.recorded, _LONGEST) if turn.recorded is not None else _tr("(no answer)")
    lines = [
        _tr("Recorded: {text}").format(text=recorded),
        _tr("Re-run: {text}").format(text=short(turn.rerun, _LONGEST)),
    ]
    words = {True: _tr("passed"), False: _tr("failed"), None: _tr("skipped")}
    lines += [f"{words[one.passed]}: {one.check}{f' ({one.why})' if one.why else ''}" for one in checks]
    return "\n".join(lines)


def plan_words(plan: RerunPlan) -> str:
    """What a plan comes to, before it is begun."""
    told = [plural("Reruns", "{count} session, a branch in it", "{count} sessions, a branch in each", len(plan.rows))]
    if plan.completed:
        told.append(plural("Reruns", "{count} played already", "{count} played already", plan.completed))
    if plan.passed_over:
        one, many = "{count} without such a turn is passed over", "{count} without such a turn are passed over"
        told.append(plural("Reruns", one, many, len(plan.passed_over)))
    return " · ".join(told)


def progress_words(update: SeriesUpdate) -> str:
    """Where the queue stands."""
    told = [_tr("{done} of {all} done").format(done=f"{update.done:,}", all=f"{update.total:,}")]
    if update.is_paused:
        told.append(_tr("paused"))
    if update.failed:
        told.append(_tr("{count} came to no end").format(count=f"{update.failed:,}"))
    if update.tokens_per_second:
        told.append(_tr("{rate} tokens/s").format(rate=f"{update.tokens_per_second:.0f}"))
    if update.remaining_s:
        minutes, seconds = divmod(round(update.remaining_s), 60)
        told.append(_tr("about {minutes}:{seconds} left").format(minutes=minutes, seconds=f"{seconds:02}"))
    return " · ".join(told)


def total_words(total: Mapping[str, int]) -> str:
    """The counts of all sessions together."""
    told = [_tr("{done} of {all} came to their end").format(done=f"{total['completed']:,}", all=f"{total['trials']:,}")]
    told.append(plural("Reruns", "{count} answer", "{count} answers", total["answers"]))
    if total["passed"] or total["failed"] or total["skipped"]:
        told.append(_tr("checks: {passed} passed, {failed} failed").format(**{k: f"{v:,}" for k, v in total.items()}))
    if total["skipped"]:
        told.append(_tr("{count} skipped").format(count=f"{total['skipped']:,}"))
    told.append(_tr("{count} changed").format(count=f"{total['changed']:,}"))
    return " · ".join(told)
