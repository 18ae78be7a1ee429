"""What was found before something leaves, and what a person decided on each; nothing leaves undecided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput
from app.domain.redaction.redaction import Pseudonymising

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.redaction.detection import PatternSpans
    from app.domain.redaction.findings import Finding, Place
    from app.domain.redaction.profile import RedactionProfile
    from app.domain.redaction.redaction import Decision, Identity


@dataclass(frozen=True, slots=True)
class ReviewText:
    """A text or value in which something was found."""

    place: Place
    value: Any
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Found:
    text: str
    places: list[Place] = field(default_factory=list)
    texts: list[ReviewText] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The same thing wherever it stands; ``text`` as it is written first."""

    kind: str
    key: str
    text: str
    places: tuple[Place, ...]
    decision: Decision

    @property
    def identity(self) -> Identity:
        return self.kind, self.key


class Review:
    """Findings by what they are, each with a decision; fails closed. For one thread at a time."""

    def __init__(
        self,
        profile: RedactionProfile,
        patterns: PatternSpans,
        texts: tuple[ReviewText, ...],
        before: Review | None = None,
    ) -> None:
        self.profile, self.texts = profile, texts
        self._patterns = patterns
        self._groups: dict[Identity, _Found] = {}
        self._preview: Pseudonymising | None = None
        for one in texts:
            for finding in one.findings:
                group = self._groups.setdefault((finding.kind, finding.key), _Found(finding.text))
                group.places.append(finding.place)
                if not group.texts or group.texts[-1] is not one:
                    group.texts.append(one)
        known = before._decisions if before is not None else {}  # noqa: SLF001 - of its own kind
        self._decisions: dict[Identity, Decision] = {one: known.get(one, "undecided") for one in self._groups}
        self._by_hand: set[Identity] = set(before._by_hand) if before is not None else set()  # noqa: SLF001

    def groups(self) -> tuple[FindingGroup, ...]:
        """In the order in which they were found first; pseudonyms are numbered in it."""
        return tuple(
            FindingGroup(*identity, found.text, tuple(found.places), self._decisions[identity])
            for identity, found in self._groups.items()
        )

    def texts_of(self, identity: Identity) -> tuple[ReviewText, ...]:
        """Where a group stands, in order."""
        return tuple(self._groups[identity].texts)

    def decision(self, identity: Identity) -> Decision:
        return self._decisions[identity]

    def pseudonym(self, identity: Identity) -> str:
        """What the recipient reads where a group is taken out; the same whatever is decided on others."""
        if self._preview is None:
            self._preview = self._redaction()
        return self._preview.pseudonym(*identity)

    @property
    def undecided(self) -> int:
        """Groups that nobody has decided on."""
        return sum(1 for decision in self._decisions.values() if decision == "undecided")

    def decide(self, identities: Iterable[Identity], decision: Decision) -> None:
        """Decide on some groups, one by one; others than those found are passed over."""
        chosen = [one for one in identities if one in self._decisions]
        self._decide(chosen, decision)
        if decision == "undecided":
            self._by_hand.difference_update(chosen)
        else:
            self._by_hand.update(chosen)

    def decide_kind(self, kind: str, decision: Decision) -> None:
        """All of a kind but for those that were decided on one by one: these decisions stand."""
        self._decide([one for one in self._groups if one[0] == kind and one not in self._by_hand], decision)

    def decide_all(self, decision: Decision) -> None:
        """Everything but for what was decided on one by one."""
        self._decide([one for one in self._groups if one not in self._by_hand], decision)

    def _decide(self, identities: Iterable[Identity], decision: Decision) -> None:
        self._decisions.update(dict.fromkeys(identities, decision))

    def redaction(self) -> Pseudonymising:
        """What exporters use. Raises BadInput while a finding is undecided."""
        if self.undecided:
            count = self.undecided
            raise BadInput("1 finding is not reviewed" if count == 1 else f"{count:,} findings are not reviewed")
        return self._redaction()

    def _redaction(self) -> Pseudonymising:
        kept = [one for one, decision in self._decisions.items() if decision == "keep"]
        return Pseudonymising(self.profile, self._patterns, kept=kept, known=self._groups)
