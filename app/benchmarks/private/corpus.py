"""Texts as customers and agents write them, in English and Chinese, and what in them is personal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from app.benchmarks.private import values
from app.benchmarks.private.near_misses import NEAR_MISSES

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = 20_261
_BEFORE: Final = {
    "email": ("Write to", "my mail is", "邮箱", "联系邮箱：", "mailto:", "?email="),
    "phone": ("Reach me at", "my number:", "手机", "请打", "tel:", "or"),
    "said phone": ("call me at", "phone:", "my phone number is", "Tel.", "mobile", "电话："),
    "cn-id": ("身份证号", "身份证：", "ID card", "证件号码是"),
    "us-ssn": ("SSN", "social security number", "ssn:"),
    "card": ("my card is", "paid with", "卡号", "银行卡：", "card number"),
    "payment": ("charge it to", "payment method", "付款方式：", "payment_id:", "refund to"),
    "iban": ("please refund to", "IBAN", "账户", "account"),
    "ip": ("logged in from", "client", "IP：", "host"),
    "key": ("use", "Authorization: Bearer", "API_KEY=", "密钥：", "token is"),
    "password": ("password:", "my password is", "密码：", "pwd="),
    "name": ("I am", "regards,", "我是", "客户", "spoke with"),
}  # fmt: skip
_FILLERS: Final = (
    "Thanks for the quick answer, the blue one would be fine.", "The parcel has not arrived yet and I am worried.",
    "Could you look into this today?", "谢谢，麻烦尽快处理。", "商品和图片不一样，我想退货。", "好的，没问题。",
    "I have tried three times, it always fails at the last step.", "The restaurant should have outdoor seating.",
    "请问什么时候发货？", "That works for me, see you on Thursday.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeText:
    """A text, and (kind, start, end) of what was planted in it."""

    text: str
    planted: tuple[tuple[str, int, int], ...]


def made_texts(count: int, seed: int = SEED) -> Iterator[MadeText]:
    """So many texts; the same seed gives the same ones."""
    lot = Random(seed)
    for _ in range(count):
        yield _made(lot)


def _made(lot: Random) -> MadeText:
    pieces: list[tuple[str | None, str, str]] = []
    for _ in range(lot.choice((0, 1, 1, 2))):
        kind = lot.choice(list(values.KINDS))
        pieces.append((kind, lot.choice(_BEFORE[kind]), values.KINDS[kind](lot)))
    pieces += [(None, "", lot.choice(NEAR_MISSES)(lot)) for _ in range(lot.choice((0, 1, 1, 2)))]
    pieces += [(None, "", lot.choice(_FILLERS)) for _ in range(lot.choice((1, 2)))]
    lot.shuffle(pieces)
    whole = ""
    planted: list[tuple[str, int, int]] = []
    for planted_kind, before, value in pieces:
        whole += before + _joint(before, lot)
        if planted_kind is not None:
            planted.append((planted_kind, len(whole), len(whole) + len(value)))
        whole += value + lot.choice((" ", ". ", ", ", "\n", "；"))
    return _nested(whole, planted) if lot.random() < 0.1 else MadeText(whole, tuple(planted))


def _joint(before: str, lot: Random) -> str:
    """A space where people write one."""
    if not before or before.endswith(("=", "：", "mailto:", "tel:")):
        return ""
    return "" if not before.isascii() and lot.random() < 0.5 else " "


def _nested(text: str, planted: list[tuple[str, int, int]]) -> MadeText:
    """The same inside JSON that is itself a text, as tools return it."""
    head = '{"status": "ok", "note": "'
    moved = []
    for kind, start, end in planted:
        begin = len(head) + len(_escaped(text[:start]))
        moved.append((kind, begin, begin + len(_escaped(text[start:end]))))
    return MadeText(f'{head}{_escaped(text)}"}}', tuple(moved))


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
