"""Personal data that was drawn by lot: valid where there is a check, in the forms in which people write it."""

from __future__ import annotations

import base64
import json
import string
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

NAMES: Final = (
    "Jane Doe",
    "Ann Lee",
    "Robert O'Neill",
    "María García",
    "Jürgen Müller",
    "Priya Natarajan",
    "Tom Baker",
    "王小明",
    "李娜",
    "欧阳雪",
    "陈志强",
    "Zhang Wei",
)
_WORDS: Final = "anna bob carla dieter eve fatima george hua ivan june karl lena marco nina omar pia quinn rosa".split()
_HOSTS: Final = (
    "example.com mail.example.org qq.com 163.com gmail.com firma.de startup.io example.co.uk bank.com.cn".split()
)
_BASE64: Final = string.ascii_letters + string.digits
_FULLWIDTH: Final = str.maketrans("0123456789@", "０１２３４５６７８９＠")


def digits(lot: Random, count: int) -> str:
    return "".join(lot.choice("0123456789") for _ in range(count))


def luhn(body: str) -> str:
    """``body`` with its check digit."""
    total = sum(sum(divmod(int(one) * (2 - at % 2), 10)) for at, one in enumerate(reversed(body)))
    return body + str(-total % 10)


def email(lot: Random) -> str:
    word, host = lot.choice(_WORDS), lot.choice(_HOSTS)
    local = lot.choice(
        (word, f"{word}.{lot.choice(_WORDS)}", f"{word}{digits(lot, 3)}", f"{word}+shop", f"{word[0]}_{word}")
    )
    plain = f"{local}@{host}"
    forms = (
        plain,
        plain,
        plain,
        plain.upper(),
        plain.title(),
        quote(plain, safe=""),
        plain.replace("@", "\\u0040"),
        plain.replace("@", "&#64;"),
        f"{local} [at] {host.replace('.', ' [dot] ')}",
        f"{local} @ {host}",
        plain.replace("@", "＠"),
        f"{local} at {host.replace('.', ' dot ')}",
    )
    return lot.choice(forms)


def phone(lot: Random) -> str:
    area, first, last = str(lot.randint(201, 989)), str(lot.randint(200, 999)), digits(lot, 4)
    mobile = f"1{lot.choice('3456789')}{digits(lot, 9)}"
    split = f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"
    city = lot.choice(("010", "021", "0755", "0571", "020"))
    local = f"{lot.choice('2345678')}{digits(lot, 7)}"
    forms = (
        f"{area}-{first}-{last}",
        f"({area}) {first}-{last}",
        f"+1 {area} {first} {last}",
        f"{area}.{first}.{last}",
        f"1-{area}-{first}-{last}",
        f"+1{area}{first}{last}",
        mobile,
        mobile,
        split,
        split.replace(" ", "-"),
        f"+86 {mobile}",
        f"+86-{split}",
        f"0086{mobile}",
        mobile.translate(_FULLWIDTH),
        " ".join(mobile),
        f"{city}-{local}",
        f"({city}) {local[:4]} {local[4:]}",
        f"+86 {city[1:]} {local}",
        f"400-{digits(lot, 3)}-{digits(lot, 4)}",
        f"+44 20 {digits(lot, 4)} {digits(lot, 4)}",
        f"+49 30 {digits(lot, 6)}",
        f"+33 6 {' '.join(digits(lot, 2) for _ in range(4))}",
        f"+91 9{digits(lot, 4)} {digits(lot, 5)}",
        f"0049 89 {digits(lot, 3)} {digits(lot, 4)}",
        f"{mobile[:3]}\u200b{mobile[3:]}",
    )
    return lot.choice(forms)


def said_phone(lot: Random) -> str:
    """Digits that only the words before them make a phone number."""
    return lot.choice(
        (
            f"{lot.randint(201, 989)}{digits(lot, 7)}",
            f"020 7{digits(lot, 3)} {digits(lot, 4)}",
            f"0171/{digits(lot, 7)}",
            f"555-{digits(lot, 4)}",
            f"06{digits(lot, 8)}",
        )
    )


def cn_id(lot: Random) -> str:
    born = f"{lot.randint(1940, 2015)}{lot.randint(1, 12):02d}{lot.randint(1, 28):02d}"
    body = f"{lot.choice(('110105', '310115', '440305', '510107', '330106'))}{born}{digits(lot, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    whole = body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]
    return lot.choice(
        (whole, whole, whole.lower(), f"{whole[:6]} {whole[6:14]} {whole[14:]}", whole.translate(_FULLWIDTH))
    )


def us_ssn(lot: Random) -> str:
    area, group, serial = lot.randint(1, 665), lot.randint(1, 99), lot.randint(1, 9999)
    return lot.choice("- ").join((f"{area:03d}", f"{group:02d}", f"{serial:04d}"))


def card(lot: Random) -> str:
    prefix, length = lot.choice(
        (("4", 16), ("52", 16), ("2345", 16), ("37", 15), ("6221", 16), ("6222", 19), ("6011", 16), ("36", 14))
    )
    whole = luhn(prefix + digits(lot, length - len(prefix) - 1))
    fours = [whole[at : at + 4] for at in range(0, length, 4)]
    if length == 15:
        fours = [whole[:4], whole[4:10], whole[10:]]
    return lot.choice(
        (whole, " ".join(fours), "-".join(fours), "\u200b".join(fours), " ".join(whole), whole.translate(_FULLWIDTH))
    )


def payment(lot: Random) -> str:
    """An id under which a shop or an airline keeps a way to pay."""
    method = lot.choice(("credit_card", "gift_card", "paypal", "certificate", "debit-card", "alipay", "bank_account"))
    token = "".join(lot.choice(string.ascii_letters) for _ in range(12))
    return lot.choice(
        (f"{method}_{digits(lot, 7)}", f"{method}_{digits(lot, 7)}".upper(), f"pm_1{token}{digits(lot, 3)}")
    )


def iban(lot: Random) -> str:
    country, body = lot.choice(
        (
            ("DE", digits(lot, 18)),
            ("GB", f"NWBK{digits(lot, 14)}"),
            ("FR", digits(lot, 23)),
            ("NL", f"ABNA{digits(lot, 10)}"),
            ("ES", digits(lot, 20)),
            ("CH", digits(lot, 17)),
        )
    )
    number = int("".join(str(int(one, 36)) for one in f"{body}{country}00"))
    whole = f"{country}{98 - number % 97:02d}{body}"
    spaced = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return lot.choice((whole, spaced, whole.lower(), spaced.replace(" ", "-")))


def ip(lot: Random) -> str:
    four = ".".join(str(lot.randint(1, 254)) for _ in range(4))
    groups = [f"{lot.randint(1, 65535):x}" for _ in range(8)]
    return lot.choice(
        (four, four, ":".join(groups), f"2001:db8:{groups[0]}::{groups[1]}", f"fe80::{groups[2]}:{groups[3]}")
    )


def key(lot: Random) -> str:
    def some(count: int, signs: str = _BASE64) -> str:
        return "".join(lot.choice(signs) for _ in range(count))

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    token = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': digits(lot, 6)})}.{some(43)}"
    pem = f"-----BEGIN PRIVATE KEY-----\n{some(64)}\n{some(64)}\n-----END PRIVATE KEY-----"
    return lot.choice(
        (
            f"sk-{some(48)}",
            f"sk-proj-{some(40)}",
            f"ghp_{some(36)}",
            f"AKIA{some(16, string.ascii_uppercase + '234567')}",
            f"AIza{some(35)}",
            f"xoxb-{digits(lot, 12)}-{some(24)}",
            f"glpat-{some(20)}",
            token,
            pem,
            some(40),
            some(24),
            some(32),
            f"hf_{some(34)}",
            f"sk_live_{some(24)}",
            f"LTAI{some(20)}",
        )
    )


def password(lot: Random) -> str:
    """What only the words before it make a secret."""
    return lot.choice(_WORDS) + lot.choice("!#$%&*") + digits(lot, 3)


def name(lot: Random) -> str:
    whole = lot.choice(NAMES)
    if not whole.isascii() and " " not in whole:
        return whole
    forms = [whole, whole, whole.upper(), whole.lower()]
    first, _, last = whole.partition(" ")
    return lot.choice((*forms, f"{last}, {first}", f"{first}.{last}".lower(), f"{first}  {last}"))


KINDS: Final[Mapping[str, Callable[[Random], str]]] = {
    "email": email,
    "phone": phone,
    "said phone": said_phone,
    "cn-id": cn_id,
    "us-ssn": us_ssn,
    "card": card,
    "payment": payment,
    "iban": iban,
    "ip": ip,
    "key": key,
    "password": password,
    "name": name,
}
