"""What a window asks about branches, over the side streams of made-up sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.fixed_clock import FixedClock
from fakes.sequential_ids import SequentialIds

from app.application.branch_labels import BranchLabels
from app.application.provenance import FirstRun, Provenance
from app.application.shared_prefixes import twigs_of
from app.domain.branch_labels import PLAIN
from app.domain.branch_layout import Twig, twigs_on_owners
from app.domain.branch_merging import Merged, Repeated
from app.viewmodels.branch_services import BranchServices

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fakes.analyst_log import AnalystLog

    from app.domain.branches import Branch


class FakePrefixes:
    """Nothing is repeated, but what ``moved`` says: branch -> (the branch it repeats, how many events)."""

    def __init__(self) -> None:
        self.moved: dict[str, tuple[str, int]] = {}
        self.failure: Exception | None = None

    def merged(self, branches: Sequence[Branch], hidden: Collection[str] = (), /) -> Merged:
        if self.failure is not None:
            raise self.failure
        twigs = twigs_on_owners(twigs_of(branches), hidden)
        moved = {one: Repeated(*self.moved[one]) for one in self.moved if one not in hidden}
        return Merged(
            tuple(
                Twig(twig.id, moved[twig.id].branch, twig.fork + moved[twig.id].count, twig.head)
                if twig.id in moved
                else twig
                for twig in twigs
            ),
            moved,
        )


class FakeProvenances:
    """Every branch was made at its fork and asked a model once, with its length as the seed."""

    def __init__(self, log: AnalystLog, labels: BranchLabels) -> None:
        self._log, self._labels = log, labels

    def of(self, branch: str, /) -> Provenance:
        found = self._labels.named(self._log.branch(branch))
        run = FirstRun(
            position=found.fork_position + 1, model="smollm2:135m", digest="sha256:0123456789abcdef",
            server_version="0.6.3", options={"temperature": 0.2, "seed": found.head},
        )  # fmt: skip
        return Provenance(
            branch=found,
            parent=self._labels.named(self._log.branch(found.parent)) if found.parent else None,
            event=f"e{found.fork_position}" if found.fork_position else None,
            event_hash="ab" * 32,
            source="urn:branchline:format:sgd",
            label=self._labels.labels(found.session).get(branch, PLAIN),
            runs=1 if found.parent else 0,
            first_run=run if found.parent else None,
        )


def branch_services(log: AnalystLog) -> BranchServices:
    labels = BranchLabels(log, FixedClock(), SequentialIds("label"))  # type: ignore[arg-type] # as much as it needs
    return BranchServices(labels, FakePrefixes(), FakeProvenances(log, labels))
