"""What a redaction did, in numbers and in one sentence that claims no completeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CAUTION: Final = (
    "Findings are those of the detectors named and of the people who looked; "
    "there may be personal data that neither recognised."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionReport:
    """What was redacted in what was written; ``profile`` None: nothing was redacted at all.

    Attributes:
        redacted: how many places there are in it where something was redacted, by kind.
        pseudonyms: how many different ones stand there.
        kept: how many different things were found and kept on purpose, by kind.
    """

    profile: str | None
    redacted: Mapping[str, int]
    pseudonyms: int
    kept: Mapping[str, int]

    @property
    def sentence(self) -> str:
        if self.profile is None:
            return "Nothing was redacted: this holds what the session holds."
        total = sum(self.redacted.values())
        told = f"{_counted(total, 'place')} redacted with the profile {self.profile}{_by_kind(self.redacted)}"
        told += f", {_counted(self.pseudonyms, 'pseudonym')}" if total else ""
        return f"{told}; {_counted(sum(self.kept.values()), 'thing')} kept on purpose{_by_kind(self.kept)}. {CAUTION}"

    def to_json(self) -> dict[str, Any]:
        return {
            "profile": self.profile,
            "redacted": dict(self.redacted),
            "pseudonyms": self.pseudonyms,
            "kept": dict(self.kept),
            "sentence": self.sentence,
        }


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _by_kind(counts: Mapping[str, int]) -> str:
    told = ", ".join(f"{kind} {count:,}" for kind, count in counts.items())
    return f" ({told})" if told else ""
