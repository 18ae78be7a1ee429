"""Words before a number that say what it is: digits alone often do not."""

from __future__ import annotations

import re
from typing import Final

REACH: Final = 28
"""Characters before a number in which such words count."""

_PHONE: Final = re.compile(
    r"phone|mobile|\bcell|\btel\b|\btelephone|\bfax|whats ?app|\bsms\b|\bdial|\bcall(?! (?:id|sid))"
    r"|\breach (?:me|us|him|her|them)"
    r"|电话|手机|联系|致电|拨打|座机|传真|热线|來電|電話|手機",
    re.IGNORECASE,
)
_ORDER: Final = re.compile(
    r"order|invoice|tracking|ticket|booking|reference|\bref\b|\bsku\b|item|product|serial|isbn|flight|\bversion|build"
    r"|订单|单号|运单|发票|快递|编号|流水|航班|版本|商品|訂單|單號",
    re.IGNORECASE,
)
_ID: Final = re.compile(r"身份证|證件|证件|\bid (?:card|number|no)|identity", re.IGNORECASE)
_SECRET: Final = re.compile(r"key|secret|token|passw|credential|密钥|密码|口令|令牌", re.IGNORECASE)
_DIGEST: Final = re.compile(
    r"(?:sha-?[0-9]*|md5|commit|digest|hash|blake2b?[-0-9]*|etag|checksum)[ :=]*$", re.IGNORECASE
)
_SENTENCE_END: Final = re.compile(r"[;。\n]|(?<=[0-9])[.,] ")
_VERSION: Final = re.compile(r"(?:\bv|version|release|build|firmware|driver|版本|固件)[ :=]*$", re.IGNORECASE)


def before(text: str, start: int) -> str:
    """What stands just before, in the same sentence."""
    words = text[max(0, start - REACH) : start]
    ends = [one.end() for one in _SENTENCE_END.finditer(words)]
    return words[ends[-1] :] if ends else words


def says_phone(text: str, start: int, hint: str) -> bool:
    """Whether a number at ``start`` is called a phone number, and nothing nearer calls it something else."""
    words = f"{hint} {before(text, start)}"
    phones = [one.end() for one in _PHONE.finditer(words)]
    others = [one.end() for one in _ORDER.finditer(words)]
    return bool(phones) and (not others or others[-1] < phones[-1])


def says_identity(text: str, start: int, hint: str) -> bool:
    return _ID.search(f"{hint} {before(text, start)}") is not None


def says_secret(text: str, start: int, hint: str) -> bool:
    words = before(text, start)
    return _DIGEST.search(words) is None and _SECRET.search(f"{hint} {words}") is not None


def says_version(text: str, start: int, hint: str) -> bool:
    return _VERSION.search(before(text, start)) is not None or "version" in hint.casefold()
