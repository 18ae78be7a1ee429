"""The table of measures marks what is better, and leaves open what is only different."""

from fakes.window_services import make_branch

from app.domain.compare.comparison import ComparedBranch
from app.domain.compare.metrics import METRICS, BranchMetrics
from app.viewmodels.metrics_model import BestRole, MetricsModel


def branch(name: str, **values: float) -> ComparedBranch:
    told = {metric.name: values.get(metric.name) for metric in METRICS}
    return ComparedBranch(
        branch=make_branch("s", name, head=4),
        parent=None,
        at=4,
        diverges_at=2,
        settings=(),
        metrics=BranchMetrics(turns=1, answers=1, values=told, summaries={}, checks=None),
    )


def test_a_shorter_answer_is_not_called_the_better_one_but_a_faster_one_is() -> None:
    model = MetricsModel()
    model.show_branches(
        [branch("a", words=10, similarity=1.0, latency_ms=900), branch("b", words=40, similarity=0.2, latency_ms=300)]
    )

    marked = {
        (model.metric_at(row).name, column)
        for row in range(model.rowCount())
        for column in range(2)
        if model.index(row, column).data(BestRole)
    }

    assert marked == {("latency_ms", 1)}
