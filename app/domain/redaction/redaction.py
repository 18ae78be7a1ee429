"""Texts and values as they may leave: a pseudonym wherever something was found, the same for the same thing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from app.domain.redaction.detection import Detection, PatternSpans
from app.domain.redaction.findings import PATTERN, Place
from app.domain.redaction.report import RedactionReport
from app.domain.redaction.values import TextScan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.redaction.findings import Finding
    from app.domain.redaction.profile import RedactionProfile
    from app.domain.redaction.tally import Tally

Decision = Literal["undecided", "redact", "keep"]
Identity = tuple[str, str]
"""(kind, key): what gets one pseudonym and one decision."""


class Redaction(Protocol):
    """What an exporter puts every text through before it is written. Not for several threads at once."""

    @property
    def is_on(self) -> bool:
        """Whether anything may be changed at all."""
        ...

    def text(self, text: str, place: Place | str, /) -> str:
        """A text that stands alone: a title, a file's name, a line of prose. A place without more is its name."""
        ...

    def value(self, value: Any, place: Place | str, /) -> Any:
        """A JSON value, member names too; ``place.classification`` takes part. Raises BadInput."""
        ...

    def report(self, written: Tally, /) -> RedactionReport:
        """What stands in the place of other words in what was written, and what was kept on purpose."""
        ...


class Pseudonymising:
    """Puts ``[EMAIL-1]`` in the place of what detectors find, but for what a person decided to keep.

    What nobody has decided on is taken out: a session may have grown since it was looked through.
    """

    is_on = True

    def __init__(
        self,
        profile: RedactionProfile,
        patterns: PatternSpans | None = None,
        *,
        kept: Iterable[Identity] = (),
        known: Iterable[Identity] = (),
    ) -> None:
        """``known`` are numbered first, in their order, so that numbers do not depend on what is exported first."""
        self.profile = profile
        self._scan = TextScan(Detection(profile, patterns))
        self._kept = frozenset(kept)
        self._numbers: dict[Identity, int] = {}
        self._last: Counter[str] = Counter()
        self._used: set[Identity] = set()
        self._left: set[Identity] = set()
        for identity in known:
            self._number(identity)

    def text(self, text: str, place: Place | str) -> str:
        return self._put(text, self._scan.text(text, _place(place)))

    def value(self, value: Any, place: Place | str) -> Any:
        return self._scan.value(value, _place(place), self._put)

    def pseudonym(self, kind: str, key: str) -> str:
        return f"[{_word(kind)}-{self._number((kind, key))}]"

    def report(self, written: Tally) -> RedactionReport:
        places = {one: written.count(self.pseudonym(*one)) for one in self._used}
        redacted: Counter[str] = Counter()
        for (kind, _), count in places.items():
            redacted[kind] += count
        return RedactionReport(
            profile=self.profile.name,
            redacted={kind: count for kind, count in sorted(redacted.items()) if count},
            pseudonyms=sum(1 for count in places.values() if count),
            kept=dict(sorted(Counter(kind for kind, _ in self._left).items())),
        )

    def _put(self, text: str, findings: tuple[Finding, ...]) -> str:
        parts: list[str] = []
        at = 0
        for finding in findings:
            if (finding.kind, finding.key) in self._kept:
                self._left.add((finding.kind, finding.key))
                continue
            self._used.add((finding.kind, finding.key))
            parts += (text[at : finding.start], self.pseudonym(finding.kind, finding.key))
            at = finding.end
        return "".join((*parts, text[at:])) if parts else text

    def _number(self, identity: Identity) -> int:
        if identity not in self._numbers:
            word = _word(identity[0])
            self._last[word] += 1
            self._numbers[identity] = self._last[word]
        return self._numbers[identity]


class _Nothing:
    is_on = False

    def text(self, text: str, _place: Place | str) -> str:
        return text

    def value(self, value: Any, _place: Place | str) -> Any:
        return value

    def report(self, _written: Tally) -> RedactionReport:
        return RedactionReport(profile=None, redacted={}, pseudonyms=0, kept={})


NO_REDACTION: Final[Redaction] = _Nothing()
"""Changes nothing, and its report says so."""


def _place(place: Place | str) -> Place:
    return Place(place) if isinstance(place, str) else place


def _word(kind: str) -> str:
    """The word of a pseudonym: capital letters, digits and dashes, as ``PLACEHOLDER`` knows it."""
    if not kind.startswith(PATTERN):
        return kind.upper()
    label = "".join(one if one.isascii() and one.isalnum() else "-" for one in kind.removeprefix(PATTERN).upper())
    return f"PATTERN-{label[:30]}".rstrip("-")
