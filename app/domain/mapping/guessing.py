"""A first mapping for records that nobody described: by the names of columns and by what stands in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.mapping.mapping import MEMBERS, RecordMapping, SessionRule, SourceRule
from app.domain.mapping.rules import Choice, EventRule, Member
from app.domain.mapping.values import EPOCHS, Row, TimeRule, columns_of, form_of, pattern_of, text_of
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNKNOWN: Final = "imported.record"
"""The type of events of which nothing is known."""

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "session": (
        "@key", "session_id", "sessionid", "conversation_id", "conversationid", "convo_id", "dialogue_id", "dialog_id",
        "thread_id", "ticket_id", "ticket", "chat_id", "case_id", "session", "conversation", "thread",
        "case", "chat", "会话", "会话id",
        "工单", "工单号", "对话id",
    ),
    "subject": (
        "customer_id", "customerid", "user_id", "userid", "client_id", "account_id", "customer", "client", "user",
        "email", "客户", "客户id", "用户", "用户id",
    ),
    "title": ("title", "subject", "summary", "topic", "标题", "主题"),
    "time": (
        "timestamp", "time", "created_at", "createdat", "sent_at", "date", "datetime", "created", "ts", "creationdate",
        "when", "event_time", "时间", "日期", "创建时间",
    ),
    "actor": (
        "role", "speaker", "sender", "author", "from", "actor", "direction", "said_by", "who", "by", "角色", "发言人",
        "发送者",
    ),
    "text": (
        "text", "message", "content", "body", "utterance", "comment", "reply", "said", "内容", "消息", "文本", "正文",
    ),
    "id": ("message_id", "messageid", "event_id", "id", "uuid", "消息id"),
    "parent": ("parent_id", "parentid", "parent_message_id", "reply_to", "in_reply_to", "parent"),
    "item": ("item_id", "itemid", "product_id", "sku", "article", "aid", "item", "product", "stockcode", "商品"),
    "kind": ("event_type", "event", "type", "action", "kind", "事件", "类型"),
    "rating": ("rating", "score", "stars", "评分"),
    "price": ("price", "unit_price", "amount", "价格"),
    "quantity": ("quantity", "qty", "count", "数量"),
}  # fmt: skip

_ACTORS: Final = {
    "user": "user", "customer": "user", "client": "user", "human": "user", "caller": "user", "usr": "user",
    "visitor": "user", "in": "user", "inbound": "user", "客户": "user", "用户": "user", "顾客": "user",
    "assistant": "assistant", "bot": "assistant", "ai": "assistant", "gpt": "assistant", "model": "assistant",
    "system": "system", "sys": "assistant", "wizard": "assistant", "助手": "assistant", "机器人": "assistant",
    "agent": "agent", "support": "agent", "operator": "agent", "staff": "agent", "out": "agent", "outbound": "agent",
    "客服": "agent", "desk": "agent", "robot": "assistant", "tool": "tool", "function": "tool", "action": "tool",
    "api": "tool",
}  # fmt: skip

_TYPES: Final = {
    "view": "behaviour.item-viewed", "views": "behaviour.item-viewed", "viewed": "behaviour.item-viewed",
    "click": "behaviour.item-clicked", "clicks": "behaviour.item-clicked", "clicked": "behaviour.item-clicked",
    "cart": "behaviour.item-carted", "carts": "behaviour.item-carted", "add_to_cart": "behaviour.item-carted",
    "addtocart": "behaviour.item-carted", "order": "behaviour.item-purchased", "orders": "behaviour.item-purchased",
    "purchase": "behaviour.item-purchased", "buy": "behaviour.item-purchased",
    "transaction": "behaviour.item-purchased",
    "return": "behaviour.item-returned", "refund": "behaviour.item-returned", "rating": "behaviour.item-rated",
    "rate": "behaviour.item-rated", "search": "behaviour.searched", "message": MESSAGE_POSTED, "utter": MESSAGE_POSTED,
    "浏览": "behaviour.item-viewed", "点击": "behaviour.item-clicked", "加购": "behaviour.item-carted",
    "购买": "behaviour.item-purchased", "退货": "behaviour.item-returned", "搜索": "behaviour.searched",
}  # fmt: skip
_MOST_VALUES: Final = 40
_KEPT_MEMBERS: Final = 60


def guess(name: str, records: Sequence[Any], source: SourceRule) -> RecordMapping:
    """A mapping that makes something of the first records of a source; every column ends up somewhere."""
    flat = [record for record in records if isinstance(record, dict)]
    if len(records) == 1 and flat and not source.records and _holds_records(flat[0]):
        flat = [{"@key": key, **one} for key, one in flat[0].items()]
        source = replace(source, records=MEMBERS)
    columns = _top(columns_of(flat[0]) if flat else [])
    each = _turns(flat[0]) if flat else ""
    if each:
        return _nested(name, flat, each, columns, source)
    named = _named(columns)
    rule = _rule(named, columns, [Row(one, one) for one in flat])
    session = SessionRule(
        id=named.get("session", ""), title=named.get("title", ""), subject=named.get("subject", ""), ordered=False
    )
    return RecordMapping(name=name, session=session, source=source, events=(rule,), recognise=tuple(columns[:12]))


def _nested(
    name: str, records: Sequence[dict[str, Any]], each: str, columns: list[str], source: SourceRule
) -> RecordMapping:
    """Records that hold their turns as a list."""
    named = _named(columns)
    list_name = each[1:].replace("~1", "/").replace("~0", "~")
    rows = [Row(record, part) for record in records for part in record[list_name][:50] if isinstance(part, dict)]
    inner = _top(columns_of(rows[0].part))
    rule = _rule(_named(inner), inner, rows)
    session = SessionRule(id=named.get("session", named.get("id", "")), title=named.get("title", ""),
                          subject=named.get("subject", ""))  # fmt: skip
    turns = EventRule(type=rule.type, actor=rule.actor, each=each, time=rule.time, data=rule.data)
    return RecordMapping(name=name, session=session, source=source, events=(turns,), recognise=tuple(columns[:12]))


def _rule(named: Mapping[str, str], columns: Sequence[str], rows: Sequence[Row]) -> EventRule:
    text, item = named.get("text"), named.get("item")
    usual = MESSAGE_POSTED if text else "behaviour.item-viewed" if item else UNKNOWN
    kind = _type_choice(named, rows, usual)
    data: dict[str, Member] = {}
    if text:
        data["text"] = Member(text, "text")
    if item:
        data["item"] = Member(item, "text")
    for role in ("rating", "price", "quantity"):
        if role in named and all(_is_number(row.get(named[role])) for row in rows):
            data[role] = Member(named[role], "number")
    used = {member.column for member in data.values()} | {named.get(role, "") for role in _PLACED}
    for column in columns:
        if column not in used and len(data) < _KEPT_MEMBERS:
            data.setdefault(_member_name(column), Member(column))
    if "parent" in named and "id" not in named:
        named = {role: column for role, column in named.items() if role != "parent"}
    return EventRule(
        type=kind,
        actor=_actor_choice(named, rows),
        time=_time(named, rows),
        id=named.get("id", ""),
        parent=named.get("parent", ""),
        data=data,
    )


_PLACED: Final = ("session", "subject", "title", "time", "actor", "id", "parent")


def _named(columns: Sequence[str]) -> dict[str, str]:
    """Which column plays which part; a name counts once, in the order of the parts."""
    folded = {_folded(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for part, names in _NAMES.items():
        column = next((folded[name] for name in names if name in folded and folded[name] not in found.values()), None)
        if column is not None:
            found[part] = column
    return found


def _folded(column: str) -> str:
    return column.strip().casefold().replace(" ", "_").replace("-", "_")


def _top(columns: Sequence[str]) -> list[str]:
    return [column for column in columns if not column.startswith("/")]


def _holds_records(record: dict[str, Any]) -> bool:
    """Whether the members of an object are records of one kind, under their ids."""
    members = list(record.values())
    if len(members) < 2 or not all(isinstance(one, dict) for one in members):
        return False
    shared = set(members[0]).intersection(*members[1:])
    return bool(shared) and len(shared) * 2 > len(members[0])


def _turns(record: dict[str, Any]) -> str:
    """The pointer to the longest list of objects in a record."""
    lists = {
        name: len(value)
        for name, value in record.items()
        if isinstance(value, list) and len(value) > 1 and all(isinstance(one, dict) for one in value)
    }
    if not lists:
        return ""
    longest = max(lists, key=lambda name: lists[name])
    return "/" + longest.replace("~", "~0").replace("/", "~1")


def _type_choice(named: Mapping[str, str], rows: Sequence[Row], usual: str) -> Choice:
    column = named.get("kind")
    values = _values(rows, column)
    known = {value: _TYPES[value] for value in values if value in _TYPES}
    if column is None or not known:
        return Choice(otherwise=usual)
    return Choice(column, known, usual)


def _actor_choice(named: Mapping[str, str], rows: Sequence[Row]) -> Choice:
    column = named.get("actor")
    values = _values(rows, column)
    known = {value: _ACTORS[value] for value in values if value in _ACTORS}
    if column is None or not known:
        return Choice(otherwise="user")
    return Choice(column, known, "user")


def _values(rows: Sequence[Row], column: str | None) -> set[str]:
    if column is None:
        return set()
    found = {text_of(row.get(column)).casefold() for row in rows}
    return found if len(found) <= _MOST_VALUES else set()


def _time(named: Mapping[str, str], rows: Sequence[Row]) -> TimeRule | None:
    column = named.get("time")
    texts = [text for row in rows if column is not None and (text := text_of(row.get(column)))]
    if column is None or not texts:
        return None
    forms = [form_of(text) for text in texts]
    if forms[0] in EPOCHS and set(forms) <= set(EPOCHS):
        return TimeRule(column, forms[0])
    form = pattern_of(texts[0])
    if form is None:
        return None
    for candidate in (form, *(other for other in map(pattern_of, texts[1:]) if other)):
        if _reads_all(column, candidate, rows):
            return TimeRule(column, candidate)
    return TimeRule(column, form)


def _reads_all(column: str, form: str, rows: Sequence[Row]) -> bool:
    rule = TimeRule(column, form)
    try:
        for row in rows:
            rule.time(row)
    except BadInput:
        return False
    return True


def _is_number(value: Any) -> bool:
    try:
        float(text_of(value) or 0)
    except ValueError:
        return False
    return True


def _member_name(column: str) -> str:
    return re.sub(r"\s+", "_", column.strip()) or "column"
