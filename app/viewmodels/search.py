"""Search as one types: waits for a pause, stops what is no longer wanted, brings pages and ticks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.application.ports import no_progress
from app.application.searching import SearchRequest
from app.domain.errors import Cancelled
from app.domain.event_filter import EventFilter
from app.viewmodels.hits_model import HitsModel
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from app.application.ports import Place
    from app.application.searching import Hit, SearchPage
    from app.application.stories import Story
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

Scope = Literal["all", "session", "branch"]
PAUSE_MS: Final = 150
PAGE: Final = 200


class Search(QObject):
    """What is looked for, and what was found. Lives in the main thread.

    Signals:
        said(str): how it stands, as one sentence; empty when nothing is asked for.
        failed(str): why it did not work.
        positions_found(object): positions on the branch in focus, rising; empty when nothing is asked for.
    """

    said = Signal(str)
    failed = Signal(str)
    positions_found = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._bridge, self._workspace = services, bridge, workspace
        self.model = HitsModel(self)
        self.model.more_wanted.connect(self._on_more_wanted)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._asked: tuple[str, Scope, EventFilter] = ("", "all", EventFilter())
        self._request = SearchRequest()
        self._story: tuple[Place, ...] | None = None
        self._running: ProgressReport | None = None
        self._number = 0

    def close(self) -> None:
        """Stop; nothing is reported any more."""
        self._forget()

    def ask(self, text: str, scope: Scope, wanted: EventFilter) -> None:
        """Look for this once nothing else has been asked for a moment."""
        self._asked = (text, scope, wanted)
        self._timer.start()

    @Slot()
    def again(self) -> None:
        """The branch in focus is another one, or has grown: its ticks are others, and perhaps the hits."""
        if self._story is not None or self._request.is_empty:
            return
        if self._asked[1] == "all":
            self._ask_positions(self._number)
        else:
            self._timer.start()

    def ask_story(self, subject: str) -> None:
        """Show the whole story of a customer."""
        number, report = self._begin()
        self.said.emit(self.tr("Reading the story of {customer}…").format(customer=subject))
        work = partial(self._read_story, subject, report)
        failed = partial(self._on_failed, number)
        self._bridge.run_latest("search", work, partial(self._on_story_read, number), failed)

    def forget(self) -> None:
        """Drop what was found; nothing is asked any more until somebody asks again."""
        self._forget()
        self._request, self._story = SearchRequest(), None
        self.model.set_hits((), has_more=False)
        self.said.emit("")
        self.positions_found.emit(())

    def _forget(self) -> None:
        self._timer.stop()
        self._number += 1
        if self._running is not None:
            self._running.cancel()

    def _begin(self) -> tuple[int, ProgressReport]:
        self._forget()
        self._running = ProgressReport(self._bridge, partial(self._on_progressed, self._number))
        return self._number, self._running

    # --- searching

    @Slot()
    def _start(self) -> None:
        text, scope, wanted = self._asked
        session, branch = self._workspace.session, self._workspace.branch
        self._request = SearchRequest(
            text=text,
            filter=wanted,
            session=session.header.id if scope == "session" and session is not None else None,
            branch=branch.id if scope == "branch" and branch is not None else None,
        )
        self._story = None
        number, report = self._begin()
        if self._request.is_empty:
            self.model.set_hits((), has_more=False)
            self.said.emit("")
            self.positions_found.emit(())
            return
        work = partial(self._services.searching.search, self._request, count=PAGE, progress=report)
        self._bridge.run_latest("search", work, partial(self._on_found, number), partial(self._on_failed, number))

    def _on_found(self, number: int, page: SearchPage) -> None:
        if number != self._number:
            return
        is_one = self._request.session is not None or self._request.branch is not None
        self.model.set_hits(page.hits, has_more=page.total > len(page.hits), of_one_session=is_one)
        self.said.emit(self._sentence(page))
        self._ask_positions(number)

    def _sentence(self, page: SearchPage) -> str:
        if not page.total:
            return self.tr("No event holds that.")
        if page.is_exact:
            return self.tr("1 hit") if page.total == 1 else self.tr("{count} hits").format(count=f"{page.total:,}")
        return self.tr("At least {count} hits").format(count=f"{page.total:,}")

    def _ask_positions(self, number: int) -> None:
        branch = self._workspace.branch
        if branch is None:
            return
        request = SearchRequest(text=self._request.text, filter=self._request.filter, branch=branch.id)
        work = partial(self._services.searching.positions, request, progress=self._running or no_progress)
        found = partial(self._on_positions_found, number)
        self._bridge.run_latest("search positions", work, found, partial(self._on_failed, number))

    def _on_positions_found(self, number: int, positions: tuple[int, ...]) -> None:
        if number == self._number:
            self.positions_found.emit(positions)

    @Slot(int)
    def _on_more_wanted(self, first: int) -> None:
        number = self._number
        failed = partial(self._on_failed, number)
        if self._story is None:
            work = partial(
                self._services.searching.search,
                self._request,
                first=first,
                count=PAGE,
                progress=self._running or no_progress,
            )
            self._bridge.run_latest("search more", work, partial(self._on_more_found, number), failed)
            return
        read = partial(self._services.searching.hits, self._story[first : first + PAGE])
        self._bridge.run_latest("search more", read, partial(self._on_more_read, number), failed)

    def _on_more_found(self, number: int, page: SearchPage) -> None:
        if number == self._number:
            has_more = page.total > page.first + len(page.hits)
            self.model.add_hits(page.hits, has_more=has_more)
            self.said.emit(self._sentence(page))

    # --- a customer's story

    def _read_story(self, subject: str, report: ProgressReport) -> tuple[Story, tuple[Hit, ...]]:
        story = self._services.stories.story(subject, report)
        return story, self._services.searching.hits(story.places[:PAGE])

    def _on_story_read(self, number: int, found: tuple[Story, tuple[Hit, ...]]) -> None:
        if number != self._number:
            return
        story, hits = found
        self._story = story.places
        self.model.set_hits(hits, has_more=len(story.places) > len(hits))
        self.positions_found.emit(())
        sentence = self.tr("Customer {customer}: sessions {sessions}, events {events}, in order of time")
        self.said.emit(
            sentence.format(
                customer=story.subject, sessions=f"{len(story.sessions):,}", events=f"{len(story.places):,}"
            )
        )

    def _on_more_read(self, number: int, hits: tuple[Hit, ...]) -> None:
        if number == self._number and self._story is not None:
            self.model.add_hits(hits, has_more=self.model.rowCount() + len(hits) < len(self._story))

    # --- what is told meanwhile

    def _on_progressed(self, number: int, done: int, total: int | None, what: str) -> None:
        if number != self._number or what != "indexing":
            return
        share = f"{100 * done // total}" if total else "0"
        self.said.emit(self.tr("Reading new events for the search: {share} %").format(share=share))

    def _on_failed(self, number: int, error: Any) -> None:
        if number == self._number and not isinstance(error, Cancelled):
            self.model.set_hits((), has_more=False)
            self.failed.emit(str(error) or type(error).__name__)
