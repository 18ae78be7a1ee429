"""Vocabularies of the made texts: common words by hand, the long tail of rare ones spelled by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

COMMON: Final = (
    "the you I to a is for at in and that on want it what of have do like me can please with this my not are your be "
    "would was there need any thanks will if but find when from how no yes or just so order out get help we an know "
    "all as about more one which time sure okay could they also up now than see looking something else book today "
    "tomorrow has had did been before after still only again item price number size colour delivery address return "
    "refund account card email day days week morning evening available store new same other two three available "
    "check change cancel confirm received shipped arrived broken missing wrong right good great perfect sorry problem "
    "question answer already because where who why here should very much many first last next too really think let "
    "tell show give send take make put use try call wait hope thank welcome anything nothing everything someone "
    "restaurant hotel table people place city street near cheap free parking music movie ticket flight train bus "
    "shoes shirt jacket blue black white green red small medium large box bag package parcel warehouse customer "
    "service support agent policy days' it's I'm don't can't didn't that's I've you're doesn't won't isn't"
).split()

_ONSETS: Final = "b c d f g h l m n p r s t v w br ch cl cr dr fl fr gr pl pr sh sl sp st str th tr".split()
_VOWELS: Final = "a e i o u a e i o ai ea ee io oa ou".split()
_CODAS: Final = ["", "", "", "n", "r", "s", "t", "l", "m", "d", "ck", "nd", "ng", "nt", "st", "rt"]
_ENDINGS: Final = ["", "", "", "s", "ed", "ing", "er", "ly", "ion", "y", "al", "ness"]

SAYINGS: Final = (
    "can you help me with", "I would like to", "is there anything else", "thank you very much", "have a great day",
    "could you please check", "I'm looking for", "what time does it", "please confirm the following", "how much is it",
    "I have not received", "the order number is", "let me check that for you", "one moment please",
    "within the next few days", "sorry to hear that", "what is the phone number", "that works for me", "no that is all",
    "I want to return", "the size does not fit", "we have sent you an email", "a refund has been issued",
    "do you want me to", "what about another one", "the same address as before", "I can see that your order",
)  # fmt: skip

HAN_SAYINGS: Final = (
    "请问", "谢谢您", "我想要", "可以帮我", "订单号是", "什么时候到", "没有收到", "退货", "退款", "您好", "不好意思",
    "已经发货", "请稍等", "还有其他问题吗", "价格是多少", "人均消费", "地址在哪里", "电话是多少", "附近有什么",
    "推荐您去", "评分是", "营业时间", "好的", "没问题", "尺码不合适", "颜色不对", "质量很好", "客服", "祝您生活愉快",
    "这家酒店", "这个景点", "门票多少钱", "我明白了", "给您添麻烦了", "马上处理", "三个工作日内", "原路退回",
)  # fmt: skip
_HAN_FIRST: Final = "的我您有是请一在了吗您个这那到可以好不想去要多少家点还店人们吃什么么和推荐吧里附近也给"


def words(chance: random.Random, count: int) -> list[str]:
    """English-like words, the commonest first; rare ones are longer, as in real languages."""
    found = dict.fromkeys(COMMON)
    while len(found) < count:
        syllables = 1 + min(3, int(chance.expovariate(0.9)))
        stem = "".join(
            chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(syllables)
        )
        found[stem + chance.choice(_ENDINGS)] = None
    return list(found)[:count]


def han_words(chance: random.Random, count: int) -> list[str]:
    """Words of one to three characters of the everyday set (GB 2312, level 1), the commonest first."""
    everyday = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)]
    known = list(dict.fromkeys(_HAN_FIRST)) + chance.sample(everyday, 900)
    weights = zipf(len(known), 0.9)
    found = dict.fromkeys(_HAN_FIRST)
    while len(found) < count:
        length = chance.choices((1, 2, 3), (15, 70, 15))[0]
        found["".join(chance.choices(known, weights, k=length))] = None
    return list(found)[:count]


def zipf(count: int, exponent: float) -> list[float]:
    """Weights of ranks 1 to ``count``."""
    return [1 / (rank + 2) ** exponent for rank in range(1, count + 1)]
