"""The places of a finding as the recipient will read them, or as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.pointers import ABSENT, at, steps_of
from app.viewmodels.redaction.words import place_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.redaction_review import FindingGroup, Review, ReviewText
    from app.domain.redaction.findings import Finding
    from app.domain.redaction.redaction import Identity

MOST_PLACES: Final = 40
REACH: Final = 400
"""Characters shown before and after what was found."""

Manner = Literal["plain", "heading", "redacted", "kept", "undecided"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and how it is drawn; ``is_chosen`` for what was asked about."""

    text: str
    manner: Manner
    is_chosen: bool = False


def recipient_text(
    review: Review, group: FindingGroup, branches: Mapping[str, str], *, original: bool
) -> tuple[Span, ...]:
    """The first places of a group, each with its heading; with ``original`` nothing is replaced."""
    spans: list[Span] = []
    shown = 0
    for text in review.texts_of(group.identity):
        if shown == MOST_PLACES:
            break
        for place, said, findings in _strings(text):
            if shown == MOST_PLACES or not any(_identity(one) == group.identity for one in findings):
                continue
            shown += 1
            heading = place_words(place, branches.get(place.branch or "", ""))
            spans.append(Span(f"{heading}\n", "heading"))
            spans += _rendered(said, findings, group, review, original=original)
            spans.append(Span("\n\n", "plain"))
    return tuple(spans)


def _strings(text: ReviewText) -> list[tuple[Any, str, list[Finding]]]:
    """The texts in which something was found: (place, text, its findings)."""
    by_text: dict[tuple[str, str], tuple[Any, str, list[Finding]]] = {}
    for finding in text.findings:
        said = _text_of(text, finding)
        by_text.setdefault((finding.place.pointer, said), (finding.place, said, []))[2].append(finding)
    return list(by_text.values())


def _text_of(text: ReviewText, finding: Finding) -> str:
    """What the finding stands in: the value at its place, or the member's name there."""
    if isinstance(text.value, str):
        return text.value
    steps = steps_of(finding.place.pointer)
    value = at(text.value, steps)
    for candidate in ("" if value is ABSENT else str(value), steps[-1] if steps else ""):
        if candidate[finding.start : finding.end] == finding.text:
            return candidate
    return finding.text


def _rendered(
    said: str,
    findings: list[Finding],
    group: FindingGroup,
    review: Review,
    *,
    original: bool,
) -> list[Span]:
    first = next(one for one in findings if _identity(one) == group.identity)
    begin, end = max(0, first.start - REACH), min(len(said), first.end + REACH)
    spans = [Span("… ", "plain")] if begin else []
    at_ = begin
    for finding in findings:
        if finding.end <= begin or finding.start >= end:
            continue
        spans.append(Span(said[at_ : finding.start], "plain"))
        spans.append(_drawn(finding, group, review, original=original))
        at_ = finding.end
    spans.append(Span(said[at_ : max(at_, end)], "plain"))
    if end < len(said):
        spans.append(Span(" …", "plain"))
    return [span for span in spans if span.text]


def _drawn(finding: Finding, group: FindingGroup, review: Review, *, original: bool) -> Span:
    identity = _identity(finding)
    is_chosen = identity == group.identity
    decision = review.decision(identity)
    if decision == "keep":
        return Span(_cut(finding.text), "kept", is_chosen)
    manner: Manner = "redacted" if decision == "redact" else "undecided"
    return Span(_cut(finding.text) if original else review.pseudonym(identity), manner, is_chosen)


def _cut(text: str) -> str:
    return text if len(text) <= REACH else f"{text[:REACH]}… ({len(text):,})"


def _identity(finding: Finding) -> Identity:
    return finding.kind, finding.key
