"""What a comparison says about chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.branched import Branched

from app.domain.compare.telling import jitter_text
from app.domain.lab.jitter import Answers, compare_groups

SAME: list[Answers] = [("yes",)] * 10


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (SAME, SAME, "no more than repetition does (p = 1.0000, level 0.02; 10 and 10 repetitions)"),
        (SAME, [("no",)] * 10, "more than repetition does (p = 0.0001"),
        (SAME, [("no",)], "was repeated too seldom (1 and 10 repetitions) to say whether it differs"),
        (SAME, [("no",)], "mean distance 0.80; among the baseline's own 0.00"),
        ([("no",)], SAME, "by more than chance: mean distance 0.80"),
    ],
)
def test_the_verdict_is_one_sentence(one: list[Answers], other: list[Answers], words: str) -> None:
    scene = Branched("Hi", "Hello")
    scene.fork("b", 1)
    compared = scene.comparing.compare("s", [scene.main, "b"]).branches[1]

    told = jitter_text(replace(compared, jitter=compare_groups(one, other)))

    assert told is not None
    assert words in told
    assert jitter_text(compared) is None
