"""Measures of turns and branches as the window words them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.domain.compare.metrics import METRICS
from app.domain.compare.telling import metric_text

if TYPE_CHECKING:
    from app.domain.compare.metrics import BranchMetrics, Metric, TurnMetrics


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 -- the name that lupdate looks for
    """Mark a text for translation."""
    return text


_TITLES: Final = {
    "prompt_tokens": QT_TRANSLATE_NOOP("Metrics", "Prompt tokens"),
    "tokens": QT_TRANSLATE_NOOP("Metrics", "Answer tokens"),
    "tokens_per_second": QT_TRANSLATE_NOOP("Metrics", "Tokens a second"),
    "first_token_ms": QT_TRANSLATE_NOOP("Metrics", "Time to first token"),
    "latency_ms": QT_TRANSLATE_NOOP("Metrics", "Latency"),
    "characters": QT_TRANSLATE_NOOP("Metrics", "Characters"),
    "words": QT_TRANSLATE_NOOP("Metrics", "Words"),
    "truncated": QT_TRANSLATE_NOOP("Metrics", "Prompts truncated"),
    "cut_short": QT_TRANSLATE_NOOP("Metrics", "Answers cut short"),
    "failed": QT_TRANSLATE_NOOP("Metrics", "Runs broken off"),
    "checks_passed": QT_TRANSLATE_NOOP("Metrics", "Checks passed"),
    "similarity": QT_TRANSLATE_NOOP("Metrics", "Similarity to baseline"),
    "tool_calls": QT_TRANSLATE_NOOP("Metrics", "Tool calls"),
    "rating": QT_TRANSLATE_NOOP("Metrics", "Rating"),
}
_BY_NAME: Final = {metric.name: metric for metric in METRICS}
_TOLD_OF_A_TURN: Final = ("tokens", "tokens_per_second", "latency_ms", "similarity", "rating")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Metrics", text)


def title_of(metric: Metric) -> str:
    return _tr(_TITLES[metric.name])


def branch_words(metric: Metric, told: BranchMetrics) -> str:
    """A branch's value; how many turns tell it, where not all of those with an answer do."""
    text = metric_text(metric, told.values[metric.name])
    known = told.summaries[metric.name].known
    if metric.name == "checks_passed" and told.checks is not None:
        return _tr("{passed} of {all}").format(passed=text, all=f"{told.checks:,}")
    if 0 < known < told.answers:
        return _tr("{value} ({known} of {all} turns)").format(value=text, known=known, all=told.answers)
    return text


def turn_words(told: TurnMetrics, *, is_baseline: bool) -> str:
    """What is known of one answer, in one muted line."""
    values = {name: (_BY_NAME[name], told.value(name)) for name in _TOLD_OF_A_TURN}
    forms = {
        "tokens": _tr("{value}\u00a0tokens"),
        "tokens_per_second": _tr("{value}/s"),
        "latency_ms": "{value}",
        "similarity": _tr("{value} like the baseline"),
        "rating": _tr("rated {value}"),
    }
    parts = [
        forms[name].format(value=metric_text(metric, value).replace(" ", "\u00a0"))
        for name, (metric, value) in values.items()
        if value is not None and not (name == "similarity" and is_baseline)
    ]
    if told.checks:
        parts.append(_tr("{passed} of {all} checks passed").format(passed=told.checks_passed, all=told.checks))
    return " · ".join(parts)


def problem_words(told: TurnMetrics) -> tuple[str, ...]:
    """What went wrong, one sentence each."""
    said = (
        (bool(told.truncated), _tr("The server cut the prompt: the oldest messages were not read.")),
        (bool(told.cut_short), _tr("The answer ended at its longest allowed length.")),
        (told.failed > 0, _tr("A run broke off.")),
        (told.checks is not None and told.checks_passed != told.checks, _tr("A check failed.")),
    )
    return tuple(sentence for applies, sentence in said if applies)
