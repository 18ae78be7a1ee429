"""What an answer of a re-run is held against, and how that came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from app.domain.errors import BadInput
from app.domain.hashing import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CheckKind = Literal["contains", "matches", "schema", "holds", "similar"]
KINDS: Final[tuple[CheckKind, ...]] = get_args(CheckKind)
_OTHERS: Final = frozenset({"name", "not", "turns", "ignore_case"})
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One demand on answers.

    Attributes:
        kind: ``contains`` a text, ``matches`` a regular expression somewhere, follows a JSON ``schema``, a condition
            on the state ``holds`` right after the answer, is at least so ``similar`` to the recorded answer.
        value: the text, pattern, schema, condition, or the least ROUGE-L F1 (0 to 1).
        turns: turns of the re-run that are checked, 1, 2, 3 …; negative ones from the end; empty for all.
        negated: the demand is that it is not so.
    """

    kind: CheckKind
    value: Any
    name: str
    turns: tuple[int, ...] = ()
    negated: bool = False
    ignore_case: bool = False

    def concerns(self, turn: int, last: int) -> bool:
        """Whether the answer of ``turn`` is checked in a re-run of ``last`` turns."""
        return not self.turns or turn in self.turns or turn - last - 1 in self.turns

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self.name, self.kind: self.value}
        if self.turns:
            told["turns"] = list(self.turns)
        if self.negated:
            told["not"] = True
        if self.ignore_case:
            told["ignore_case"] = True
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """How one check of one answer came out.

    ``passed`` is None where the check does not apply; ``why`` says so, or what is wrong, in one sentence.
    """

    check: str
    kind: CheckKind
    passed: bool | None
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"name": self.check, "kind": self.kind, "passed": self.passed, "why": self.why}


def checks_hash(checks: Iterable[Check]) -> str:
    """Tells one set of checks from another."""
    return short_hash([check.to_json() for check in checks])


def read_checks(told: Any) -> tuple[Check, ...]:
    """Checks from a parsed file: a list of them, or an object whose ``checks`` (in TOML ``check``) are one.

    Raises BadInput, which names the check that cannot be used.
    """
    found = told
    if isinstance(told, dict):
        unknown = set(told) - {"check", "checks"}
        if unknown or len(told) != 1:
            raise BadInput("a file of checks holds one list, named checks (or check), and nothing else")
        (found,) = told.values()
    if not isinstance(found, list) or not found:
        raise BadInput("a file of checks holds a list of at least one check")
    return unique_names([_check(number, one) for number, one in enumerate(found, start=1)])


def unique_names(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks themselves. Raises BadInput when two have the same name, for outcomes are told by name."""
    names = [check.name for check in checks]
    if twice := [name for name in names if names.count(name) > 1]:
        raise BadInput(f"two checks are named {twice[0]!r}; give them names of their own")
    return tuple(checks)


def _check(number: int, told: Any) -> Check:
    if not isinstance(told, dict):
        raise BadInput(f"check {number} is no object")
    kinds = [kind for kind in KINDS if kind in told]
    if len(kinds) != 1:
        raise BadInput(f"check {number} must have exactly one of {', '.join(KINDS)}")
    if unknown := set(told) - {*kinds, *_OTHERS}:
        raise BadInput(f"check {number} has an unknown member {min(unknown)!r}; known are {', '.join(sorted(_OTHERS))}")
    kind, value = kinds[0], told[kinds[0]]
    name = told.get("name", default_name(kind, value))
    if not isinstance(name, str) or not name.strip():
        raise BadInput(f"the name of check {number} is no text")
    require_value(f"check {number}", kind, value)
    return Check(
        kind=kind,
        value=value,
        name=name.strip(),
        turns=_turns(number, told.get("turns", "all")),
        negated=_flag(number, told, "not"),
        ignore_case=_flag(number, told, "ignore_case"),
    )


def default_name(kind: CheckKind, value: Any) -> str:
    """What a check is called that nobody named."""
    text = f"{kind} {value}" if kind != "schema" else "schema"
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def require_value(which: str, kind: CheckKind, value: Any) -> None:
    """Raises BadInput unless the value is of the right kind; patterns, schemas and conditions are looked at later."""
    if kind in ("contains", "matches", "holds") and (not isinstance(value, str) or not value):
        raise BadInput(f"{which}: {kind} needs a text")
    if kind == "schema" and not isinstance(value, dict):
        raise BadInput(f"{which}: schema needs a JSON schema, which is an object")
    if kind == "similar":
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= 1:
            raise BadInput(f"{which}: similar needs a number from 0 to 1")


def _turns(number: int, told: Any) -> tuple[int, ...]:
    if told == "all":
        return ()
    if told == "last":
        return (-1,)
    if isinstance(told, int) and not isinstance(told, bool):
        told = [told]
    if not isinstance(told, list) or not told or not all(type(one) is int and one != 0 for one in told):
        raise BadInput(f'check {number}: turns is "all", "last", or numbers of turns (1 is the first, -1 the last)')
    return tuple(told)


def _flag(number: int, told: Mapping[str, Any], name: str) -> bool:
    value = told.get(name, False)
    if not isinstance(value, bool):
        raise BadInput(f"check {number}: {name} is true or false")
    return value
