"""What counts tell about a prompt that may have been cut, and what they cannot."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.context_meter import ContextEstimate
from app.domain.server_versions import counts_cached, knows_mirostat, refuses_to_cut
from app.domain.truncation import Counts, judged, settled

NEW, OLD = "0.32.15", "0.11.4"


def found(estimate: tuple[int, int, int], prompt: int | None, answer: int | None = 10, **facts: Any) -> str:
    low, middle, high = estimate
    told = {"server_version": NEW, "told_to_refuse": True, **facts}
    window = ContextEstimate(tokens=middle, low=low, high=high, num_ctx=1_000)
    return judged(window, Counts(prompt=prompt, answer=answer, **told)).finding


@pytest.mark.parametrize(
    ("estimate", "prompt", "facts", "finding"),
    [
        ((900, 1_000, 1_100), 990, {}, "whole"),
        ((1_200, 1_400, 1_600), 990, {}, "whole"),  # a server that refuses is believed against a bad estimate
        ((8_000, 9_000, 9_999), 990, {}, "cut"),  # but not against any
        ((900, 1_000, 1_100), 990, {"answer": 200}, "cut"),
        ((900, 1_000, 1_100), 990, {"answer": 200, "window": 1_200}, "whole"),
        ((900, 1_000, 1_100), 990, {"answer": 34}, "whole"),  # llama.cpp made 1,024 of 1,000
        ((900, 1_000, 1_100), 500, {"refused": 1_001}, "cut"),
        ((800, 900, 999), 500, {"server_version": OLD}, "whole"),
        ((900, 1_000, 1_100), 800, {"server_version": OLD}, "cut"),
        ((900, 1_000, 1_100), 950, {"server_version": OLD}, "unknown"),
        ((1_001, 1_100, 1_200), 950, {"server_version": OLD}, "cut"),
        ((900, 1_000, 1_100), 20, {"server_version": "0.1.30"}, "unknown"),  # the rest may have been in the cache
        ((900, 1_000, 1_100), None, {"server_version": OLD}, "unknown"),
        ((900, 1_000, 1_100), 950, {"told_to_refuse": False}, "unknown"),
    ],
)
def test_a_finding_is_no_surer_than_what_was_told(
    estimate: tuple[int, int, int], prompt: int | None, facts: dict[str, Any], finding: str
) -> None:
    assert found(estimate, prompt, **facts) == finding


@pytest.mark.parametrize(
    ("tokens", "prompt", "without_oldest", "finding"),
    [
        (1_000, 950, 940, "whole"),
        (1_000, 950, 950, "cut"),
        (1_001, 950, None, "cut"),
        (1_000, None, None, "unknown"),
    ],
)
def test_the_same_prompt_without_its_oldest_message_settles_it(
    tokens: int, prompt: int | None, without_oldest: int | None, finding: str
) -> None:
    estimate = ContextEstimate(tokens=tokens, low=900, high=1_100, num_ctx=1_000)
    counts = Counts(prompt=950, answer=1, server_version=OLD, told_to_refuse=True)

    assert settled(judged(estimate, counts), estimate, prompt, without_oldest).finding == finding


@pytest.mark.parametrize(
    ("version", "refuses", "mirostat", "cached"),
    [
        ("0.1.30", False, True, False),
        ("0.2.8", False, True, False),
        ("0.3.0", False, True, True),
        ("0.12.5", False, False, True),
        ("0.12.6", True, False, True),
        ("0.30.1", True, False, False),
        ("0.32.15+branchline", True, False, True),
        ("v1.0.0-rc1", True, False, True),
        ("nightly", True, True, False),
    ],
)
def test_versions_tell_what_a_server_does(version: str, refuses: bool, mirostat: bool, cached: bool) -> None:
    assert (refuses_to_cut(version), knows_mirostat(version), counts_cached(version)) == (refuses, mirostat, cached)
