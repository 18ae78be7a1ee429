"""Good JSON made bad in small ways, by a seeded chance."""

from __future__ import annotations

import copy
import json
from random import Random

_ODD = (
    None, [], {}, "", 0, -1, 1.5, True, "x", "\0", " ", 1e300, 2**70, [[]], [None], {"a": {}}, "nan", "2025-99-99",
    "00000000-0000-0000-0000-000000000000", "\ud83d\ude00", "<details type=\"reasoning\">", "{\"name\": 5}",
)  # fmt: skip
_RAW = (b"\x00", b"\xff", b'"', b"{", b"]", b"\\", b"\n", b"NaN", b"1e999", b"\\ud800", b'"a":1,"a":2,', b"")


def spoiled(value, random: Random) -> bytes:
    """The value with one to four things in it changed, taken away, put elsewhere or told twice; at times bytes too."""
    value = copy.deepcopy(value)
    for _ in range(random.randint(1, 4)):
        _spoil(value, random)
    content = json.dumps(value).encode()
    if random.random() < 0.2:
        at = random.randrange(len(content))
        content = content[:at] + random.choice(_RAW) + content[at + random.randint(0, 2) :]
    return content


def _spoil(value, random: Random) -> None:
    places = list(_places(value))
    if not places:
        return
    holder, key = random.choice(places)
    match random.randrange(5):
        case 0:
            del holder[key]
        case 1:
            other, place = random.choice(places)
            if _is_there(other, place):
                holder[key] = copy.deepcopy(other[place])
        case 2 if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case _:
            holder[key] = copy.deepcopy(random.choice(_ODD))


def _is_there(holder, key) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _places(value):
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, inner in pairs:
            yield holder, key
            if isinstance(inner, (dict, list)):
                waiting.append(inner)
