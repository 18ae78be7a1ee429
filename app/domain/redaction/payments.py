"""Ids of payment methods: in themselves no card's number, yet they lead to one person's wallet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.domain.redaction.findings import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

_METHODS: Final = (
    r"(?:(?:credit|debit|gift|bank|store|prepaid)[_-]?card|certificate|voucher|wallet|paypal|venmo|klarna|affirm|alipay"
    r"|(?:apple|google|amazon|samsung|wechat|union)[_-]?pay|bank[_-]account|payment[_-](?:method|source|instrument))"
)
_BY_SHAPE: Final = re.compile(
    rf"(?<![A-Za-z0-9]){_METHODS}[_-](?:id[_-])?[0-9]{{4,20}}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9_])(?:pm|card|src|ba|payin|seti)_(?=[A-Za-z]{0,30}[0-9])[A-Za-z0-9]{14,40}(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_WHAT: Final = "(?:method|source|instrument|card|account|token|profile)s?(?:[ _-]?(?:ids?|tokens?|numbers?))?"
_FIELD: Final = rf"payment[ _-]?(?:ids?|{_WHAT})"
_IS_FIELD: Final = re.compile(rf"(?:[A-Za-z0-9]+[ _.-])*{_FIELD}", re.IGNORECASE)
_ID: Final = r"(?=[\w.:-]*[0-9][\w.:-]*[0-9])[A-Za-z0-9](?:[\w.:-]{2,78}[A-Za-z0-9])"
_IS_ID: Final = re.compile(_ID, re.ASCII)
_SAID: Final = re.compile(
    rf"(?<![A-Za-z0-9]){_FIELD}[\"']{{0,2}} {{0,2}}[:=] {{0,2}}[\"']{{0,2}}({_ID})(?![A-Za-z0-9])",
    re.IGNORECASE | re.ASCII,
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def payment_ids(text: str, hint: str) -> Iterator[Hit]:
    """``credit_card_4421486`` wherever it stands, and whatever looks like an id in fields as ``payment_method_id``."""
    if _IS_ID.fullmatch(text) and _IS_FIELD.fullmatch(_CAMEL.sub("_", hint.strip())):
        yield Hit("payment", 0, len(text), text.casefold())
        return
    for found in _BY_SHAPE.finditer(text) if "_" in text or "-" in text else ():
        yield Hit("payment", found.start(), found.end(), found.group().casefold())
    for found in _SAID.finditer(text) if "ayment" in text or "AYMENT" in text else ():
        yield Hit("payment", found.start(1), found.end(1), found.group(1).casefold())
