"""What looks like personal data and is none: numbers with wrong checks, orders, prices, dates, flights, hashes."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from app.benchmarks.private import values

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def _order(lot: Random) -> str:
    count = lot.choice((6, 8, 10, 12, 14, 16, 18, 20))
    return lot.choice(
        (
            f"order {values.digits(lot, count)}",
            f"订单号 {values.digits(lot, count)}",
            f"#{values.digits(lot, 7)}",
            f"SO-{values.digits(lot, 5)}-{values.digits(lot, 4)}",
            f"tracking 1Z{values.digits(lot, 16)}",
        )
    )


def _dated(lot: Random) -> str:
    year, month, day = lot.randint(1990, 2030), lot.randint(1, 12), lot.randint(1, 28)
    clock = f"{lot.randint(0, 23):02d}:{lot.randint(0, 59):02d}:{lot.randint(0, 59):02d}"
    return lot.choice(
        (
            f"{year}-{month:02d}-{day:02d}",
            f"{day:02d}.{month:02d}.{year}",
            f"{month}/{day}/{year} {clock}",
            clock,
            f"{year}年{month}月{day}日",
            f"{year}{month:02d}{day:02d}{clock.replace(':', '')}",
            f"16{values.digits(lot, 8)}",
        )
    )


def _priced(lot: Random) -> str:
    return lot.choice(
        (
            f"${lot.randint(1, 9999):,}.{values.digits(lot, 2)}",
            f"¥{values.digits(lot, 4)}.00",
            f"EUR 1 {values.digits(lot, 3)} {values.digits(lot, 3)},00",
            f"{lot.randint(1, 99)} x {lot.randint(1, 999)} = {values.digits(lot, 5)}",
            f"{values.digits(lot, 3)},{values.digits(lot, 3)},{values.digits(lot, 3)}",
        )
    )


def _travelling(lot: Random) -> str:
    return lot.choice(
        (
            f"flight UA{values.digits(lot, 4)}",
            f"航班 CA{values.digits(lot, 4)}",
            f"gate B{values.digits(lot, 2)}",
            "seats 12A to 14F",
            f"{lot.randint(10, 89)}.{values.digits(lot, 4)}, -{lot.randint(10, 179)}.{values.digits(lot, 4)}",
        )
    )


def _hashed(lot: Random) -> str:
    def hexadecimal(count: int) -> str:
        return "".join(lot.choice("0123456789abcdef") for _ in range(count))

    return lot.choice(
        (
            f"{hexadecimal(8)}-{hexadecimal(4)}-{hexadecimal(4)}-{hexadecimal(4)}-{hexadecimal(12)}",
            f"sha256:{hexadecimal(64)}",
            f"commit {hexadecimal(40)}",
            f"call_{''.join(lot.choice(string.ascii_letters + string.digits) for _ in range(24))}",
            f"B00{''.join(lot.choice(string.ascii_uppercase + string.digits) for _ in range(7))}",
            f"ISBN 978-3-{values.digits(lot, 4)}-{values.digits(lot, 4)}-{values.digits(lot, 1)}",
        )
    )


def _paying(lot: Random) -> str:
    return lot.choice(
        (
            f"gift_card balance {values.digits(lot, 3)}",
            f"payment {values.digits(lot, 7)}",
            f"paid with credit_card, {lot.randint(1, 999)}.{values.digits(lot, 2)}",
            f"certificate_{lot.randint(1, 99)}",
            f"payment_method: {lot.choice(('paypal', 'gift_card', 'visa'))}",
        )
    )


def _wrong(lot: Random) -> str:
    """A number whose check digit is another."""
    make = lot.choice((values.card, values.iban, values.cn_id))
    whole = make(lot)
    at = max(index for index, one in enumerate(whole) if one.isdigit())
    return f"{whole[:at]}{(int(whole[at]) + lot.choice((1, 2, 4, 5, 7, 8))) % 10}{whole[at + 1 :]}"


def _written(lot: Random) -> str:
    return lot.choice(
        (
            "Annual leave",
            "Jane Doerr",
            "Tommy Bakersfield",
            "meet @ noon",
            "@support",
            "std::vector<int>",
            "version 10.2.0.1",
            "v1.2.3.4",
            "password: please reset it",
            "the token was wrong",
            "user@localhost",
            "call me tomorrow at 10",
            "100%25 sure",
            "C:\\new\\table",
            "a/b/c/d/e/f/g/h/i/j/k/l/m/n",
            "someVeryLongIdentifierName_withParts",
            "王小",
            "电话很忙",
            "ratio 3:2:1",
            "https://example.com/docs/getting-started/installation-guide-for-beginners",
            "call flight UA4455 back",
            "1 2 3 4 5 6 7 8 9",
        )
    )


NEAR_MISSES: Final[tuple[Callable[[Random], str], ...]] = (
    _order,
    _dated,
    _priced,
    _travelling,
    _hashed,
    _paying,
    _wrong,
    _written,
)
