"""Services of a window over sessions that were made up here: small, quick and in memory."""

from __future__ import annotations

import asyncio
import threading
from array import array
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakes.fake_searching import FakeSearching
from fakes.fixed_clock import FixedClock
from fakes.sequential_ids import SequentialIds

from app.application.continuing import ContinueRequest, ContinueResult, ContinueUpdate
from app.application.keeping import Kept
from app.application.moment import Moment
from app.application.notebook import Notebook
from app.application.ports import MISSING_TIME, EventColumns, ModelInfo, PullProgress
from app.domain.branches import Branch
from app.domain.errors import BadInput, ModelError, NotFound
from app.domain.events import Event
from app.domain.sessions import SessionHeader, SessionSummary
from app.domain.transcript import Entry
from app.domain.vocabulary import lane_of
from app.viewmodels.services import Services

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

    from app.application.imports import SessionImport

START = 1_700_000_000_000_000
SECOND = 1_000_000
TYPES = (
    "session.started",
    "conversation.message-posted",
    "conversation.slots-changed",
    "conversation.tool-called",
    "conversation.tool-returned",
    "recommendation.items-shown",
    "behaviour.item-viewed",
)
# One turn as (type, actor): a customer asks, a tool is called, a list is shown, the assistant answers.
TURN = ((1, "user"), (2, "user"), (3, "assistant"), (4, "tool"), (5, "assistant"), (1, "assistant"), (6, "user"))
CUSTOMER = (
    "I am looking for a restaurant in San Jose, something with pizza.",
    "Does it have outdoor seating? We will be four.",
    "Please book the second one for Thursday at half past seven in the evening.",
)
ASSISTANT = (
    "There are 10 places that match. **Bazille Cafe** in San Jose is popular; what do you think?",
    "Yes, it has a terrace, and its phone number is 408-371-3804.",
    "Your table for four at *71 Saint Peter* is reserved for Thursday, 19:30.",
)


def kind_of(position: int) -> tuple[str, str]:
    """(type, actor) of an event by its position."""
    if position == 1:
        return TYPES[0], "system"
    number, actor = TURN[(position - 2) % len(TURN)]
    return TYPES[number], actor


def columns(head: int, *, timed: bool = True) -> EventColumns:
    """A session of so many events, made a whole turn at a time so that a million of them are quick."""
    kinds = [kind_of(position) for position in range(1, len(TURN) + 2)]
    lanes = bytes(int(lane_of(*kind)) for kind in kinds)
    types = [TYPES.index(kind[0]) for kind in kinds]
    turns = head // len(TURN) + 1
    times = range(START, START + head * 7 * SECOND, 7 * SECOND) if timed else [MISSING_TIME] * head
    return EventColumns(
        array("B", (lanes[:1] + lanes[1:] * turns)[:head]),
        array("H", (types[:1] + types[1:] * turns)[:head]),
        array("q", times),
        TYPES,
    )


def make_branch(session: str, last: str, **given: Any) -> Branch:
    """A branch with the id ``session/last``; what is not given is as for an empty root."""
    values = {"name": last, "kind": "branch", "parent": None, "fork_position": 0, "fork_hash": "", "head": 0}
    return Branch(id=f"{session}/{last}", session=session, created_at=START, **(values | given))


class FakeHistory:
    """Sessions and branches by id; an event's content follows from its position."""

    def __init__(self, *, events: int = 120, sessions: int = 6) -> None:
        titles = (
            "Table for four in San Jose",
            "Flight change, agent with tools",
            "A year of purchases",
            "Bank fraud report",
        )
        sources = (
            "urn:branchline:format:sgd",
            "urn:branchline:format:tau-bench",
            "urn:branchline:format:online-retail",
        )
        self.summaries = tuple(
            SessionSummary(
                header=SessionHeader(
                    id=f"session-{number}",
                    title=titles[number % len(titles)] + ("" if number < len(titles) else f" {number}"),
                    source=sources[number % len(sources)],
                    external_id=f"1_{number:05d}",
                    subject=f"customer-{number % 3}",
                ),
                started=START,
                events=events,
                branches=1,
            )
            for number in range(sessions)
        )
        self.reasons: dict[str, tuple[str, str]] = {}
        self.branches_of = {
            one.header.id: [
                make_branch(one.header.id, "main", head=events),
                make_branch(one.header.id, "analyst", kind="analyst"),
            ]
            for one in self.summaries
        }  # fmt: skip

    def sessions(self) -> tuple[SessionSummary, ...]:
        return self.summaries

    def branches(self, session: str, /) -> tuple[Branch, ...]:
        if session not in self.branches_of:
            raise NotFound(f"there is no session {session!r}")
        return tuple(self.branches_of[session])

    def branch_of(self, branch: str) -> Branch:
        return next(one for own in self.branches_of.values() for one in own if one.id == branch)

    def columns(self, branch: str, /) -> EventColumns:
        return columns(self.branch_of(branch).head)

    def read(self, branch: str, first: int, last: int, /) -> tuple[Event, ...]:
        return tuple(_event(branch, position) for position in range(first, last + 1))

    def branch(self, parent: str, at: int, name: str, hypothesis: str = "", expected: str = "", /) -> Branch:
        origin = self.branch_of(parent)
        own = self.branches_of[origin.session]
        if any(one.name == name for one in own):
            raise BadInput(f"the session has a branch {name!r} already")
        made = make_branch(origin.session, str(len(own)), name=name, parent=parent, fork_position=at, head=at)
        if hypothesis or expected:
            self.reasons[made.id] = (hypothesis, expected)
        own.append(made)
        return made

    def grow(self, branch: str, by: int) -> int:
        """Append to a branch; returns its new head."""
        old = self.branch_of(branch)
        new = Branch(**{name: getattr(old, name) for name in Branch.__slots__} | {"head": old.head + by})
        own = self.branches_of[old.session]
        own[own.index(old)] = new
        return new.head


class FakeTimeMachine:
    """Moments and entries that follow from positions; remembers which positions it was asked for."""

    def __init__(self, history: FakeHistory) -> None:
        self._history = history
        self.asked: list[int] = []
        self.bad: tuple[int, ...] = ()
        self.gate: threading.Event | None = None
        self.is_waiting = False

    def columns(self, branch: str, /) -> EventColumns:
        return self._history.columns(branch)

    def prepare(self, branch: str, progress: Callable[[int, int | None, str], None], /) -> None:
        progress(0, self._history.branch_of(branch).head, "Preparing")

    def problems(self, branch: str, /) -> array[int]:
        return array("q", self.bad)

    def runs(self, branch: str, count: int, at: int, /) -> tuple[tuple[Event, ...], ...]:
        return ()

    def births(self, branch: str, /) -> array[int]:
        head = self._history.branch_of(branch).head
        return array("q", (one for one in range(1, min(head, 20_000) + 1) if kind_of(one)[0] == TYPES[1]))

    def entries(self, branch: str, first: int, count: int, at: int, /) -> tuple[Entry, ...]:
        births = self.births(branch)
        return tuple(
            _message(number, births[number - 1]) for number in range(first, min(first + count, len(births) + 1))
        )

    def moment(self, branch: str, position: int, /) -> Moment:
        if self.gate is not None:
            self.is_waiting = True
            self.gate.wait(5)
        self.asked.append(position)
        births = self.births(branch)
        length = sum(1 for one in births if one <= position)
        changed = (_message(length, position),) if length and births[length - 1] == position else ()
        state = {
            "conversation": {
                "slots": {"Restaurants_1": {"city": ["San Jose"], "cuisine": ["Pizza"], "party_size": ["4"]}},
                "instructions": "You book tables. Be brief.",
                "classification": None, "feedback": [], "open_calls": [], "status": "open",
            },
            "recommendation": {
                "shown": [
                    {"item": "bazille", "name": "Bazille Cafe", "rank": 1, "score": 0.82, "reasons": ["pizza"]},
                    {"item": "peter", "name": "71 Saint Peter", "rank": 2, "score": 0.61, "reasons": ["San Jose"]},
                ],
                "strategy": {"name": "popular"}, "interests": {"Pizza": 0.9, "San Jose": 0.6}, "seen": ["bazille"],
                "purchased": {}, "predicted": [{"item": "bazille", "score": 0.9, "reasons": []}],
            },
            "generation": {"strategy": {}, "runs": []}, "resources": {}, "problems": [],
        }  # fmt: skip
        changes = ({"op": "replace", "path": "/conversation/slots/Restaurants_1/party_size", "value": ["4"]},)
        head = self._history.branch_of(branch).head
        event = _event(branch, position) if position else None
        return Moment(branch, position, head, event, state, changes if position else (), length, changed)


class FakeContinuing:
    """Says a sentence word by word; fails or waits when told to."""

    def __init__(self, history: FakeHistory) -> None:
        self._history = history
        self.requests: list[ContinueRequest] = []
        self.failure: Exception | None = None
        self.holds = False
        self.was_cancelled = False

    async def run(self, request: ContinueRequest, on_update: Callable[[ContinueUpdate], None], /) -> ContinueResult:
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        self._history.grow(request.branch, 2)
        text = ""
        try:
            for number, word in enumerate(("Thursday ", "at ", "half past seven ", "is free."), start=1):
                text += word
                on_update(
                    ContinueUpdate(
                        phase="generating", text=text, tokens=number, elapsed_s=0.1 * number, tokens_per_second=40.0
                    )
                )
                await asyncio.sleep(0)
            if self.holds:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            self._history.grow(request.branch, 1)
            on_update(
                ContinueUpdate(
                    phase="cancelled", text=text, tokens=4, elapsed_s=0.5, tokens_per_second=40.0, recorded=True
                )
            )
            raise
        head = self._history.grow(request.branch, 2)
        return ContinueResult(branch=request.branch, position=head, text=text, model="smollm2", done_reason="stop",
                              prompt_tokens=120, tokens=4, durations={}, truncated=False)  # fmt: skip

    def keep(self, branch: str, at: int | None = None, /) -> Kept:
        head = self._history.grow(branch, 1)
        return Kept(
            branch=self._history.branch_of(branch), position=head, text="Thursday", request="r", made_of=at or 0
        )

    def again(self, branch: str, request: str | None = None, /) -> ContinueRequest:
        return ContinueRequest(branch=branch, retry_of=request or "the newest")


class LoopThread:
    """An asyncio loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake io")
        self._thread.start()

    def submit(self, coro: Coroutine[Any, Any, Any], /) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(coro, self._loop)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._cancel_all(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _cancel_all(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


async def two_models() -> tuple[ModelInfo, ...]:
    return tuple(
        ModelInfo(
            name=name, digest="sha256:00", size=size, local=True, capabilities=("completion",), context_length=8192
        )
        for name, size in (("smollm2:135m", 92_000_000), ("llama3.2:3b", 2_000_000_000))
    )


async def no_pull(name: str) -> AsyncIterator[PullProgress]:
    yield PullProgress(status="pulling manifest")
    raise ModelError(f"there is no model {name}")


def import_report(paths: Sequence[Path], progress: Callable[[int, int | None, str], None]) -> dict[str, Any]:
    progress(1, None, "1 session")
    return {
        "files": len(paths), "sessions": 3, "events": 410, "duplicates": 0,
        "quarantined": [{"file": "dialogues.json", "line": 12, "reason": "no turns"}], "not_captured": ["audio"],
        "reports": [{
            "file": "dialogues.json", "read": {"dialogues": 4}, "sessions": 3, "branches": 2, "events": 410,
            "duplicates": 0, "quarantined": 1, "format": "sgd", "not_captured": [{"what": "audio", "count": 3}],
        }],
    }  # fmt: skip


class NoImports:
    """Sessions that were made here."""

    def of_session(self, session: str, /) -> tuple[SessionImport, ...]:
        return ()


def make_services(history: FakeHistory, io: LoopThread) -> Services:
    from fakes.analyst_log import AnalystLog  # made of what stands in this file
    from fakes.branch_services import branch_services
    from fakes.comparing import FakeComparing
    from fakes.fake_asking import FakeDifferences, FakeFinding, FakeHistories
    from fakes.fake_outgoing import FakeOutgoing
    from fakes.fake_prompting import FakePrompting, PreviewingContinuing
    from fakes.fake_trials import FakeReruns, FakeTrials
    from fakes.fake_what_ifs import FakeWhatIfs
    from fakes.looked_through import redacting

    from app.adapters.files.pictures import read_picture
    from app.adapters.files.redaction_profile import write_profile
    from app.adapters.mappings import Mappings
    from app.application.judging import Judging

    log = AnalystLog(history)
    return Services(
        library=history,
        store=history,
        time_machine=FakeTimeMachine(history),
        branching=history,
        forking=(what_ifs := FakeWhatIfs(history)),
        what_ifs=what_ifs,
        continuing=(continuing := PreviewingContinuing(history)),
        keeping=continuing,
        templates=(prompting := FakePrompting()),
        turns=prompting,
        notebook=Notebook(log, FixedClock(), SequentialIds("note")),
        branches=branch_services(log),
        io=io,
        models=two_models,
        pull=no_pull,
        import_files=import_report,
        import_mapped=lambda paths, mapping, address, progress: import_report(paths, progress),
        mappings=Mappings(Path("nowhere")),
        histories=FakeHistories(),
        differences=FakeDifferences(),
        finding=FakeFinding(),
        searching=(searching := FakeSearching(history)),
        stories=searching,
        imports=NoImports(),
        comparing=FakeComparing(),
        write_comparison=lambda *written, **how: None,
        trials=FakeTrials(),
        reruns=FakeReruns(),
        judging=Judging(log, FixedClock(), SequentialIds("judged")),
        read_picture=read_picture,
        known_tools=lambda session: (),
        redacting=redacting(),
        outgoing=FakeOutgoing(),
        write_profile=write_profile,
    )


def _message(number: int, position: int) -> Entry:
    _, actor = kind_of(position)
    texts = CUSTOMER if actor == "user" else ASSISTANT
    return Entry(ord=number, kind="message", key=f"m{number}", position=position, changed_at=position,
                 time=START + position * 7 * SECOND, role=actor, text=texts[(number // 2) % len(texts)])  # fmt: skip


def _event(branch: str, position: int) -> Event:
    type_name, actor = kind_of(position)
    return Event(id=f"e{position}", source="urn:branchline:format:sgd", type=type_name, version=1, session="session-0",
                 branch=branch, position=position, subject="customer-0", time=START + position * 7 * SECOND,
                 recorded_at=START, actor=actor, causation_id=None, correlation_id=None, classification="personal",
                 hash="00" * 32, data={"turn": position // 7, "text": CUSTOMER[0]})  # fmt: skip
