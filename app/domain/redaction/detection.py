"""All detectors over one text, until none finds anything more."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from app.domain.errors import BadInput
from app.domain.redaction.addresses import emails, internet_addresses
from app.domain.redaction.findings import PATTERN, Hit
from app.domain.redaction.keys import attachments, keys
from app.domain.redaction.names import Names
from app.domain.redaction.numbers import accounts, cards, resident_ids, social_security_numbers
from app.domain.redaction.payments import payment_ids
from app.domain.redaction.phones import phone_numbers
from app.domain.redaction.plain_view import COVERED, has_escapes, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.domain.redaction.profile import RedactionProfile

    Detector = Callable[[str, str], Iterator[Hit]]

_DETECTORS: Final[Mapping[str, Detector]] = {
    "attachment": attachments,
    "key": keys,
    "iban": accounts,
    "cn-id": resident_ids,
    "us-ssn": social_security_numbers,
    "card": cards,
    "payment": payment_ids,
    "email": emails,
    "ip": internet_addresses,
    "phone": phone_numbers,
}
MOST_ROUNDS: Final = 8


class PatternSpans(Protocol):
    """Searches with regular expressions of foreign hands, in bounded time."""

    def refuse_bad_pattern(self, pattern: str) -> None:
        """Raises BadInput for what is no expression."""
        ...

    def spans(self, pattern: str, text: str) -> Sequence[tuple[int, int]] | None:
        """(start, end) of all that is found; None when it took too long."""
        ...


class Detection:
    """The detectors of a profile. Pure, and linear in the length of the text but for own patterns."""

    def __init__(self, profile: RedactionProfile, patterns: PatternSpans | None = None) -> None:
        self.profile = profile
        self._detectors: list[Detector] = [run for kind, run in _DETECTORS.items() if kind in profile.detectors]
        names = Names(profile.names)
        if names and "name" in profile.detectors:
            self._detectors.append(names.hits)
        for own in profile.patterns:
            if patterns is None:
                raise BadInput("own patterns of a profile need a matcher that bounds their time")
            patterns.refuse_bad_pattern(own.expression)
            self._detectors.append(partial(_own_hits, patterns, own.label, own.expression))

    def hits(self, text: str, hint: str = "") -> tuple[Hit, ...]:
        """What is found, rising and separate; ``hint`` is the name of the field that holds the text.

        What is found is covered and all is looked at again, for what stood beside it may show only then: so the
        text with pseudonyms in it holds nothing more that these detectors know.
        """
        found: list[Hit] = []
        for undo_escapes in (True, False) if has_escapes(text) else (False,):
            for _ in range(MOST_ROUNDS):
                more = self._round(text, hint, found, undo_escapes=undo_escapes)
                if not more:
                    break
                found = sorted((*found, *more), key=lambda hit: hit.start)
        return tuple(found)

    def _round(self, text: str, hint: str, found: Sequence[Hit], *, undo_escapes: bool) -> list[Hit]:
        plain = view(text, [(hit.start, hit.end) for hit in found], undo_escapes=undo_escapes)
        seen: list[Hit] = []
        for detect in self._detectors:
            for hit in detect(plain.text, hint):
                seen += _uncovered(hit, plain.text)
        spans = [(plain.span(hit.start, hit.end), hit) for hit in _merged(seen, plain.text)]
        placed = [Hit(hit.kind, start, end, hit.key) for (start, end), hit in spans]
        return _merged(_free(placed, found), text)


def _own_hits(patterns: PatternSpans, label: str, expression: str, text: str, hint: str) -> Iterator[Hit]:
    spans = patterns.spans(expression, text)
    if spans is None:
        raise BadInput(f"the pattern {label!r} takes too long on a text of {len(text):,} characters; simplify it")
    for start, end in spans:
        if end > start:
            yield Hit(PATTERN + label, start, end, text[start:end])


def _uncovered(hit: Hit, text: str) -> Iterator[Hit]:
    """The parts of a hit between what is covered already."""
    said = text[hit.start : hit.end]
    if COVERED not in said:
        yield hit
        return
    at = hit.start
    for part in said.split(COVERED):
        if part.strip():
            yield Hit(hit.kind, at, at + len(part), part)
        at += len(part) + 1


def _merged(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Overlapping hits as one that covers all of them, named as the longest."""
    merged: list[Hit] = []
    longest = 0
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not merged or hit.start >= merged[-1].end:
            merged.append(hit)
            longest = hit.end - hit.start
            continue
        last = merged[-1]
        end = max(last.end, hit.end)
        named = hit if hit.end - hit.start > longest else last
        longest = max(longest, hit.end - hit.start)
        if (last.start, end) != (last.start, last.end):
            merged[-1] = Hit(named.kind, last.start, end, text[last.start : end])
    return merged


def _free(hits: Sequence[Hit], found: Sequence[Hit]) -> list[Hit]:
    """Those that reach into nothing found before; escapes can make two characters of the view one of the text."""
    starts = [one.start for one in found]
    free = []
    for hit in hits:
        before = bisect_left(starts, hit.end) - 1
        if before < 0 or found[before].end <= hit.start:
            free.append(hit)
    return free
