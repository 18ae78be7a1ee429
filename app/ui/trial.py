"""The real window used by a script instead of a person: what ``branchline self-test`` runs."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Slot, qInstallMessageHandler

from app.domain.errors import BranchlineError
from app.ui.application import WindowApplication, make_application
from app.viewmodels.compose import Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.application.moment import Moment
    from app.viewmodels.services import Services

PATIENCE_S: Final = 120.0
POLL_MS: Final = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done in the window, and how to see that it has happened."""

    name: str
    act: Callable[[], None]
    happened: Callable[[], bool]


def try_window(services: Services, settings_path: Path, *, with_model: bool) -> tuple[str, ...]:
    """Open, scrub, step, branch and (``with_model``) continue; returns what passed. Raises BranchlineError."""
    qInstallMessageHandler(_told_by_qt)
    app = make_application()
    program = WindowApplication(services, settings_path)
    trial = Trial(program, with_model=with_model)
    program.show()
    trial.begin()
    app.exec()
    program.window.close()
    passed, failure = tuple(trial.passed), trial.failure
    program.dispose()
    if failure:
        raise BranchlineError(failure)
    return passed


def _told_by_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's messages on stderr, but for what offscreen says of every window it shows."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)  # noqa: T201 -- a trial is a command; there is nowhere else


class Trial(QObject):
    """Runs its steps one after the other from the event loop, then ends the loop."""

    def __init__(self, program: WindowApplication, *, with_model: bool) -> None:
        super().__init__(program)
        self._program, self._workspace = program, program.presenter.workspace
        self._moment: Moment | None = None
        self._failed = ""
        self._workspace.moment_ready.connect(self._on_moment_ready)
        self._workspace.failed.connect(self._on_failed)
        program.presenter.continuation.failed.connect(self._on_failed)
        self._steps = self._script(with_model=with_model)
        self._step: Step | None = None
        self._deadline = 0.0
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._on_poll_due)
        self.passed: list[str] = []
        self.failure = ""

    def begin(self) -> None:
        self._next()
        self._poll.start()

    def _script(self, *, with_model: bool) -> Iterator[Step]:
        workspace = self._workspace
        yield Step("the window shows the sessions", lambda: None, lambda: bool(workspace.sessions))
        talking = max(workspace.sessions, key=lambda one: one.header.source.endswith("sgd") * one.events)
        yield Step(
            f"a session opens at its end ({talking.header.title[:40]})",
            lambda: workspace.open_session(talking.header.id),
            lambda: self._shows(talking.events),
        )
        head = workspace.head
        for position in (0, head // 2, head, head // 3):
            yield Step(
                f"scrubbed to event {position}", partial(workspace.seek, position), partial(self._shows, position)
            )
        yield Step("stepped to the next event", lambda: workspace.step(1), lambda: self._shows(head // 3 + 1))
        yield Step(
            "branched here",
            lambda: workspace.branch_here("trial"),
            lambda: workspace.branch is not None and workspace.branch.name == "trial" and self._shows(head // 3 + 1),
        )
        if with_model:
            yield from self._continuing()

    def _continuing(self) -> Iterator[Step]:
        workspace, presenter = self._workspace, self._program.presenter
        fork = workspace.head
        wish = Wish(say="What do you recommend?", instructions=None, model=None, options={"num_predict": 24, "seed": 1})
        yield Step(
            "the model's answer streamed into the branch",
            lambda: self._program.window.compose.continue_requested.emit(wish),
            lambda: not presenter.continuation.is_running and workspace.head == fork + 4 and self._shows(fork + 4),
        )

    def _shows(self, position: int) -> bool:
        moment, branch = self._moment, self._workspace.branch
        return moment is not None and branch is not None and (moment.branch, moment.position) == (branch.id, position)

    def _next(self) -> None:
        self._step = next(self._steps, None)
        if self._step is None:
            self._end()
            return
        self._deadline = time.monotonic() + PATIENCE_S
        self._step.act()

    def _end(self) -> None:
        self._poll.stop()
        make_application().exit(0)

    @Slot()
    def _on_poll_due(self) -> None:
        step = self._step
        if step is None:
            return
        if self._failed or time.monotonic() > self._deadline:
            self.failure = f"{step.name}: {self._failed or f'nothing happened for {PATIENCE_S:.0f} s'}"
            self._end()
        elif step.happened():
            self.passed.append(step.name)
            self._next()

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        self._moment = moment

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._failed = sentence
