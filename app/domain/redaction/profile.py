"""What a person wants to have taken out, as a value and as a small JSON file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import CLASSIFICATIONS
from app.domain.redaction.findings import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_NAMES: Final = 20_000
MOST_PATTERNS: Final = 50
LONGEST_NAME: Final = 200

SECRET_FIELDS: Final = (
    "password", "passwd", "pwd", "passphrase", "secret", "client_secret", "api_key", "x-api-key", "access_token",
    "refresh_token", "id_token", "auth_token", "authorization", "private_key", "cookie", "set-cookie", "cvv", "cvc",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A regular expression of a person's own, and what its findings are called."""

    label: str
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionProfile:
    """What is looked for.

    Attributes:
        name: how a person calls it.
        detectors: those of ``KINDS`` that are on.
        names: people, places, firms to be taken out as whole words, however they are capitalised.
        patterns: own regular expressions.
        fields: names of JSON members whose whole value is taken out.
        classifications: classes of events all of whose fields are taken out.
    """

    name: str = "standard"
    detectors: frozenset[str] = frozenset(KINDS)
    names: tuple[str, ...] = ()
    patterns: tuple[OwnPattern, ...] = ()
    fields: tuple[str, ...] = SECRET_FIELDS
    classifications: frozenset[str] = frozenset({"secret"})

    def __post_init__(self) -> None:
        _refuse_unknown("detector", self.detectors, KINDS)
        _refuse_unknown("classification", self.classifications, CLASSIFICATIONS)
        if len(self.names) > MOST_NAMES or len(self.patterns) > MOST_PATTERNS:
            raise BadInput(f"a profile has at most {MOST_NAMES:,} names and {MOST_PATTERNS} patterns")
        for name in self.names:
            if not name.strip() or len(name) > LONGEST_NAME:
                raise BadInput(f"a name to look for has 1 to {LONGEST_NAME} characters; {name[:20]!r} does not")

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "detectors": [kind for kind in KINDS if kind in self.detectors],
            "names": list(self.names),
            "patterns": {one.label: one.expression for one in self.patterns},
            "fields": list(self.fields),
            "classifications": [one for one in CLASSIFICATIONS if one in self.classifications],
        }


def profile_from_json(given: Any) -> RedactionProfile:
    """A profile as ``to_json`` writes it; what is left out is as in ``STANDARD``. Raises BadInput."""
    if not isinstance(given, dict):
        raise BadInput('a redaction profile is a JSON object, such as {"names": ["Jane Doe"]}')
    _refuse_unknown("member", given, STANDARD.to_json())
    patterns = given.get("patterns", {})
    if not isinstance(patterns, dict) or not all(isinstance(one, str) for one in patterns.values()):
        raise BadInput("patterns of a redaction profile are an object of labels and regular expressions")
    name = given.get("name", STANDARD.name)
    if not isinstance(name, str):
        raise BadInput("the name of a redaction profile is a text")
    return RedactionProfile(
        name=name,
        detectors=frozenset(_texts(given, "detectors", tuple(STANDARD.detectors))),
        names=_texts(given, "names", ()),
        patterns=tuple(OwnPattern(label, expression) for label, expression in patterns.items()),
        fields=_texts(given, "fields", STANDARD.fields),
        classifications=frozenset(_texts(given, "classifications", tuple(STANDARD.classifications))),
    )


def _texts(given: Mapping[str, Any], member: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    value = given.get(member, otherwise)
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise BadInput(f"{member} of a redaction profile is a list of texts")
    return tuple(value)


def _refuse_unknown(what: str, given: Any, known: Any) -> None:
    for one in given:
        if one not in known:
            raise BadInput(f"{one!r} is no {what} of a redaction profile; known are {', '.join(known)}")


STANDARD: Final = RedactionProfile()
"""All detectors, no names yet."""
