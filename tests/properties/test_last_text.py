"""Conditions on the text of the last message say the same with the search index as without, whatever the texts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.search.block import Shape
from app.adapters.search.file import MEMORY
from app.adapters.search.index import FileSearchIndex
from app.application.finding import Finding
from app.application.ports import SearchIndexLost, SessionDraft, no_progress
from app.application.searching import Searching
from app.application.time_machine import TimeMachine
from app.domain.conditions import parse, printed
from app.domain.conditions.last_text import last_text_needles
from app.domain.conditions.syntax import Constant
from app.domain.errors import Cancelled, StoreUnusable
from app.domain.search_text import certain_piece, fold
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Sequence

# Signs that fold, lower and join with others in their own ways.
_SIGNS = 'aAbBkKtTiIßſKİıΣς退款单e\u0301\u0327\u0345ﬁａ-"\\ \n'
_texts = st.text(_SIGNS, max_size=10)
_LAST = "conversation.messages[-1]"


def events(number: int, kind: int, key: int, text: str) -> list[tuple[str, dict[str, object]]]:
    """Mostly messages; some of them are edited or taken back, by keys that are not always the last one's."""
    if kind < 5:
        return [("conversation.message-posted", {"message_id": f"m{number}", "role": "user", "text": text})]
    if kind == 5:
        return [("conversation.message-edited", {"message_id": f"m{max(1, number - key)}", "text": text})]
    if kind == 6:
        return [("conversation.message-retracted", {"message_id": f"m{max(1, number - key)}"})]
    return [("conversation.tool-called", {"call_id": f"m{number - 1}", "name": text})]


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2), _texts), max_size=25), st.data())
def test_the_index_changes_nothing(said: list[tuple[int, int, str]], data: st.DataObject) -> None:
    store = MemoryEventStore(FixedClock())
    made = [one for number, given_ in enumerate(said, start=1) for one in events(number, *given_)]
    drafted = [("main", new_event(number, *one)) for number, one in enumerate(made, start=1)]
    store.store_session(SessionDraft(header=SessionHeader(id="s", title="s", source="urn:test"), events=drafted))
    cache = MemoryDerivedCache()
    machine = TimeMachine(store, cache)
    index = FileSearchIndex(MEMORY, Shape(events=2, segment=2, learned=100))
    searching = Searching(store, index)
    some = data.draw(st.sampled_from([text for _, _, text in said] or ["ab"]))
    start = data.draw(st.integers(0, max(0, len(some) - 1)))
    needle = some[start : start + data.draw(st.integers(1, 5))] or "ab"
    wanted = printed(Constant(data.draw(st.sampled_from([needle, needle.lower()]))))
    first = data.draw(st.integers(0, len(made)))
    for condition in (
        f"{wanted} in {_LAST}.text", f"{wanted} in lower({_LAST}.text)", f"not {wanted} in {_LAST}.text",
        f"{wanted} not in {_LAST}.text", f"lower({_LAST}.text) == {wanted}", f"{_LAST}.text != {wanted}",
        f"{_LAST}.edited and {wanted} in {_LAST}.text", f"len(conversation.calls) > 1 or {wanted} in {_LAST}.text",
    ):  # fmt: skip
        plain = Finding(store, cache, machine).find("s/main", condition, first=first)
        quick = Finding(store, cache, machine, searching).find("s/main", condition, first=first)
        assert quick == plain, condition
    index.close()


@given(_texts, _texts, _texts)
def test_a_certain_piece_occurs_wherever_the_text_does(before: str, text: str, after: str) -> None:
    piece = certain_piece(text)

    if piece is not None:
        assert piece in fold(before + text + after)


@given(_texts, st.text("abkti退款", min_size=2, max_size=6))
def test_a_certain_piece_is_there_too_where_small_letters_hold_the_text(text: str, needle: str) -> None:
    piece = certain_piece(needle)

    if piece is not None and needle in text.lower():
        assert piece in fold(text)


@pytest.mark.parametrize(
    ("condition", "needles"),
    [
        (f"'refund' in {_LAST}.text", ("refund",)),
        (f"'a' in {_LAST}.text or 'b' not in lower({_LAST}.text)", ("a", "b")),
        (f"{_LAST}.role == 'user' and 'refund' in {_LAST}.text", ("refund",)),
        (f"{_LAST}.role == 'user' or 'refund' in {_LAST}.text", None),
        (f"not ({_LAST}.edited and {_LAST}.text == 'x') and conversation.status == 'open'", ("x",)),
        (f"len(conversation.messages) > 3 and not 'refund' in {_LAST}.text", None),
        ("'refund' in conversation.messages[-2].text", None),
        (f"{_LAST}.text in 'refund'", None),
        (f"'' in {_LAST}.text", None),
        ("conversation.status == 'open'", None),
    ],
)
def test_which_texts_decide(condition: str, needles: tuple[str, ...] | None) -> None:
    assert last_text_needles(parse(condition)) == needles


@pytest.mark.parametrize("failure", [SearchIndexLost(), StoreUnusable("in use")])
def test_an_index_that_cannot_be_used_is_done_without(failure: Exception) -> None:
    class Broken(FileSearchIndex):
        def covered(self) -> tuple[int, str]:
            raise failure

    store, cache = MemoryEventStore(FixedClock()), MemoryDerivedCache()
    posted = new_event(1, "conversation.message-posted", {"message_id": "m", "role": "user", "text": "a refund"})
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", posted)]))
    index = Broken(MEMORY)
    finding = Finding(store, cache, TimeMachine(store, cache), Searching(store, index))

    assert finding.find("s/main", f"'refund' in {_LAST}.text") == (1,)
    index.close()


@pytest.mark.parametrize(
    "condition", ["recommendation.predicted[0].item == 'A'", f"'a' in {_LAST}.text", "conversation.status == 'closed'"]
)
def test_a_search_can_be_stopped_while_it_reads(condition: str) -> None:
    store, cache = MemoryEventStore(FixedClock()), MemoryDerivedCache()
    kinds = ("conversation.message-posted", "behaviour.item-viewed", "session.closed")
    said = {"message_id": "m", "role": "user", "text": "b", "item": "B"}
    made = [("main", new_event(number, kinds[number % 3], said)) for number in range(1, 60)]
    store.store_session(SessionDraft(header=SessionHeader(id="s", title="s", source="urn:test"), events=made))
    machine = TimeMachine(store, cache)
    machine.prepare("s/main")
    told: list[str] = []

    def stop(done: int, total: int | None, what: str) -> None:
        told.append(what)
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        Finding(store, cache, machine).find("s/main", condition, progress=stop)
    assert told == ["searching"]


class Asked:
    """An index that knows nothing, and notes what it was asked."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def holding(self, branch: str, piece: str, types: tuple[str, ...], last: int, progress: object) -> Sequence[int]:
        self.pieces.append(piece)
        return ()


def test_only_what_the_index_names_is_read() -> None:
    store, cache, asked = MemoryEventStore(FixedClock()), MemoryDerivedCache(), Asked()
    said = [new_event(1, "conversation.message-posted", {"message_id": "m", "role": "user", "text": "a refund"})]
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said]))
    finding = Finding(store, cache, TimeMachine(store, cache), asked)

    assert finding.find("s/main", f"'refund' in {_LAST}.text", progress=no_progress) == ()
    assert asked.pieces == ["refun"]
