"""Numbers that carry a check: payment cards, accounts, identity numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.redaction.context import says_identity
from app.domain.redaction.findings import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN: Final = re.compile(r"(?<![0-9A-Za-z_])[0-9](?:[ .\-]{0,2}[0-9]){11,}")
_GROUP: Final = re.compile(r"[0-9]+")
MOST_GROUPS: Final = 19
_CARD_LENGTHS: Final = range(12, 20)

# First digits (from, to) of the brands, and the lengths their numbers have.
_BRANDS: Final = (
    ("4", "4", (13, 16, 19)),
    ("51", "55", (16,)),
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("300", "305", (14,)),
    ("36", "36", (14, 16)),
    ("38", "39", (14, 16)),
    ("6011", "6011", (16, 19)),
    ("644", "659", (16, 19)),
    ("3528", "3589", (16, 19)),
    ("62", "62", (16, 17, 18, 19)),
    ("81", "81", (16, 17, 18, 19)),
    ("2200", "2204", (16, 19)),
    *((first, first, (12, 13, 15, 16, 18, 19)) for first in ("5018", "5020", "5038", "6304", "6759", "6761", "6763")),
)  # fmt: skip


def passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(digits: str) -> bool:
    """Whether a brand has numbers of this beginning and length, and the check digit is right."""
    if len(set(digits)) == 1:
        return False
    fits = any(len(digits) in lengths and first <= digits[: len(first)] <= last for first, last, lengths in _BRANDS)
    return fits and passes_luhn(digits)


def cards(text: str, hint: str) -> Iterator[Hit]:
    for run in _RUN.finditer(text):
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        number = 0
        while number < len(groups):
            taken = _card_from(groups, number)
            if taken:
                first, last = groups[number], groups[number + taken - 1]
                digits = "".join(one.group() for one in groups[number : number + taken])
                if not _glued(text, last.end()):
                    yield Hit("card", first.start(), last.end(), digits)
            number += taken or 1


def _card_from(groups: list[re.Match[str]], number: int) -> int:
    """How many groups from ``number`` on are a card, 0 when none are."""
    sizes = [len(one.group()) for one in groups[number : number + MOST_GROUPS + 1]]
    is_in_singles = number > 0 and sizes[0] == 1 and len(groups[number - 1].group()) == 1
    digits, best = "", 0
    for taken in range(1, 0 if is_in_singles else min(len(sizes), MOST_GROUPS) + 1):
        digits += groups[number + taken - 1].group()
        if len(digits) > _CARD_LENGTHS[-1]:
            break
        goes_on = sizes[0] == 1 and sizes[taken : taken + 1] == [1]
        if len(digits) in _CARD_LENGTHS and not goes_on and is_evenly_split(sizes[:taken]) and is_card(digits):
            best = taken
    return best


def is_evenly_split(sizes: list[int]) -> bool:
    """Whether digits stand as people write one number: in equal groups with a shorter last, or as on the card."""
    if sizes in ([4, 6, 5], [4, 6, 4]):
        return True
    return len(set(sizes[:-1])) <= 1 and (len(sizes) == 1 or sizes[-1] <= max(sizes[0], 4))


def _glued(text: str, end: int) -> bool:
    """Whether an ASCII letter follows at once: part of a longer code."""
    return end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] == "_")


# --- accounts

_IBAN: Final = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[ -]?[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,32}")
_ALNUM: Final = re.compile(r"[A-Za-z0-9]")
_IBAN_LENGTHS: Final = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FO FI GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip


def passes_mod_97(iban: str) -> bool:
    """Whether the check digits of an IBAN (capital letters, no spaces) are right."""
    return int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1


def accounts(text: str, hint: str) -> Iterator[Hit]:
    at = 0
    while found := _IBAN.search(text, at):
        end = _end_of_account(text, found)
        if end is None:
            at = found.start() + 2  # what looked like one may have swallowed the next
            continue
        yield Hit("iban", found.start(), end, re.sub("[ -]", "", text[found.start() : end]).upper())
        at = end


def _end_of_account(text: str, found: re.Match[str]) -> int | None:
    """Where an account of this country ends, None when it is none."""
    length = _IBAN_LENGTHS.get(found.group()[:2].upper())
    places = [one.end() for one in _ALNUM.finditer(text, found.start(), found.end())]
    if length is None or len(places) < length:
        return None
    end = places[length - 1]
    iban = re.sub("[ -]", "", text[found.start() : end]).upper()
    return end if not _glued(text, end) and passes_mod_97(iban) else None


# --- identity numbers

_CN_ID: Final = re.compile(r"(?<![0-9A-Za-z_])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z_])")
_CN_OLD_ID: Final = re.compile(r"(?<![0-9A-Za-z_])[1-9][0-9]{14}(?![0-9A-Za-z_])")
_US_SSN: Final = re.compile(
    r"(?<![\w-])(?!000|666|9)[0-9]{3}([- ])(?!00)[0-9]{2}\1(?!0000)[0-9]{4}(?![\w]|-[0-9])", re.ASCII
)
_PROVINCES: Final = frozenset(
    str(one)
    for region in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        range(81, 84),
    )
    for one in (*region, 71)
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def is_resident_id(digits: str) -> bool:
    """Whether 18 characters are a number of the Chinese resident register: province, day of birth, check."""
    if digits[:2] not in _PROVINCES or not _is_day(digits[6:10], digits[10:12], digits[12:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17]


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False


def resident_ids(text: str, hint: str) -> Iterator[Hit]:
    for found in _CN_ID.finditer(text):
        digits = re.sub("[ -]", "", found.group()).upper()
        if is_resident_id(digits):
            yield Hit("cn-id", found.start(), found.end(), digits)
    for found in _CN_OLD_ID.finditer(text):
        digits = found.group()
        is_dated = digits[:2] in _PROVINCES and _is_day(f"19{digits[6:8]}", digits[8:10], digits[10:12])
        if is_dated and says_identity(text, found.start(), hint):
            yield Hit("cn-id", found.start(), found.end(), digits)


def social_security_numbers(text: str, hint: str) -> Iterator[Hit]:
    for found in _US_SSN.finditer(text):
        yield Hit("us-ssn", found.start(), found.end(), re.sub("[ -]", "", found.group()))
