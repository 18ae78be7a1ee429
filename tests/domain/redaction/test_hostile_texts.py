"""Texts made to keep detectors busy: twice the text takes about twice as long, never four times."""

from __future__ import annotations

from time import process_time

import pytest

from app.domain.redaction.detection import Detection
from app.domain.redaction.profile import RedactionProfile

HOSTILE = [
    "a", "1", "1 ", "1-", "@", "a@", "a@a.", "a.", "%", "%25", "%40", "\\", "\\u0040", "&#64;", "+1 ", "(415) ", "138 ",
    "0", "-eyJ", "sk-", "eyJaaaaaaaa.", "bearer ", "-----BEGIN KEY-----", "://a:b", "password: ",
    ":", "f:", "::", "1.1.1.",
    "DE89 ", "DE", "[EMAIL-", "[EMAIL-1]", "\u200b", "１", "王", "jane ", "data:;base64,", "A1b",
    "phone 1 ", "[at]", "( ",
    "4111 1111 1111 1111 ", "x@y.zz ", "\ue000", "4111", "blake2b-256:0", "jane\u0300", "api key is ",
]  # fmt: skip
LENGTH = 20_000


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    detection = Detection(RedactionProfile(names=("Jane Doe", "王小明", "jane jane jane")))

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begun = process_time()
        detection.hits(text)
        return process_time() - begun

    short, long = (min(seconds(length) for _ in range(2)) for length in (LENGTH, 4 * LENGTH))

    assert long < max(10 * short, 0.2), f"{short:.3f} s, then {long:.3f} s for four times as much"
