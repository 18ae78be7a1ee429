"""E-mail and internet addresses."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from typing import TYPE_CHECKING, Final

from app.domain.redaction.context import says_version
from app.domain.redaction.findings import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LOCAL: Final = 64
_AT: Final = re.compile(r" ?@ ?|(?<=\w) ?[\[({] ?at ?[\])}] ?| at (?=[A-Za-z0-9-]{1,63} dot )", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[A-Za-z0-9._%+'-]+\Z")
_LOCAL_ANY: Final = re.compile(r"[\w.+-]+\Z")
_DOT: Final = r"(?:\.| ?[\[({] ?dot ?[\])}] ?| dot )"
_DOMAIN: Final = re.compile(
    rf"[A-Za-z0-9](?:[A-Za-z0-9-]{{0,62}})(?:{_DOT}[A-Za-z0-9][A-Za-z0-9-]{{0,62}}){{0,8}}{_DOT}[A-Za-z][A-Za-z0-9-]{{1,23}}"
    r"|\[[0-9.]{7,15}\]",
    re.IGNORECASE,
)
_DOMAIN_ANY: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NOT_FIRST: Final = "'%+.-"
_DOT_WORD: Final = re.compile(r" ?[\[({] ?dot ?[\])}] ?| dot ", re.IGNORECASE)


def emails(text: str, hint: str) -> Iterator[Hit]:
    """Addresses around each ``@`` (or ``[at]``): what stands before it, and a name with a dot after it."""
    for at in _AT.finditer(text):
        local = _local(text, at.start())
        domain = _DOMAIN.match(text, at.end()) or _DOMAIN_ANY.match(text, at.end())
        if not local or domain is None:
            continue
        said = _DOT_WORD.sub(".", domain.group())
        yield Hit("email", at.start() - len(local), domain.end(), f"{local}@{said}".casefold())


def _local(text: str, end: int) -> str:
    part = text[max(0, end - LONGEST_LOCAL) : end]
    found = _LOCAL.search(part) or _LOCAL_ANY.search(part)
    return found.group().lstrip(_NOT_FIRST) if found else ""


_IPV4: Final = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w]|\.[0-9])", re.ASCII)
_IPV6: Final = re.compile(
    r"(?<![\w.])(?<![0-9A-Fa-f:]:)(?<!^:)[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?:(?:\.[0-9]{1,3}){3})?(?![\w:])",
    re.ASCII,
)
_OWN: Final = frozenset({"127.0.0.1", "0.0.0.0", "255.255.255.255"})  # noqa: S104 - none is listened on
FEWEST_GROUPS: Final = 3


def internet_addresses(text: str, hint: str) -> Iterator[Hit]:
    """IPv4 and IPv6; those that mean the machine itself tell nothing, and versions have four numbers as well."""
    for found in _IPV4.finditer(text) if text.count(".") > 2 else ():
        numbers = [int(one) for one in found.group().split(".")]
        said = ".".join(map(str, numbers))
        if max(numbers) <= 255 and said not in _OWN and not says_version(text, found.start(), hint):
            yield Hit("ip", found.start(), found.end(), said)
    for found in _IPV6.finditer(text) if text.count(":") > 1 else ():
        if sum(1 for group in found.group().split(":") if group) < FEWEST_GROUPS:
            continue
        try:
            yield Hit("ip", found.start(), found.end(), str(IPv6Address(found.group())))
        except AddressValueError:
            continue
