"""Findings in JSON values: every text, number and member name, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.pointers import kind_of
from app.domain.redaction.findings import Finding
from app.domain.redaction.plain_view import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.redaction.detection import Detection
    from app.domain.redaction.findings import Place

    Change = Callable[[str, tuple[Finding, ...]], str]

DEEPEST: Final = 200
_STRUCTURE: Final = frozenset(
    {"role", "message_id", "call_id", "type", "version", "branch", "position", "event", "entry"}
)
"""Members that say how things hang together; taking them out would leave nothing that can be read."""
_PAYMENT: Final = "payment"
_NOT_ALNUM: Final = re.compile(r"[\W_]+")


class TextScan:
    """Finds in texts and values, by the rules of a profile; values come back changed as the caller wishes."""

    def __init__(self, detection: Detection) -> None:
        self._detection = detection
        profile = detection.profile
        self._takes_fields = "field" in profile.detectors
        self._fields = frozenset(_plain_name(one) for one in profile.fields)

    def text(self, text: str, place: Place, hint: str = "") -> tuple[Finding, ...]:
        hits = self._detection.hits(text, hint)
        return tuple(Finding(hit.kind, text[hit.start : hit.end], place, hit.start, hit.end, hit.key) for hit in hits)

    def leaf(self, text: str, place: Place, hint: str) -> tuple[Finding, ...]:
        """As ``text`` for the value of the member ``hint``: the whole of it where such members are taken out."""
        return self._findings(text, place, hint, whole=bool(hint) and self._is_field(hint))

    def value(self, value: Any, place: Place, change: Change) -> Any:
        """``value`` with each text put through ``change(text, its findings)``, the caller's value left alone.

        Raises BadInput for values nested deeper than can be looked through.
        """
        whole = self._takes_fields and place.classification in self._detection.profile.classifications
        return self._value(value, place, "", change, whole, 0)

    def _value(self, value: Any, place: Place, hint: str, change: Change, whole: bool, depth: int) -> Any:
        if depth > DEEPEST:
            raise BadInput(f"a value is nested deeper than {DEEPEST} levels; it cannot be looked through")
        if isinstance(value, str):
            return change(value, self._findings(value, place, hint, whole=whole))
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, (int, float)):
            return self._number(value, place, hint, change, whole=whole)
        if kind_of(value) is Mapping:
            return self._object(value, place, hint, change, whole, depth)
        steps = ((number, replace(place, pointer=f"{place.pointer}/{number}")) for number in range(len(value)))
        return [self._value(value[number], where, hint, change, whole, depth + 1) for number, where in steps]

    def _object(self, value: Any, place: Place, hint: str, change: Change, whole: bool, depth: int) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for name, member in value.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            where = replace(place, pointer=f"{place.pointer}/{step}")
            is_whole = (whole and name not in _STRUCTURE) or self._is_field(str(name))
            findings = self.text(str(name), where, hint)
            said = change(str(name), findings)
            while said in changed:
                said += "~"
            inner = _hint(str(name), findings, hint)
            changed[said] = self._value(member, where, inner, change, is_whole, depth + 1)
        return changed

    def _is_field(self, name: str) -> bool:
        return self._takes_fields and _plain_name(name) in self._fields

    def _number(self, value: float, place: Place, hint: str, change: Change, *, whole: bool) -> Any:
        written = str(value)
        findings = self._findings(written, place, hint, whole=whole)
        said = change(written, findings) if findings else written
        return value if said == written else said

    def _findings(self, text: str, place: Place, hint: str, *, whole: bool) -> tuple[Finding, ...]:
        if not whole or not text.strip():
            return self.text(text, place, hint)
        if not PLACEHOLDER.sub("", text).strip():
            return ()
        return (Finding("field", text, place, 0, len(text), text),)


def _plain_name(name: str) -> str:
    return _NOT_ALNUM.sub("", name).casefold()


def _hint(name: str, findings: tuple[Finding, ...], around: str) -> str:
    """What a member's name says of its value: nothing by what is taken out of it, nor by what stands there instead.

    A bare ``id`` is one of what is ``around`` it, where that is about payment.
    """
    if any(finding.kind == _PAYMENT for finding in findings):
        return _PAYMENT
    for finding in reversed(findings):
        name = f"{name[: finding.start]} {name[finding.end :]}"
    if _PAYMENT in around.casefold() and name.casefold() == "id":
        return f"{_PAYMENT} {name}"
    return PLACEHOLDER.sub(" ", name)
