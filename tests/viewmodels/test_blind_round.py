"""What blind judgements come to is told once all of them are kept."""

import random
from typing import Any

from fakes.branched import Branched

from app.domain.compare.judging import Judgement
from app.viewmodels.blind_round import BlindRound


class _Judging:
    def __init__(self) -> None:
        self.kept: list[Judgement] = []

    def record(self, session: str, judgement: Judgement) -> None:
        self.kept.append(judgement)

    def judgements(self, session: str) -> tuple[Judgement, ...]:
        return tuple(self.kept)


class _SlowBridge:
    """Does work when it is told to, in any order."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Any, Any, Any]] = []

    def run(self, work: Any, on_done: Any, on_failed: Any) -> None:
        self.waiting.append((work, on_done, on_failed))

    def do(self, number: int) -> None:
        work, on_done, _ = self.waiting.pop(number)
        on_done(work())


def test_results_are_asked_when_the_last_judgement_is_kept_in_whatever_order() -> None:
    session = Branched("Hello", "Hi")
    for name, texts in (("a", ("One?", "Yes.")), ("b", ("One?", "No.")), ("c", ("One?", "Perhaps."))):
        session.say(session.fork(name, 2), *texts)
    bridge, judging = _SlowBridge(), _Judging()
    told: list[Any] = []
    judged = BlindRound(session.compare("a", "b", "c"), judging, bridge, random.Random(1))  # type: ignore[arg-type]
    judged.told.connect(told.append)
    while judged.question is not None:
        judged.judge("left", "")

    for number in (2, 0, 0):
        bridge.do(number)
    before = list(told)
    bridge.do(0)

    assert before == []
    assert [len(tallies) for tallies in told] == [3]
