"""``bench query``: how long questions about a long session take, and how fast it is checked and brought in."""

from __future__ import annotations

import hashlib
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app import bootstrap
from app.application.ports import no_progress
from app.application.searching import SearchRequest
from app.benchmarks import made_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.application.ports import Progress

T = TypeVar("T")

FIELDS: Final = ("/recommendation/strategy", "/conversation/slots/Orders_1/slot_3", "/conversation/classification")
CONDITIONS: Final = ('recommendation.strategy.name == "similar"', '"refund" in conversation.messages[-1].text')
"""The first is about a field that the derived cache knows the changes of, the second about texts."""
TEXTS: Final = ("refund", "退款", "order number", "blue shirt")
IMPORTED: Final = 100_000
"""At most so many events are imported: the rate is what is asked."""


def measure(events: int, *, fresh: bool = False, progress: Progress = no_progress) -> dict[str, Any]:
    """Wall clock of the first time each question is asked of the open store; the slowest of each kind counts.

    ``history_ms`` and ``find_ms``: all changes or positions of main, whole. ``search_ms``: the first page of hits
    with the count, the index there; building the index is ``search_index_s``. ``verify_events_s``: every payload
    and hash of the store, branches included. ``import_events_s``: reading a native export from a file into a new
    store, its hashes checked. Printing is in none of them. ``asked`` lists each question with the number of its
    results and their hash.
    """
    with made_store.opened(events, fresh=fresh, progress=progress) as core:
        asked = [
            *(_asked("history", one, partial(_history, core, one)) for one in FIELDS),
            *(_asked("find", one, partial(core.finding.find, made_store.MAIN, one)) for one in CONDITIONS),
        ]
        index_s, _ = _timed(lambda: core.searching.catch_up(progress))
        asked += [_asked("search", one, partial(_search, core, one)) for one in TEXTS]
        verify_s, verified = _timed(lambda: core.store.verify(progress))
    slowest = {f"{kind}_ms": max(one["ms"] for one in asked if one["kind"] == kind) for kind in _KINDS}
    return {
        "events": events,
        **slowest,
        "verify_events_s": round(verified.events / verify_s),
        "import_events_s": _import_rate(min(events, IMPORTED), progress),
        "search_index_s": round(index_s, 2),
        "asked": asked,
    }


_KINDS: Final = ("history", "find", "search")


def _history(core: bootstrap.Core, pointer: str) -> Iterable[object]:
    return [one.to_json() for one in core.histories.history(made_store.MAIN, pointer)]


def _search(core: bootstrap.Core, text: str) -> Iterable[object]:
    return [(one.event.branch, one.event.position) for one in core.searching.search(SearchRequest(text=text)).hits]


def _asked(kind: str, question: str, answer: Callable[[], Iterable[object]]) -> dict[str, Any]:
    taken, found = _timed(answer)
    listed = list(found)
    digest = hashlib.blake2b(repr(listed).encode(), digest_size=8).hexdigest()
    return {"kind": kind, "of": question, "ms": round(taken * 1_000, 1), "results": len(listed), "hash": digest}


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _import_rate(events: int, progress: Progress) -> int:
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        file = Path(folder) / "made.jsonl"
        with made_store.opened(events, progress=progress) as core, file.open("w", encoding="utf-8") as writing:
            main = core.store.branch(made_store.MAIN)
            for piece in core.exported("native", made_store.SESSION, main, main.head):
                writing.write(piece)
        with bootstrap.core(str(Path(folder) / "imported.branchline"), create=True) as core:
            taken, report = _timed(lambda: core.importing.run([file], progress=progress))
    return round(report.events / taken)
