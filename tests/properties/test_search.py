"""Searching with the index finds what reading every event finds, whatever the texts are."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fakes.fixed_clock import FixedClock
from fakes.memory_event_store import MemoryEventStore
from fakes.searched import places, scanned, store_texts, text_event
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.search.block import Shape
from app.adapters.search.index import FileSearchIndex
from app.application.searching import Searching, SearchRequest
from app.domain.event_filter import EventFilter
from app.domain.search_text import find, fold, needles

# Scripts, cases and marks in which folding is not letter by letter.
_SIGNS = (
    'aAbzß ẞſKkİiıIςσΣǅéÉe\u0301\u0327\u0345ﬁ①ａＡ退货订单한\u1112\u1161\u11abがか\u3099ﾊﾞשًا🙂👩\u200d🚀\n\t"-_\u00a0'
)
_texts = st.one_of(st.text(_SIGNS, max_size=12), st.text(max_size=8).filter(lambda text: text.isprintable()))
_sessions = st.lists(st.lists(_texts, min_size=1, max_size=12), min_size=1, max_size=4)


@settings(max_examples=60)
@given(_sessions, st.data())
def test_the_index_finds_what_reading_finds(sessions: list[list[str]], data: st.DataObject) -> None:
    store = MemoryEventStore(FixedClock())
    everything = [text for texts in sessions for text in texts]
    some = data.draw(st.sampled_from(everything))
    start = data.draw(st.integers(0, max(0, len(some) - 1)))
    wanted = [some[start : start + data.draw(st.integers(1, 4))], data.draw(_texts), fold(some)]
    with tempfile.TemporaryDirectory() as folder:
        index = FileSearchIndex(str(Path(folder) / "x.search"), Shape(events=2, segment=2, learned=4))
        searching = Searching(store, index)
        for number, texts in enumerate(sessions):
            store_texts(store, f"s{number}", texts)
            _agree(searching, store, wanted)
        at = data.draw(st.integers(0, len(sessions[0])))
        store.fork("s0/main", at, branch_id="fork", name="fork")
        store.append(
            "fork", [text_event(f"f{number}", text) for number, text in enumerate(everything[:5])], expected=at
        )
        store.append("s0/main", [text_event("late", some)], expected=None)
        store.append("s0/analyst", [text_event("note", some, actor="analyst")], expected=None)
        _agree(searching, store, wanted)
        index.close()


def _agree(searching: Searching, store: MemoryEventStore, texts: list[str]) -> None:
    branches = [None, *(branch.id for branch in store.branches("s0"))]
    for text in texts:
        for request in (
            SearchRequest(text=text),
            SearchRequest(text=text, session="s0"),
            SearchRequest(text=text, filter=EventFilter(actors=("analyst",))),
            SearchRequest(text=text, branch=branches[-3]),
            SearchRequest(filter=EventFilter(types=("conversation",)), branch=branches[1]),
        ):
            page = searching.search(request, count=1_000, effort=None)
            assert places(page) == ([] if request.is_empty else scanned(store, request))
            assert (page.total, page.is_exact) == (len(page.hits), True)


@given(_texts, st.data())
def test_a_hit_is_shown_where_it_is(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, max(0, len(folded) - 1)))
    needle = folded[start : start + data.draw(st.integers(1, 5))]

    found = find(text, needle) if needle else None

    if needle:
        assert found is not None
        assert needle in fold(text[slice(*found)])


@given(st.text(_SIGNS))
def test_what_is_looked_for_is_folded_like_texts(query: str) -> None:
    for needle in needles(query):
        assert needle == fold(needle) or needle in fold(query)
