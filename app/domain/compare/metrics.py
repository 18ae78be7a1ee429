"""Measures of a turn and of a branch; None is "not known", which is not 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from app.domain.compare.similarity import word_list
from app.domain.compare.statistics import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.domain.compare.runs import Run
    from app.domain.compare.statistics import Summary
    from app.domain.compare.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnMetrics:
    """Measures of one turn on one branch.

    Attributes:
        prompt_tokens, tokens: as the server counted them, over the turn's finished runs.
        tokens_per_second: while generating, by the server's counts, else as the client saw it. ``generating_s`` is how
            long that took by the server.
        first_token_ms: time to first token of the turn's first run as the client saw it; where that was not
            recorded, what the server tells: loading the model and reading the prompt.
        latency_ms: of the runs, from the same point of view as the time to first token: between request and end as
            recorded, or as the server tells it where the client recorded no time to first token.
        characters, words: of the answers; signs are no words, CJK scripts count by character.
        truncated: the server cut the prompt. ``cut_short``: the answer ended because it was as long as it may be.
        failed: runs that broke off.
        checks_passed, checks: checks that were given for the turn.
        similarity: of the answers to the baseline's, ROUGE-L F1 (see ``similarity.rouge_l``); 1 for the baseline.
        tool_calls: how often a tool was called.
        rating: mean of the ratings that people gave to events of the turn, 1 to 5.
    """

    prompt_tokens: int | None = None
    tokens: int | None = None
    tokens_per_second: float | None = None
    generating_s: float | None = None
    first_token_ms: float | None = None
    latency_ms: float | None = None
    characters: int | None = None
    words: int | None = None
    truncated: bool | None = None
    cut_short: bool | None = None
    failed: int = 0
    checks_passed: int | None = None
    checks: int | None = None
    similarity: float | None = None
    tool_calls: int = 0
    rating: float | None = None

    def value(self, name: str) -> float | None:
        """The metric of that name as a number; yes is 1."""
        found = getattr(self, name)
        return None if found is None else float(found)


Better = Literal["more", "less", "neither"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure as it is shown and sorted by.

    Attributes:
        overall: how a branch's value comes from its turns': their ``sum``, ``mean``, or ``rate``: tokens over time by
            the server's counts, where it tells none the mean.
        better: which branch stands first when they are sorted.
    """

    name: str
    title: str
    unit: str
    overall: Literal["sum", "mean", "rate"]
    better: Better


METRICS: Final = (
    Metric("prompt_tokens", "prompt tokens", "", "sum", "less"),
    Metric("tokens", "answer tokens", "", "sum", "less"),
    Metric("tokens_per_second", "tokens a second", "1/s", "rate", "more"),
    Metric("first_token_ms", "time to first token", "ms", "mean", "less"),
    Metric("latency_ms", "latency", "ms", "mean", "less"),
    Metric("characters", "characters", "", "sum", "less"),
    Metric("words", "words", "", "sum", "less"),
    Metric("truncated", "prompts truncated", "", "sum", "less"),
    Metric("cut_short", "answers cut short", "", "sum", "less"),
    Metric("failed", "runs broken off", "", "sum", "less"),
    Metric("checks_passed", "checks passed", "", "sum", "more"),
    Metric("similarity", "similarity to baseline", "", "mean", "more"),
    Metric("tool_calls", "tool calls", "", "sum", "less"),
    Metric("rating", "rating", "", "mean", "more"),
)
METRIC_NAMES: Final = tuple(metric.name for metric in METRICS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchMetrics:
    """Measures of what a branch has beyond the shared trunk.

    Attributes:
        turns, answers: how many there are.
        values: the branch's value by metric; None where no turn tells.
        summaries: how a metric is spread over the turns, and how many of them tell it.
        checks: how many checks there were; None when none were given.
    """

    turns: int
    answers: int
    values: Mapping[str, float | None]
    summaries: Mapping[str, Summary]
    checks: int | None


def measured(
    turn: Turn, *, ratings: Iterable[int] = (), checks: Sequence[bool] | None = None, similarity: float | None = None
) -> TurnMetrics:
    """The measures of a turn; ``checks`` says which passed, None when none were given."""
    done = [run for run in turn.runs if run.status == "completed"]
    answer = turn.answer
    tokens, generating = _sum(done, lambda run: run.tokens), _sum(done, lambda run: run.seconds("eval_duration"))
    given = list(ratings)
    return TurnMetrics(
        prompt_tokens=_whole(_sum(done, lambda run: run.prompt_tokens)),
        tokens=_whole(tokens),
        tokens_per_second=tokens / generating if tokens is not None and generating else _seen_speed(done),
        generating_s=generating,
        first_token_ms=_first_token(turn.runs),
        latency_ms=_sum(done, _latency_ms),
        characters=sum(len(part.entry.text) for part in turn.answers) if answer is not None else None,
        words=_words(answer) if answer is not None else None,
        truncated=_any(run.truncated for run in done),
        cut_short=_any(run.done_reason == "length" if run.done_reason else None for run in done),
        failed=sum(run.status in ("failed", "cancelled") for run in turn.runs),
        checks_passed=sum(checks) if checks is not None else None,
        checks=len(checks) if checks is not None else None,
        similarity=similarity,
        tool_calls=len(turn.calls),
        rating=sum(given) / len(given) if given else None,
    )


def overall(turns: Sequence[TurnMetrics]) -> BranchMetrics:
    """The measures of a branch from those of its turns."""
    summaries = {name: summary(turn.value(name) for turn in turns) for name in METRIC_NAMES}
    values = {
        metric.name: summaries[metric.name].total if metric.overall == "sum" else summaries[metric.name].mean
        for metric in METRICS
    }
    told = [turn for turn in turns if turn.tokens is not None and turn.generating_s]
    seconds = sum(turn.generating_s or 0 for turn in told)
    if seconds:
        values["tokens_per_second"] = sum(turn.tokens or 0 for turn in told) / seconds
    checks = [turn.checks for turn in turns if turn.checks is not None]
    return BranchMetrics(
        turns=len(turns),
        answers=sum(turn.characters is not None for turn in turns),
        values=values,
        summaries=summaries,
        checks=sum(checks) if checks else None,
    )


def _sum(runs: Sequence[Run], of: Callable[[Run], float | None]) -> float | None:
    """None when there is no run, or one of them does not tell: part of a sum is no sum."""
    values = [of(run) for run in runs]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _latency_ms(run: Run) -> float | None:
    seen = run.elapsed_us / 1e3 if run.elapsed_us is not None else None
    told = run.seconds("total_duration")
    if told is None or (run.first_token_s is not None and seen is not None):
        return seen
    return told * 1e3


def _first_token(runs: Sequence[Run]) -> float | None:
    """Of the turn's first run: until then the customer waits."""
    if not runs:
        return None
    seen = runs[0].first_token_s
    told = seen if seen is not None else runs[0].seconds("prompt_eval_duration", "load_duration")
    return told * 1e3 if told is not None else None


def _seen_speed(runs: Sequence[Run]) -> float | None:
    return runs[0].tokens_per_second if len(runs) == 1 else None


def _any(values: Iterable[bool | None]) -> bool | None:
    known = [value for value in values if value is not None]
    return any(known) if known else None


def _words(text: str) -> int:
    return sum(word[0].isalnum() or word[0] == "_" for word in word_list(text))
