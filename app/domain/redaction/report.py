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
    """How many places were changed and kept on purpose, by kind; ``profile`` None: nothing was redacted at all."""

    profile: str | None
    redacted: Mapping[str, int]
    pseudonyms: int
    kept: Mapping[str, int]

    @property
    def sentence(self) -> str:
        if self.profile is None:
            return "Nothing was redacted: this holds what the session holds."
        total, kept = sum(self.redacted.values()), sum(self.kept.values())
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in self.redacted.items())
        told = f"{_places(total)} redacted with the profile {self.profile}{f' ({kinds})' if kinds else ''}"
        return f"{told}; {_places(kept)} kept on purpose. {CAUTION}"

    def to_json(self) -> dict[str, Any]:
        return {
            "profile": self.profile,
            "redacted": dict(self.redacted),
            "pseudonyms": self.pseudonyms,
            "kept": dict(self.kept),
            "sentence": self.sentence,
        }


def _places(count: int) -> str:
    return f"{count:,} place" if count == 1 else f"{count:,} places"
