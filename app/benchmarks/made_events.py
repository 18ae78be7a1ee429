"""Events with realistic distributions, the same for the same seed: distinct texts, long tails, bursts and gaps."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

from app.domain.events import NewEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE: Final = "urn:branchline:bench"
START: Final = 1_700_000_000_000_000
SECOND: Final = 1_000_000
CATALOGUE: Final = 2_000
"""Items; how often each is met follows a power law."""

_SYLLABLES: Final = [c + v for c in "bdklmnrstv" for v in "aeo"]
_HAN: Final = "我想要退货订单昨天收到的商品有问题请帮查看一下谢谢可以换吗什么时候到价格多少颜色大小蓝红绿白黑好"
_KINDS: Final = (
    ("posted", 34), ("slots", 10), ("called", 6), ("viewed", 22), ("clicked", 9), ("carted", 4), ("bought", 5),
    ("returned", 1), ("rated", 2), ("shown", 7),
)  # fmt: skip


class MadeEvents:
    """An endless mixed session: conversation, behaviour and recommendation.

    Args:
        seed: the same seed gives the same events.
        prefix: begins the ids, so that several branches of one store can be filled.
    """

    def __init__(self, seed: int = 1, prefix: str = "e") -> None:
        self._chance, self._prefix = random.Random(seed), prefix
        self._words = [self._word() for _ in range(4_000)]
        self._time, self._number, self._open = START, 0, ""

    def take(self, count: int) -> Iterator[NewEvent]:
        for _ in range(count):
            yield self._next()

    def _next(self) -> NewEvent:
        chance = self._chance
        self._number += 1
        # Bursts of seconds, now and then a gap of hours.
        self._time += int(SECOND * (chance.expovariate(0.3) if chance.random() < 0.985 else chance.uniform(3e3, 9e4)))
        if self._open:
            kind = "answered"
        else:
            kind = chance.choices([name for name, _ in _KINDS], [weight for _, weight in _KINDS])[0]
        event_type, actor, data = getattr(self, f"_{kind}")()
        return NewEvent(
            id=f"{self._prefix}{self._number}",
            source=SOURCE,
            type=event_type,
            data=data,
            actor=actor,
            subject="customer-1",
            time=self._time,
        )

    def _word(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(1, 4)))

    def _text(self) -> str:
        """Mostly a sentence or two, sometimes pages (log-normal); one in four in Chinese."""
        chance = self._chance
        length = min(20_000, int(chance.lognormvariate(4.6, 0.9)))
        if chance.random() < 0.25:
            return "".join(chance.choices(_HAN, k=max(4, length // 3)))
        return " ".join(chance.choices(self._words, k=max(3, length // 6))).capitalize() + "."

    def _item(self) -> dict[str, Any]:
        number = min(CATALOGUE - 1, int(self._chance.paretovariate(0.7)) - 1)
        words = self._words[number % 400], self._words[400 + number % 600]
        return {"item": f"I{number:04d}", "name": " ".join(words), "categories": [f"c{number % 25}"]}

    def _posted(self) -> tuple[str, str, dict[str, Any]]:
        role = self._chance.choice(("user", "assistant"))
        data = {"message_id": f"{self._prefix}m{self._number}", "role": role, "text": self._text()}
        return "conversation.message-posted", role, data

    def _slots(self) -> tuple[str, str, dict[str, Any]]:
        slot = f"slot{self._chance.randint(1, 12)}"
        data = {"service": f"Service_{self._chance.randint(1, 3)}", "set": {slot: [self._chance.choice(self._words)]}}
        return "conversation.slots-changed", "user", data

    def _called(self) -> tuple[str, str, dict[str, Any]]:
        self._open = f"{self._prefix}c{self._number}"
        data = {"call_id": self._open, "name": "find_orders", "arguments": {"query": self._chance.choice(self._words)}}
        return "conversation.tool-called", "assistant", data

    def _answered(self) -> tuple[str, str, dict[str, Any]]:
        call_id, self._open = self._open, ""
        rows = [{"id": self._chance.randint(1, 10**6), "text": self._text()[:200]} for _ in range(3)]
        return "conversation.tool-returned", "tool", {"call_id": call_id, "result": rows}

    def _viewed(self) -> tuple[str, str, dict[str, Any]]:
        return "behaviour.item-viewed", "user", self._item()

    def _clicked(self) -> tuple[str, str, dict[str, Any]]:
        return "behaviour.item-clicked", "user", self._item()

    def _carted(self) -> tuple[str, str, dict[str, Any]]:
        return "behaviour.item-carted", "user", self._item()

    def _bought(self) -> tuple[str, str, dict[str, Any]]:
        return "behaviour.item-purchased", "user", {**self._item(), "quantity": self._chance.randint(1, 12)}

    def _returned(self) -> tuple[str, str, dict[str, Any]]:
        return "behaviour.item-returned", "user", {**self._item(), "quantity": 1}

    def _rated(self) -> tuple[str, str, dict[str, Any]]:
        return "behaviour.item-rated", "user", {**self._item(), "rating": self._chance.randint(1, 5)}

    def _shown(self) -> tuple[str, str, dict[str, Any]]:
        shown = [
            {**self._item(), "rank": rank, "score": round(self._chance.random(), 4), "reasons": []}
            for rank in range(1, 6)
        ]
        return "recommendation.items-shown", "system", {"items": shown, "strategy": {"name": "popular"}}
