"""Payloads of made events: what customers, assistants, shops and recommenders write into theirs."""

from __future__ import annotations

from collections import deque
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from app.benchmarks import made_texts
from app.benchmarks.made_words import COMMON, zipf

if TYPE_CHECKING:
    import random

Payload = tuple[str, str, dict[str, Any]]
"""Type, actor, data."""

CATALOGUE: Final = 2_000
"""Items; how often each is met falls with its rank."""
LONGEST: Final = 20_000
_CHINESE: Final = 0.25
_SHORT: Final = ("Yes, please.", "No, thanks.", "Okay.", "Thank you!", "好的", "谢谢", "Yes", "Sure.", "可以的，谢谢。")
_SERVICES: Final = ("Orders_1", "Restaurants_2", "Hotels_4")
_PAGES: Final = ("home", "search", "category", "recommendation", "cart", "mail")
_TOOLS: Final = ("find_orders", "get_item_details", "return_order_items", "lookup_address")
_STATES: Final = ("delivered", "pending", "cancelled", "processed")
_COLOURS: Final = ("black", "white", "blue", "red", "green", "grey")


class Payloads:
    """One customer's dealings; each method is a kind of event and gives (type, actor, data)."""

    def __init__(self, chance: random.Random, prefix: str) -> None:
        self._chance, self._prefix = chance, prefix
        self._english, self._chinese = made_texts.english(chance), made_texts.chinese(chance)
        self._catalogue = [self._made_item(number) for number in range(CATALOGUE)]
        self._popular = list(accumulate(zipf(CATALOGUE, 0.9)))
        self._recent: deque[str] = deque(maxlen=20)
        self._turn = 0
        self.open_call = ""

    def begin_branch(self, prefix: str) -> None:
        """Message ids begin with ``prefix`` from now on; the calls and messages before belong to another line."""
        self._prefix, self.open_call = prefix, ""
        self._recent.clear()

    def _made_item(self, number: int) -> dict[str, Any]:
        name = self._english.text(18) if number % 4 else self._chinese.text(8)
        tags = [f"brand={COMMON[number % 60]}", f"colour={self._chance.choice(_COLOURS)}"]
        return {"item": f"{22_000 + number * 7}", "name": name, "categories": [COMMON[100 + number % 25]], "tags": tags}

    def _text(self, length: float) -> str:
        if self._chance.random() < _CHINESE:
            return self._chinese.text(length / 3)
        return self._english.text(length)

    def _length(self, typical: float, spread: float) -> float:
        """Log-normal: mostly a sentence or two, sometimes pages."""
        return min(LONGEST, self._chance.lognormvariate(typical, spread))

    def _item(self) -> dict[str, Any]:
        return self._chance.choices(self._catalogue, cum_weights=self._popular)[0]

    def posted(self) -> Payload:
        chance = self._chance
        self._turn += 1
        role = "assistant" if self._turn % 2 == 0 else "user"
        key = f"{self._prefix}m{self._turn}"
        self._recent.append(key)
        if role == "user" and chance.random() < 0.12:
            text = chance.choice(_SHORT)
        else:
            text = self._text(self._length(6.3 if role == "assistant" else 5.1, 1.0))
        return "conversation.message-posted", role, {"message_id": key, "role": role, "text": text, "turn": self._turn}

    def edited(self) -> Payload:
        return "conversation.message-edited", "user", {"message_id": self._some_message(), "text": self._text(90)}

    def retracted(self) -> Payload:
        return "conversation.message-retracted", "user", {"message_id": self._some_message()}

    def _some_message(self) -> str:
        """Of the last ones; now and then one that nobody posted, which the fold lists as a problem."""
        if not self._recent or self._chance.random() < 0.03:
            return f"{self._prefix}lost{self._turn}"
        return self._chance.choice(self._recent)

    def slots(self) -> Payload:
        chance = self._chance
        wished = {f"slot_{chance.randrange(12)}": [COMMON[int(chance.paretovariate(1.1)) % len(COMMON)]]}
        data = {"service": chance.choice(_SERVICES), "set": wished, "turn": self._turn, "intent": chance.choice(_TOOLS)}
        return "conversation.slots-changed", "user", data

    def classified(self) -> Payload:
        label = self._chance.choice(("complaint", "question", "order", "praise"))
        data = {"label": label, "confidence": round(self._chance.random(), 3), "turn": self._turn}
        return "conversation.question-classified", "system", data

    def feedback(self) -> Payload:
        return "conversation.feedback-given", "user", {"rating": self._chance.randint(1, 5), "text": self._text(60)}

    def called(self) -> Payload:
        self.open_call = f"call_{self._chance.getrandbits(96):024x}"
        arguments = {"order_id": f"#W{self._chance.randrange(10**7):07d}", "reason": self._text(30)}
        data = {"call_id": self.open_call, "name": self._chance.choice(_TOOLS), "arguments": arguments}
        return "conversation.tool-called", "assistant", data

    def answered(self) -> Payload:
        chance = self._chance
        call_id, self.open_call = self.open_call, ""
        rows = [
            {"item_id": one["item"], "name": one["name"], "price": chance.randrange(100, 90_000) / 100,
             "status": chance.choice(_STATES), "tracking": f"{chance.randrange(10**12):012d}", "note": self._text(60)}
            for one in (self._item() for _ in range(1 + int(chance.expovariate(0.4))))
        ]  # fmt: skip
        return "conversation.tool-returned", "tool", {"call_id": call_id, "result": rows}

    def viewed(self) -> Payload:
        more = {"page": self._chance.choice(_PAGES), "dwell_ms": int(self._chance.lognormvariate(9, 1))}
        return "behaviour.item-viewed", "user", {**self._item(), **more}

    def clicked(self) -> Payload:
        return "behaviour.item-clicked", "user", {"item": self._item()["item"], "page": self._chance.choice(_PAGES)}

    def carted(self) -> Payload:
        return "behaviour.item-carted", "user", {**self._item(), "quantity": self._chance.randint(1, 4)}

    def bought(self) -> Payload:
        chance = self._chance
        paid = {"quantity": chance.randint(1, 12), "unit_price": chance.randrange(50, 9_999) / 100, "currency": "GBP",
                "invoice": f"{536_000 + chance.randrange(40_000)}"}  # fmt: skip
        return "behaviour.item-purchased", "user", {**self._item(), **paid}

    def returned(self) -> Payload:
        return "behaviour.item-returned", "user", {**self._item(), "quantity": 1, "reason": self._text(25)}

    def rated(self) -> Payload:
        return "behaviour.item-rated", "user", {**self._item(), "rating": self._chance.randint(1, 5)}

    def searched(self) -> Payload:
        return "behaviour.searched", "user", {"query": self._text(20), "results": self._chance.randrange(400)}

    def shown(self) -> Payload:
        chance = self._chance
        items = [
            {**self._item(), "rank": rank, "score": round(chance.random(), 4), "reasons": [chance.choice(_PAGES)]}
            for rank in range(1, 9)
        ]
        return "recommendation.items-shown", "system", {"items": items, "strategy": {"name": "popular", "version": 3}}

    def strategy(self) -> Payload:
        name = self._chance.choice(("popular", "similar", "recent"))
        return "recommendation.strategy-changed", "system", {"name": name, "weight": round(self._chance.random(), 2)}
