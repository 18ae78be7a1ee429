"""Values of a record: where one is found, and what it is taken for."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.errors import BadInput
from app.domain.events import from_rfc3339
from app.domain.pointers import ABSENT, at, steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = ("as it is", "text", "number", "boolean", "json")
EPOCHS: Final = {"epoch s": 1_000_000, "epoch ms": 1_000, "epoch µs": 1}
RFC3339: Final = "rfc 3339"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TRUE: Final = frozenset({"1", "true", "yes", "y", "t", "是", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "n", "f", "否", "off"})
_OLDEST: Final = -62_135_596_800_000_000
_NEWEST: Final = 253_402_300_799_999_999


@dataclass(frozen=True, slots=True)
class Row:
    """What a rule looks at: the record, and the part of it that the rule takes apart (the record itself as a rule)."""

    record: Any
    part: Any

    def get(self, named: str) -> Any:
        """The value of a column, or of a JSON pointer into the part; behind ``^`` into the whole record.

        None where there is none.
        """
        whole = named.startswith("^")
        base, name = (self.record, named[1:]) if whole else (self.part, named)
        if name == "" or name.startswith("/"):
            found = at(base, steps_of(name))
        else:
            found = base.get(name, ABSENT) if isinstance(base, dict) else ABSENT
        return None if found is ABSENT else found


def text_of(value: Any) -> str:
    """A value as text: none is empty, whole numbers without a point, the rest as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def as_kind(value: Any, kind: str, name: str) -> Any:
    """A value taken for one of ``KINDS``. Raises BadInput, which names the column."""
    if kind == "as it is" or value is None:
        return value
    if kind == "text":
        return value if isinstance(value, str) else text_of(value)
    if kind == "number":
        return _number(value, name)
    if kind == "boolean":
        return _boolean(value, name)
    return _json(value, name)


@dataclass(frozen=True, slots=True)
class TimeRule:
    """Where a time stands and how it is written.

    ``form``: ``rfc 3339``, ``epoch s``, ``epoch ms``, ``epoch µs``, or a pattern of ``strptime``. ``zone`` is the one
    of times that name none (IANA, such as ``Asia/Shanghai``).
    """

    column: str
    form: str = RFC3339
    zone: str = "UTC"
    _zone: tzinfo = field(init=False, repr=False, compare=False, default=UTC)

    def __post_init__(self) -> None:
        """Raises BadInput for a zone or pattern that is none."""
        try:
            object.__setattr__(self, "_zone", UTC if self.zone == "UTC" else ZoneInfo(self.zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise BadInput(f"there is no time zone {self.zone!r}") from None
        if self.form != RFC3339 and self.form not in EPOCHS and "%" not in self.form:
            raise BadInput(
                f"{self.form!r} is no form of times: {RFC3339}, {', '.join(EPOCHS)}, or such as %d.%m.%Y %H:%M"
            )

    def time(self, row: Row) -> int | None:
        """Microseconds since 1970 UTC; None where the column is empty. Raises BadInput."""
        value = row.get(self.column)
        text = text_of(value)
        if not text:
            return None
        try:
            time = self._read(text)
        except (ValueError, OverflowError):
            raise BadInput(f"{self.column}: {text[:40]!r} is no time ({self.form})") from None
        if not _OLDEST <= time <= _NEWEST:
            raise BadInput(f"{self.column}: {text[:40]!r} is a time out of range")
        return time

    def _read(self, text: str) -> int:
        if self.form in EPOCHS:
            whole, _, fraction = text.partition(".")
            scale = EPOCHS[self.form]
            part = round(float(f"0.{fraction}") * scale) if fraction else 0
            return int(whole) * scale + (-part if whole.startswith("-") else part)
        is_standard = self.form == RFC3339
        moment = datetime.fromisoformat(text) if is_standard else datetime.strptime(text, self.form)  # noqa: DTZ007
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        return (moment - _EPOCH) // timedelta(microseconds=1)


def form_of(text: str) -> str | None:
    """The form of a time as it is written, seconds since 1970 too; None where none reads it."""
    if _EPOCH_TEXT.match(text):
        digits = len(text.partition(".")[0])
        return "epoch s" if digits < 12 else "epoch ms" if digits < 15 else "epoch µs"
    return pattern_of(text)


_EPOCH_TEXT: Final = re.compile(r"\d{9,16}(?:\.\d+)?\Z")


def pattern_of(text: str) -> str | None:
    """A form that reads such a text, or None: what a mapping is begun with."""
    for form in (RFC3339, *_PATTERNS):
        try:
            if form == RFC3339:
                from_rfc3339(text)
            else:
                datetime.strptime(text, form)  # noqa: DTZ007
        except ValueError:
            continue
        if form == RFC3339 and text.isdecimal():
            continue  # 20210304 might be anything
        return form
    return None


_PATTERNS: Final = (
    "%Y-%m-%d %H:%M:%S.%f", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y",
    "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M", "%Y年%m月%d日", "%a, %d %b %Y %H:%M:%S %z", "%b %d, %Y %I:%M %p",
)  # fmt: skip


def _number(value: Any, name: str) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    text = text_of(value).replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise BadInput(f"{name}: {text[:40]!r} is no number") from None
    if not math.isfinite(number):
        raise BadInput(f"{name}: {text[:40]!r} is no number")
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 16 else number


def _boolean(value: Any, name: str) -> bool | None:
    if isinstance(value, bool):
        return value
    text = text_of(value).casefold()
    if not text:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise BadInput(f"{name}: {text[:40]!r} is neither true nor false")


def _json(value: Any, name: str) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        read = json.loads(value, parse_constant=_refuse)
        json.dumps(read, ensure_ascii=False, allow_nan=False).encode()  # neither 1e999 nor half a surrogate pair
    except (ValueError, RecursionError):
        raise BadInput(f"{name}: {value[:40]!r} is no JSON") from None
    return read


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def checked_column(named: object, where: str) -> str:
    """A column's name or a pointer. Raises BadInput."""
    if not isinstance(named, str) or not named or named == "^":
        raise BadInput(f"{where} names no column")
    pointer = named.removeprefix("^")
    if pointer.startswith("/"):
        steps_of(pointer)
    return named


def columns_of(record: Mapping[str, Any], deepest: int = 3, most: int = 200) -> list[str]:
    """Columns of a flat record; of nested ones pointers too, in their order."""
    found: list[str] = []
    waiting: list[tuple[str, Any, int]] = [(name, value, 1) for name, value in reversed(list(record.items()))]
    while waiting and len(found) < most:
        name, value, depth = waiting.pop()
        found.append(name)
        if isinstance(value, dict) and depth < deepest:
            base = name if name.startswith("/") else "/" + name.replace("~", "~0").replace("/", "~1")
            inner = [
                (f"{base}/{key.replace('~', '~0').replace('/', '~1')}", one, depth + 1) for key, one in value.items()
            ]
            waiting.extend(reversed(inner))
    return found
