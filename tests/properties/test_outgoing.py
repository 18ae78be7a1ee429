"""What leaves comes back the same, keeps its state, and holds nothing that was redacted."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fixed_clock import FixedClock
from fakes.memory_event_store import MemoryEventStore
from fakes.outgoing import SECRET, FakeRedaction, random_session, secret_session
from fakes.sequential_ids import SequentialIds
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.files.export_native import native_bytes
from app.adapters.files.exports import EXPORTS, SEVERAL_BRANCHES
from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.application.outgoing.view import OutgoingView
from app.application.outgoing.wish import ExportWish
from app.core import open_core
from app.domain.errors import BadInput
from app.domain.events import SIDE_STREAMS, NewEvent
from app.domain.excerpts import Excerpt
from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import bounded_json

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

SEEDS = st.randoms(use_true_random=False)


@contextmanager
def brought_in(content: bytes, *, real: bool = False) -> Iterator[Any]:
    """A store that has imported a native file, which must have gone without a word."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.jsonl")
        path.write_bytes(content)
        store: Any = MemoryEventStore(FixedClock())
        if real:
            store = open_store(Path(folder, "store"), clock=FixedClock(), ids=SequentialIds())
        try:
            report = Importing(store, KnownFormats()).run([path])
            assert report.quarantined == []
            yield store
        finally:
            store.close()


def everything(store: Any) -> list[Any]:
    return [store.header("s"), *((one, list(store.iterate(one.id))) for one in store.branches("s"))]


def excerpt_of(store: Any, chance: random.Random) -> Excerpt:
    lines = [one.id for one in store.branches("s") if one.kind not in SIDE_STREAMS]
    head = max(store.branch(one).head for one in lines)
    first = chance.choice((1, chance.randint(1, head)))
    return Excerpt(
        branches=chance.choice((None, tuple(chance.sample(lines, chance.randint(1, len(lines)))))),
        first=first,
        last=chance.choice((None, chance.randint(first, head))),
        streams=chance.choice((SIDE_STREAMS, (), ("analyst",))),
    )


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
NEW_EVENTS = st.builds(
    NewEvent,
    id=TEXT,
    source=TEXT,
    type=TEXT | st.sampled_from(["conversation.message-posted", "app.branchline.x.v1", "session", "a.v2"]),
    data=st.dictionaries(TEXT, JSON, max_size=3),
    actor=st.sampled_from(["user", "assistant", "system"]),
    version=st.integers(0, 2**31 - 1),
    subject=st.none() | TEXT,
    time=st.none() | st.integers(-(2**62) + 1, 2**62 - 1),
    causation_id=st.none() | TEXT,
    correlation_id=st.none() | TEXT,
    classification=st.sampled_from([None, "public", "internal", "personal", "secret"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NEW_EVENTS, min_size=1, max_size=4, unique_by=lambda one: (one.source, one.id)))
def test_any_event_comes_back_with_its_hash(events: list[NewEvent]) -> None:
    from app.application.ports import SessionDraft
    from app.domain.sessions import SessionHeader

    store = MemoryEventStore(FixedClock())
    header = SessionHeader(id="s", title="t", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in events]))

    with brought_in(b"".join(native_bytes([OutgoingView(store, "s")]))) as other:
        assert list(other.iterate("s/main")) == list(store.iterate("s/main"))
        assert other.verify().ok


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 30), st.integers(0, 5), SEEDS)
def test_any_session_comes_back_with_branches_streams_and_hashes(
    length: int, forks: int, chance: random.Random
) -> None:
    store = random_session(chance, length, forks)

    with brought_in(b"".join(native_bytes([OutgoingView(store, "s")]))) as other:
        assert everything(other) == everything(store)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(0, 5), SEEDS)
def test_a_part_of_a_session_has_the_state_that_the_whole_has(length: int, forks: int, chance: random.Random) -> None:
    store = random_session(chance, length, forks)
    excerpt = excerpt_of(store, chance)
    try:
        view = OutgoingView(store, "s", excerpt)
    except BadInput:
        return  # nothing of what was chosen lies in the range

    with brought_in(b"".join(native_bytes([view]))) as other:
        for branch in view.branches("s"):
            if branch.kind in SIDE_STREAMS:
                continue
            theirs, mine = list(other.iterate(branch.id)), list(store.iterate(branch.id))[: branch.head]
            assert [one.id for one in theirs] == [one.id for one in mine]
            assert [one.data for one in theirs if one.position >= excerpt.first] == [
                one.data for one in mine if one.position >= excerpt.first
            ]
            if view.keeps_hashes(branch.id):
                assert [one.hash for one in theirs] == [one.hash for one in mine]
            for at in range(max(excerpt.first - 1, 0), branch.head + 1):
                assert bounded_json(fold_all(theirs[:at]).bounded) == bounded_json(fold_all(mine[:at]).bounded)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """The use cases on a store that holds the secret wherever a text can stand."""
    location = str(tmp_path_factory.mktemp("secrets") / "store")
    with open_core(location, create=True, read_only=False) as core:
        yield core, secret_session(core.store)[1]


@pytest.mark.parametrize("form", sorted(EXPORTS))
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_no_format_holds_what_was_redacted(form: str, secrets: tuple[Any, str], data: st.DataObject) -> None:
    core, session = secrets
    lines = [one for one in core.store.branches(session) if one.kind not in SIDE_STREAMS]
    branch = data.draw(st.sampled_from(lines))
    last = data.draw(st.none() | st.integers(1, branch.head))
    first = data.draw(st.integers(1, last or branch.head)) if form in SEVERAL_BRANCHES else 1
    against = tuple(one.id for one in lines if one.id != branch.id) if "pairs" in form else ()
    redaction = FakeRedaction()
    wish = ExportWish(
        form=form,
        session=session,
        branch=branch.id,
        excerpt=Excerpt(first=first, last=last),
        redaction=redaction,
        against=against,
        model="tiny" if form == "modelfile" else None,
    )

    export = core.export(wish)
    written = "".join(export.pieces)

    assert SECRET not in written
    assert SECRET.encode("utf-16-le").decode("latin-1") not in written
    assert SECRET not in repr(export.report())
    assert redaction.count
