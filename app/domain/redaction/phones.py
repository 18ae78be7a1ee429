"""Telephone numbers: international, of the USA and Canada, Chinese mobile and landline, others where words say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.domain.redaction.context import says_phone
from app.domain.redaction.findings import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERNATIONAL: Final = re.compile(
    r"(?<![\w+])\+[ ]?\(?[1-9](?:[ .()/\-]{0,3}[0-9]){6,14}(?![0-9])"
    r"|(?<![\w.,\-])(?<![0-9] )00[1-9][0-9]{0,2}[ .()/\-](?:[ .()/\-]{0,2}[0-9]){6,12}(?![0-9])",
    re.ASCII,
)
_NATIONAL_LENGTHS: Final = {"1": 11, "86": 13}
_AMERICAN: Final = re.compile(
    r"(?<![\w.+\-])(?:1[ .\-]|1(?=\())?"
    r"(?:\([2-9][0-9]{2}\)[ .\-]{0,2}[0-9]{3}[ .\-]?|[2-9][0-9]{2}([.\-])[0-9]{3}\1|[2-9][0-9]{2} [2-9][0-9]{2}[ \-])"
    r"[0-9]{4}(?![\w]|[.\-][0-9])",
    re.ASCII,
)
_CHINESE_MOBILE: Final = re.compile(
    r"(?<![0-9_])(?<![0-9][.\-])(?:(?:\+|00)?86[ \-]?)?1[ .\-]?[3-9](?:[ .\-]?[0-9]){9}(?![0-9])"
)
_MOBILE_GROUPS: Final = ([11], [3, 4, 4], [3, 3, 5], [4, 3, 4], [4, 4, 3], [3, 8], [7, 4], [1] * 11)
_CHINESE_AREA: Final = "0(?:10|2[0-9]|[3-9][0-9]{2})"
_CHINESE_LANDLINE: Final = re.compile(
    rf"(?<![\w.\-])(?<![0-9] )"
    rf"(?:\({_CHINESE_AREA}\)[ \-]?|{_CHINESE_AREA}[ \-])[1-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}(?![0-9A-Za-z_]|[ \-][0-9])",
    re.ASCII,
)
_CHINESE_SERVICE: Final = re.compile(
    r"(?<![\w.\-])(?:400|800)[ \-][0-9]{3,4}[ \-][0-9]{3,4}(?![0-9A-Za-z_]|-[0-9])", re.ASCII
)
_SAID: Final = re.compile(r"(?<![\w.#/\-])\(?[0-9](?:[ .()/\-]{0,3}[0-9]){6,14}(?![0-9A-Za-z_])", re.ASCII)
_DATE: Final = re.compile(
    r"(?:[0-9]{4}[ ./\-][0-9]{1,2}[ ./\-][0-9]{1,2}|[0-9]{1,2}[ ./\-][0-9]{1,2}[ ./\-][0-9]{2,4})(?![0-9]{3})"
)
_DIGIT_BEFORE: Final = re.compile(r"[0-9][ \-]")
_DIGIT_AFTER: Final = re.compile(r"[ \-][0-9](?![0-9])")
_NOT_DIGIT: Final = re.compile("[^0-9]")
_DIGITS: Final = re.compile("[0-9]+")
_AMERICAN_START: Final = re.compile(r"\+?[ ]?1[^0-9]|\+1")
_FEWEST: Final = 7


def phone_numbers(text: str, hint: str) -> Iterator[Hit]:
    if len(_NOT_DIGIT.sub("", text)) < _FEWEST:
        return
    yield from _international(text)
    yield from _chinese_mobile(text, hint)
    for form in (_AMERICAN, _CHINESE_LANDLINE, _CHINESE_SERVICE):
        for found in form.finditer(text):
            yield _hit(found.start(), found.end(), found.group())
    for found in _SAID.finditer(text):
        written = found.group()
        if not _DATE.match(written) and says_phone(text, found.start(), hint):
            yield _hit(found.start(), found.end(), written)


def _international(text: str) -> Iterator[Hit]:
    for found in _INTERNATIONAL.finditer(text):
        end = found.end()
        for country, length in _NATIONAL_LENGTHS.items():
            digits = [one.end() for one in re.finditer("[0-9]", found.group())]
            if _NOT_DIGIT.sub("", found.group()).startswith(country) and len(digits) > length:
                end = found.start() + digits[length - 1]
        yield _hit(found.start(), end, text[found.start() : end])


def _chinese_mobile(text: str, hint: str) -> Iterator[Hit]:
    for found in _CHINESE_MOBILE.finditer(text):
        start = found.start()
        groups = [len(one) for one in _DIGITS.findall(re.sub(r"^(?:\+|00)?86[ \-]?(?=1)", "", found.group()))]
        is_in_word = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
        if len(groups) == len("13812345678") and _goes_on(text, start, found.end()):
            continue
        if groups in _MOBILE_GROUPS and (not is_in_word or says_phone(text, start, hint)):
            yield _hit(start, found.end(), found.group())


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether more single digits stand before or after: all of them are one longer number."""
    return _DIGIT_BEFORE.search(text, max(0, start - 2), start) is not None or _DIGIT_AFTER.match(text, end) is not None


def _hit(start: int, end: int, written: str) -> Hit:
    """The key is what one dials at home: neither +1 and +86 nor the zero of the area code tell numbers apart."""
    digits = _NOT_DIGIT.sub("", written).removeprefix("00")
    if len(digits) >= 12 and digits.startswith("86"):
        digits = digits[2:]
    if _AMERICAN_START.match(written) and len(digits) == 11:
        digits = digits[1:]
    return Hit("phone", start, end, digits.lstrip("0") or digits)
