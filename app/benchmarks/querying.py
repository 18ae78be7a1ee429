"""``bench query``: how long questions about a long session take, and how fast it is checked and brought in."""

from __future__ import annotations

import hashlib
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from app import bootstrap
from app.adapters.search.index import open_search_index
from app.application.finding import Finding
from app.application.histories import FieldChange
from app.application.outgoing.wish import ExportWish
from app.application.ports import no_progress
from app.application.searching import Hit, Searching, SearchRequest
from app.benchmarks import made_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.application.ports import Progress

T = TypeVar("T")

FIELDS: Final = (
    "/recommendation/strategy", "/conversation/slots/Orders_1/slot_3", "/conversation/classification",
    "/recommendation/shown/0/item", "/conversation/open_calls", "/recommendation/purchased/22007",
)  # fmt: skip
CONDITIONS: Final = (
    'recommendation.strategy.name == "similar"', 'recommendation.shown[0].item == "22007"',
    "len(conversation.messages) > 20", "len(conversation.open_calls) == 1",
    'recommendation.interests["tag:colour=red"] > 2',
)  # fmt: skip
"""About fields that the derived cache knows the changes of."""
TEXT_CONDITIONS: Final = (
    '"refund" in conversation.messages[-1].text', '"blue shirt" in lower(conversation.messages[-1].text)',
)  # fmt: skip
"""About texts: a frequent one and a rare one. Each is asked twice, without the search index and with it."""
COMPUTED: Final = ('recommendation.predicted[0].item == "22007"',)
"""About what depends on nearly every event; asked of the last hundredth of main."""
TEXTS: Final = ("refund", "退款", "是不是", "order number", "blue shirt", "qu", "xq", "zzz", "floo", '"number order"')
"""Frequent and rare ones, and some that are nowhere; the last is made of frequent words in an order that is rare."""
IMPORTED: Final = 100_000
"""At most so many events are imported: the rate is what is asked."""
LATE: Final = 100


def measure(events: int, *, fresh: bool = False, progress: Progress = no_progress) -> dict[str, Any]:
    """Wall clock of the first time each question is asked of the open store; the slowest of each kind counts.

    ``history_ms`` and ``find_ms``: all changes or positions of main, whole. ``find_text_ms``, ``find_text_indexed_ms``
    and ``find_computed_ms``: the same of the other conditions. ``search_ms``: the first page of hits with the count,
    the index there; making the index is ``search_index_s``. ``verify_events_s``: every payload and hash of the store,
    branches included. ``import_events_s``: reading a native export from a file into a new store, its hashes checked.
    Printing is in none of them. ``asked`` lists each question with the number of its results, their hash, and the
    time of all processors beside the clock's, which tells more on a busy machine.
    """
    with (
        made_store.opened(events, fresh=fresh, progress=progress) as core,
        tempfile.TemporaryDirectory(prefix="branchline-") as folder,
        closing(open_search_index(core.store.location, Path(folder) / "made.search")) as index,
    ):
        searching = Searching(core.store, index)
        plain = Finding(core.store, core.cache, core.time_machine)
        quick = Finding(core.store, core.cache, core.time_machine, searching)
        late = events - events // LATE
        asked = [
            *(_asked("history", one, partial(_history, core, one)) for one in FIELDS),
            *(_asked("find", one, partial(plain.find, made_store.MAIN, one)) for one in CONDITIONS),
            *(_asked("find_text", one, partial(plain.find, made_store.MAIN, one)) for one in TEXT_CONDITIONS),
            *(_asked("find_computed", one, partial(plain.find, made_store.MAIN, one, first=late)) for one in COMPUTED),
        ]
        index_s, _ = _timed(lambda: searching.catch_up(progress))
        asked += [
            *(_asked("find_text_indexed", one, partial(quick.find, made_store.MAIN, one)) for one in TEXT_CONDITIONS),
            *(_asked("search", one, partial(_search, searching, one)) for one in TEXTS),
        ]
        verify_s, verified = _timed(lambda: core.store.verify(progress))
    kinds = dict.fromkeys(one["kind"] for one in asked)
    slowest = {f"{kind}_ms": max(one["ms"] for one in asked if one["kind"] == kind) for kind in kinds}
    return {
        "events": events,
        **slowest,
        "verify_events_s": round(verified.events / verify_s.wall),
        "import_events_s": _import_rate(min(events, IMPORTED), progress),
        "search_index_s": round(index_s.wall, 2),
        "search_index_cpu_s": round(index_s.cpu, 2),
        "asked": asked,
    }


def _history(core: bootstrap.Core, pointer: str) -> Iterable[object]:
    return core.histories.history(made_store.MAIN, pointer)


def _search(searching: Searching, text: str) -> Iterable[object]:
    return searching.search(SearchRequest(text=text)).hits


def _told(one: object) -> object:
    """What counts of a result for the hash."""
    if isinstance(one, FieldChange):
        return one.to_json()
    return (one.event.branch, one.event.position) if isinstance(one, Hit) else one


def _asked(kind: str, question: str, answer: Callable[[], Iterable[object]]) -> dict[str, Any]:
    taken, found = _timed(answer)
    listed = [_told(one) for one in found]
    digest = hashlib.blake2b(repr(listed).encode(), digest_size=8).hexdigest()
    return {
        "kind": kind, "of": question, "ms": round(taken.wall * 1_000, 1), "cpu_ms": round(taken.cpu * 1_000, 1),
        "results": len(listed), "hash": digest,
    }  # fmt: skip


class _Taken(NamedTuple):
    """Seconds by the clock, and of all processors."""

    wall: float
    cpu: float


def _timed(work: Callable[[], T]) -> tuple[_Taken, T]:
    start, used = time.perf_counter(), time.process_time()
    result = work()
    return _Taken(time.perf_counter() - start, time.process_time() - used), result


def _import_rate(events: int, progress: Progress) -> int:
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        file = Path(folder) / "made.jsonl"
        with made_store.opened(events, progress=progress) as core, file.open("w", encoding="utf-8") as writing:
            wish = ExportWish(form="native", session=made_store.SESSION, branch=made_store.MAIN)
            writing.writelines(core.export(wish).pieces)
        with bootstrap.core(str(Path(folder) / "imported.branchline"), create=True) as core:
            taken, report = _timed(lambda: core.importing.run([file], progress=progress))
    return round(report.events / taken.wall)
