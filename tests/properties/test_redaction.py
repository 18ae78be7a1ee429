"""What holds of redaction whatever the text."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.adapters.checks.patterns import BoundedPatterns
from app.application.masking import ScreenMask
from app.domain.redaction.detection import Detection
from app.domain.redaction.findings import Place
from app.domain.redaction.profile import OwnPattern, RedactionProfile
from app.domain.redaction.redaction import NO_REDACTION, Pseudonymising
from app.domain.redaction.tally import Tally
from app.domain.redaction.values import TextScan

PLACE = Place("event")
PROFILE = RedactionProfile(
    names=("Jane Doe", "王小明", "Ann"), patterns=(OwnPattern("case", r"CASE-\d+"), OwnPattern("vip", "vip.{0,3}"))
)
PATTERNS = BoundedPatterns()
PIECES = [
    "jane@example.com", "JANE@EXAMPLE.COM", "用户@例子.公司", "jane%40example.com", "jane\\u0040example.com", "@", "%",
    "415-555-0123", "+86 138 1234 5678", "13812345678", "１３８", "phone ", "call ", "电话", "11010519491231002X",
    "4111 1111 1111 1111", "4111-1111", "DE89 3704 0044 0532 0130 00", "10.1.2.3",
    "2001:db8:0::1", "sk-abcdefghijklmnop1",
    "Bearer abcdefghijkl123", "password: hunter22", "Jane Doe", "doe, jane", "王小明", "ann",
    "CASE-17", "vip", "[EMAIL-1]",
    "[PHONE-12]", "-----BEGIN RSA PRIVATE KEY-----", "eyJhbGciOiJ9.eyJzdWIiOiJ9.abc", "\u200b", "\\n", "&#64;", "&amp;",
    "://a:secretpass@h/", "123-45-6789", "1 3 8 1 2 3 4 5 6 7 8", " ", "\n", ",", "-", ".", "x", "7", "00", "(", ")",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def fresh() -> Pseudonymising:
    return Pseudonymising(PROFILE, PATTERNS)


@given(TEXTS)
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    redaction = fresh()
    once = redaction.text(text, PLACE)

    assert redaction.text(once, PLACE) == once
    assert fresh().text(once, PLACE) == once


@given(TEXTS)
def test_what_was_found_is_nowhere_left(text: str) -> None:
    findings = TextScan(Detection(PROFILE, PATTERNS)).text(text, PLACE)
    said = fresh().text(text, PLACE)

    assert TextScan(Detection(PROFILE, PATTERNS)).text(said, PLACE) == ()
    assert [text[one.start : one.end] for one in findings] == [one.text for one in findings]
    assert all(one.end <= other.start for one, other in pairwise(findings))


@given(st.lists(TEXTS, max_size=5))
def test_the_same_thing_has_one_pseudonym_and_others_have_others(texts: list[str]) -> None:
    scan, redaction = TextScan(Detection(PROFILE, PATTERNS)), fresh()
    written = Tally()
    for text in texts:
        written.add(redaction.text(text, PLACE))

    found = {(one.kind, one.key) for text in texts for one in scan.text(text, PLACE)}

    assert len({redaction.pseudonym(*identity) for identity in found}) == len(found)
    assert redaction.report(written).pseudonyms == len(found)


@given(VALUES)
def test_values_keep_their_shape_and_are_stable(value: Any) -> None:
    redaction = fresh()
    before = json.dumps(value)
    said = redaction.value(value, PLACE)

    assert json.dumps(value) == before
    assert redaction.value(said, PLACE) == said


@given(VALUES)
def test_without_a_profile_nothing_changes(value: Any) -> None:
    assert NO_REDACTION.value(value, PLACE) is value


@given(VALUES)
def test_what_a_screen_shows_holds_no_finding_and_is_meant_as_it_was(value: Any) -> None:
    scan = TextScan(Detection(PROFILE, PATTERNS))
    mask = ScreenMask(scan)
    mask.is_on = True
    shown: list[str] = []

    def note(text: str, _hint: str) -> str:
        shown.append(text)
        return text

    masked = mask.shown(value)
    mask._changed(masked, "", note)

    assert [text for text in shown if "⟪" not in text and len(text) > 2 and scan.text(text, PLACE)] == []
    if isinstance(value, str):
        assert mask.restored(masked) == value
