"""Continue from the playhead: at the end of a branch there, anywhere else on a new branch made first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from app.application.continue_request import ContinueRequest
from app.application.tool_answers import ToolAnswer
from app.viewmodels.generation import Generation

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.application.continuing import ContinueResult, ContinueUpdate
    from app.application.keeping import Kept
    from app.application.ports import ModelInfo
    from app.application.tool_answers import AskTool, ToolAnswers, ToolQuestion
    from app.domain.branches import Branch
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.compose import Wish
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

_BEFORE_RECORDED = frozenset({"connecting"})


class Continuation(QObject):
    """Makes the wish of the compose panel happen and keeps the workspace on what it writes.

    Signals:
        running_changed(bool): a continuation has begun or ended.
        generation_updated(object): the newest ``ContinueUpdate``.
        generation_finished(object): the ``ContinueResult``.
        generation_stopped(): stopped by a person; the partial text is an event now.
        kept(): what it had written when it ended early is a message now.
        models_ready(object): the tuple of ``ModelInfo``.
        models_failed(str): why there are none.
        failed(str): one sentence, the server's own words where it was the server.
    """

    running_changed = Signal(bool)
    generation_updated = Signal(object)
    generation_finished = Signal(object)
    generation_stopped = Signal()
    kept = Signal()
    models_ready = Signal(object)
    models_failed = Signal(str)
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._bridge, self._workspace = services, bridge, workspace
        self._generation = Generation(services.continuing, services.io, bridge, self)
        self._generation.updated.connect(self._on_updated)
        self._generation.finished.connect(self._on_finished)
        self._generation.stopped.connect(self._on_stopped)
        self._generation.failed.connect(self._on_failed)
        self._branch = ""
        self._is_branching = False
        self._checking: Future[Any] | None = None
        self._has_shown_request = False
        self._recorded = False

    @property
    def is_running(self) -> bool:
        return self._is_branching or self._generation.is_running

    @property
    def branch(self) -> str:
        """The branch that the newest continuation writes to; empty before the first."""
        return self._branch

    def continue_branch(self, request: ContinueRequest) -> None:
        """Continue ``request.branch`` if it is in focus with the playhead at its end, else a new branch from there."""
        workspace = self._workspace
        if self.is_running or workspace.branch is None:
            return
        if workspace.is_at_head:
            self._start(request)
            self.running_changed.emit(True)
            return
        self._is_branching = True
        self._branch = ""
        self._recorded = False
        self.running_changed.emit(True)
        branch, at = workspace.branch.id, workspace.playhead
        self._checking = checking = self._services.io.submit(self._services.continuing.preview(request, at))
        checking.add_done_callback(lambda done: self._bridge.post(partial(self._on_checked, request, branch, at, done)))

    def _on_checked(self, request: ContinueRequest, branch: str, at: int, checked: Future[Any]) -> None:
        """What cannot be asked, or was stopped till then, leaves no empty branch behind."""
        self._checking = None
        if checked.cancelled():
            self._is_branching = False
            self._on_stopped()
        elif isinstance(error := checked.exception(), Exception):
            self._on_branching_failed(error)
        else:
            self._branch_off(request, branch, at)

    def _branch_off(self, request: ContinueRequest, branch: str, at: int) -> None:
        name = self._workspace.suggested_branch_name()
        work = partial(self._services.branching.branch, branch, at, name)
        self._bridge.run(work, partial(self._on_branched, request), self._on_branching_failed)

    @property
    def can_try_again(self) -> bool:
        """Whether the newest one ended early when what it asked, and what was said, stood on the branch already."""
        return self._recorded and not self.is_running

    def try_again(self, tool_answers: ToolAnswers, *, may_cut: bool = False) -> None:
        """Repeat the newest one that ended early; nothing is said a second time.

        ``may_cut``: now one that is too long may be cut.
        """
        if not self.can_try_again:
            return
        self._is_branching = True
        self.running_changed.emit(True)
        work = partial(self._services.continuing.again, self._branch)
        self._bridge.run(work, partial(self._on_asked_again, tool_answers, may_cut), self._on_branching_failed)

    def _on_asked_again(self, tool_answers: ToolAnswers, may_cut: bool, request: ContinueRequest) -> None:
        self._is_branching = False
        self._start(replace(request, tool_answers=tool_answers, may_cut=may_cut))

    @Slot(int)
    def keep(self, position: int) -> None:
        """Make a message of what a run had written when it ended at this position of the branch in focus."""
        workspace = self._workspace
        if workspace.branch is None or self.is_running:
            return
        work = partial(self._services.keeping.keep, workspace.branch.id, position)
        self._bridge.run(work, self._on_kept, self._on_keep_failed)

    def _on_keep_failed(self, error: Exception) -> None:
        self._workspace.failed.emit(str(error) or type(error).__name__)

    def _on_kept(self, kept: Kept) -> None:
        """It ended nothing any more that could be tried again: the answer is said."""
        self._recorded = False
        self._workspace.reload(branch=kept.branch.id, follow=True)
        self.kept.emit()

    @Slot()
    def stop(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
        self._generation.stop()

    @Slot()
    def ask_models(self) -> None:
        """Ask the server which models it has; ``models_ready`` or ``models_failed`` answers."""
        self._services.io.submit(self._models())

    def close(self) -> None:
        """Cancel what runs; nothing is reported any more."""
        if self._checking is not None:
            self._checking.cancel()
        self._generation.close()

    def _start(self, request: ContinueRequest) -> None:
        self._branch = request.branch
        self._has_shown_request = self._recorded = False
        self._generation.start(request)

    def _on_branched(self, request: ContinueRequest, branch: Branch) -> None:
        self._is_branching = False
        self._workspace.reload(branch=branch.id, follow=True)
        self._start(replace(request, branch=branch.id))

    def _on_branching_failed(self, error: Exception) -> None:
        self._is_branching = False
        self._on_failed(str(error))

    async def _models(self) -> None:
        try:
            models: tuple[ModelInfo, ...] = await self._services.models()
        except Exception as error:  # noqa: BLE001 -- whatever it was is told to the person who asked
            self._bridge.post(partial(self.models_failed.emit, str(error)))
        else:
            self._bridge.post(partial(self.models_ready.emit, models))

    @Slot(object)
    def _on_updated(self, update: ContinueUpdate) -> None:
        if not self._has_shown_request and update.phase not in _BEFORE_RECORDED:
            self._has_shown_request = True
            self._show_branch()
        self._recorded = update.recorded
        self.generation_updated.emit(update)

    @Slot(object)
    def _on_finished(self, result: ContinueResult) -> None:
        self._show_branch()
        self.running_changed.emit(False)
        self.generation_finished.emit(result)

    @Slot()
    def _on_stopped(self) -> None:
        self._show_branch()
        self.running_changed.emit(False)
        self.generation_stopped.emit()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._show_branch()
        self.running_changed.emit(False)
        self.failed.emit(sentence)

    def _show_branch(self) -> None:
        """Bring what was appended on screen, and follow it unless the person has gone elsewhere meanwhile."""
        workspace = self._workspace
        is_coming = workspace.awaited_branch == self._branch
        in_focus = workspace.branch.id if workspace.branch is not None else None
        if is_coming or (workspace.awaited_branch is None and in_focus == self._branch):
            workspace.reload(branch=self._branch, follow=in_focus != self._branch or workspace.is_at_head)


async def _nobody(question: ToolQuestion) -> ToolAnswer:
    """For a request that is only looked at."""
    return ToolAnswer(result=f"nobody answered {question.name}", error=True)


def request_of(wish: Wish, branch: str, ask: AskTool = _nobody) -> ContinueRequest:
    """The compose panel's wish as a request for a branch; ``ask`` answers for tools where a person does."""
    extras, named = wish.extras, wish.instructions_ref
    return ContinueRequest(
        branch=branch,
        say=wish.say,
        instructions=wish.instructions,
        instructions_notes=named or {},
        request_notes={"instructions": named} if named else {},
        model=wish.model,
        options={**extras.options, **wish.options},
        format=extras.format,
        think=extras.think,
        keep_alive=extras.keep_alive,
        pictures=extras.pictures,
        context=extras.context,
        tools=extras.definitions,
        tool_answers=extras.tool_answers(ask),
        may_cut=extras.may_cut,
        recommend=wish.recommend,
        template=wish.template,
    )
