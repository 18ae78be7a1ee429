"""Keys, tokens and passwords, and attachments written as text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, Final

from app.domain.redaction.context import says_secret
from app.domain.redaction.findings import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIXED: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"sk-(?:proj-|ant-|or-|svcacct-)?[A-Za-z0-9_\-]{16,200}"
    r"|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,200}|whsec_[A-Za-z0-9+/=]{16,100}"
    r"|gh[oprsu]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_\-]{16,100}"
    r"|(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}(?![A-Za-z0-9])|AIza[A-Za-z0-9_\-]{35}|ya29\.[A-Za-z0-9_\-]{20,400}"
    r"|LTAI[A-Za-z0-9]{12,24}|AKID[A-Za-z0-9]{13,40}"
    r"|xox[abeoprs]-[A-Za-z0-9\-]{10,250}|hf_[A-Za-z0-9]{20,100}|npm_[A-Za-z0-9]{30,60}|pypi-[A-Za-z0-9_\-]{30,300}"
    r"|SG\.[A-Za-z0-9_\-]{16,80}\.[A-Za-z0-9_\-]{16,80}|(?:shpat|shpss)_[a-fA-F0-9]{32}|dop_v1_[a-f0-9]{64}"
    r"|(?<![_\-])eyJ[A-Za-z0-9_\-]{8,8000}\.[A-Za-z0-9_\-]{4,16000}(?:\.[A-Za-z0-9_\-]{0,4000})?"
    r")"
)
_SCHEME: Final = re.compile(r"(?<![A-Za-z])(?:bearer|basic)[ ]{1,3}([A-Za-z0-9._~+/\-]{12,8000}={0,2})", re.IGNORECASE)
_IN_URL: Final = re.compile(r"(?<=://)[^\s/:@]{1,100}:([^\s/@]{1,200})@")
_SAID: Final = re.compile(
    r"(?:(?:api|access|secret|private|auth)[ _\-]?(?:key|token)|secret|token|passw(?:or)?d|passcode|passphrase|pwd"
    r"|密码|口令|密钥|令牌)[\"']{0,2}[ ]{0,2}(?:[:=：]|是|为| is )[ ]{0,2}[\"']{0,2}"
    r"([^\s\"'<>,;，。；、\\\ue000]{6,200})",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{20,}={0,2}")
FEWEST_DIGITS: Final = 2
_MADE_ID: Final = re.compile(
    r"(?:call|toolu|msg|message|run|thread|step|chatcmpl|resp|req|asst|item|evt|event|trace|span)[_-]", re.IGNORECASE
)
"""Ids that machines give to messages and calls look drawn by lot as well, and open nothing."""
_HEX: Final = re.compile(r"[0-9a-fA-F-]+\Z")
_LONGEST_WORD: Final = 512
_BEGIN: Final = "-----BEGIN "
_END: Final = "-----END "
_PEM_END: Final = re.compile(r"-----END [A-Z0-9 ]{0,60}-----")


def keys(text: str, hint: str) -> Iterator[Hit]:
    yield from _pem_blocks(text)
    for found in _PREFIXED.finditer(text):
        yield Hit("key", found.start(), found.end(), found.group())
    for form in (_SCHEME, _IN_URL):
        for found in form.finditer(text):
            yield Hit("key", found.start(1), found.end(1), found.group(1))
    for found in _SAID.finditer(text):
        said = found.group(1).rstrip(".!?)]}")
        if len(said) >= 6 and any(one.isdigit() for one in said) and any(not one.isdigit() for one in said):
            yield Hit("key", found.start(1), found.start(1) + len(said), said)
    for found in _WORD.finditer(text):
        if len(found.group()) <= _LONGEST_WORD and _is_random(found.group(), text, found.start(), hint):
            yield Hit("key", found.start(), found.end(), found.group())


def _pem_blocks(text: str) -> Iterator[Hit]:
    """From the first line of a block to its last; a block that never ends goes on to the end of the text."""
    at = text.find(_BEGIN)
    while at >= 0:
        end = _PEM_END.search(text, at)
        last = end.end() if end else len(text)
        if "KEY" in text[at : at + 60] or "CERTIFICATE" in text[at : at + 60]:
            yield Hit("key", at, last, text[at:last])
        at = text.find(_BEGIN, last)


def _is_random(word: str, text: str, start: int, hint: str) -> bool:
    """Whether a long word looks drawn by lot: all kinds of characters, changing often, few of them twice."""
    if _HEX.match(word):
        return len(word) >= 32 and "-" not in word and says_secret(text, start, hint)
    if _MADE_ID.match(word) or sum(map(str.isdigit, word)) < FEWEST_DIGITS:
        return False
    kinds = ["d" if one.isdigit() else "u" if one.isupper() else "l" for one in word if one.isalnum()]
    if len(set(kinds)) < 3:
        return False
    changes = sum(1 for one, other in pairwise(kinds) if one != other)
    return changes >= 0.35 * len(word) and entropy_bits(word) >= (3.7 if len(word) < 28 else 4.0)


def entropy_bits(word: str) -> float:
    """Shannon entropy of the characters of a word, in bits a character."""
    return -sum(count / len(word) * log2(count / len(word)) for count in Counter(word).values())


_DATA_URI: Final = re.compile(
    r"data:[A-Za-z0-9.+/\-]{0,100}(?:;[A-Za-z0-9=.\-]{1,60}){0,4};base64,[A-Za-z0-9+/_\-=\r\n]{16,}"
)
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/_\-\r\n])[A-Za-z0-9+/_\-\r\n]{512,}={0,2}")
_BLOB: Final = re.compile(r"blake2b-256:[0-9a-f]{64}")
FEWEST_CHARACTERS: Final = 512


def attachments(text: str, hint: str) -> Iterator[Hit]:
    """Files written in base64, and addresses of files kept beside the events: nobody can read what they show."""
    for found in _BLOB.finditer(text):
        yield Hit("attachment", found.start(), found.end(), found.group())
    for found in _DATA_URI.finditer(text) if "base64," in text else ():
        yield Hit("attachment", found.start(), found.end(), found.group())
    for found in _BASE64.finditer(text) if len(text) >= FEWEST_CHARACTERS else ():
        if len(set(found.group())) > 16 and len(found.group()) >= FEWEST_CHARACTERS:
            yield Hit("attachment", found.start(), found.end(), found.group())
