"""Connects the conversation, the state panel and the keys to what-ifs: dialog, plan, new branch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.domain.errors import BadInput
from app.viewmodels.event_summary import event_summary
from app.viewmodels.what_if.outlook import ForkOutlook
from app.viewmodels.what_if.planning import WhatIfPlanning
from app.viewmodels.what_if.subjects import known_items, subject_of_entry, subject_of_event, subject_of_pointer
from app.viewmodels.what_if.words import continuing_words, fork_words, holding_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.moment import Moment
    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch
    from app.domain.forks import Fork, Holding
    from app.domain.transcript import Entry
    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme
    from app.ui.whatif.edit_dialog import EditDialog
    from app.ui.whatif.frame import WhatIfFrame
    from app.ui.whatif.leave_out_dialog import LeaveOutDialog
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.playback import Playback
    from app.viewmodels.services import Services
    from app.viewmodels.what_if.subjects import Subject
    from app.viewmodels.workspace import Workspace


class WhatIfDesk(QObject):
    """Lives as long as the window; ``say`` tells something that needs no answer, ``theme`` gives the one in force."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        playback: Playback,
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge = window, services, bridge
        self._workspace, self._playback, self._say = workspace, playback, say
        self._moment: Moment | None = None
        self._dialog: WhatIfFrame | None = None
        self._plan: Plan | None = None
        self._branch = ""
        self.planning = WhatIfPlanning(services.what_ifs, bridge, self)
        self.planning.planned.connect(self._on_planned)
        self.planning.refused.connect(self._on_refused)
        self.planning.made.connect(self._on_made)
        self.planning.failed.connect(self._on_refused)
        self.planning.progressed.connect(self._on_progressed)
        workspace.moment_ready.connect(self._on_moment_ready)
        self.outlook = ForkOutlook(services.forking, bridge, workspace, self)
        self.outlook.ready.connect(self._on_outlook_ready)
        window.conversation.change_requested.connect(self.change_entry)
        window.conversation.leave_out_requested.connect(self.leave_out)
        window.inspector.edit_requested.connect(self.change_value)

    def close(self) -> None:
        self.planning.cancel()
        self.outlook.close()

    # --- wishes

    @Slot(object)
    def change_entry(self, entry: Entry) -> None:
        """Change a message, a tool's result or a list of the conversation."""
        branch = self._workspace.branch
        if entry.kind != "call" or branch is None:
            self._ask(subject_of_entry(entry))
            return
        # What it returned may lie in the future of the playhead, where the conversation does not show it.
        work = partial(self._services.time_machine.entries, branch.id, entry.ord, 1, branch.head)
        self._bridge.run_latest("what-if entry", work, self._on_call_read, self._on_read_failed)

    def _on_call_read(self, entries: tuple[Entry, ...]) -> None:
        if entries:
            self._ask(subject_of_entry(entries[0]))

    @Slot(str)
    def change_value(self, pointer: str) -> None:
        """Change a value of the state at the playhead."""
        moment = self._moment
        if moment is not None:
            self._ask(subject_of_pointer(pointer, moment.state, moment.position))

    def change_here(self) -> None:
        """What is selected in the state or the conversation, where one of them has the keys; else the playhead's."""
        window, moment = self._window, self._moment
        if window.inspector.isAncestorOf(window.focusWidget()) and (pointer := window.inspector.selected_pointer()):
            self.change_value(pointer)
        elif window.conversation.hasFocus() and (entry := window.conversation.current_entry()) is not None:
            self.change_entry(entry)
        elif moment is not None and moment.event is not None:
            brought = moment.changed_entries[-1] if moment.changed_entries else None
            if brought is not None and brought.kind == "call":
                self.change_entry(brought)
                return
            self._ask(subject_of_event(moment.event, moment.state, brought))

    def leave_out_here(self) -> None:
        """The current entry of the conversation, where that has the keys; else the event at the playhead."""
        entry = self._window.conversation.current_entry() if self._window.conversation.hasFocus() else None
        self.leave_out(entry.position if entry is not None else self._workspace.playhead)

    @Slot(int)
    def leave_out(self, position: int) -> None:
        """Leave one event out; what depends on it is shown first."""
        branch = self._workspace.branch
        if branch is None:
            return
        if not position:
            self._say(self.tr("This is the moment before the first event; there is nothing to leave out."))
            return
        self._playback.pause()
        work = partial(self._services.store.read, branch.id, position, position)
        self._bridge.run(work, partial(self._open_leave_out, branch.id, position), self._on_read_failed)

    def _open_leave_out(self, branch: str, position: int, events: tuple[object, ...]) -> None:
        event = events[0] if events else None
        said = f"{event.type}  {event_summary(event)}" if event is not None else ""  # type: ignore[attr-defined,arg-type]
        from app.ui.whatif.leave_out_dialog import LeaveOutDialog

        dialog = LeaveOutDialog(
            self._theme, self._window, position, said, name=self.tr("without {position}").format(position=position)
        )
        dialog.plan_wanted.connect(partial(self._plan_leave_out, dialog))
        self._begin(dialog, branch)

    def _ask(self, subject: Subject | None) -> None:
        branch, moment = self._workspace.branch, self._moment
        if branch is None or moment is None:
            return
        if subject is None:
            self._say(
                self.tr("This cannot be changed by itself; messages, results, lists, slots and instructions can.")
            )
            return
        self._playback.pause()
        can_go_on = (
            branch.parent is not None and subject.at == branch.head and subject.kind not in ("message", "answer")
        )
        from app.ui.whatif.edit_dialog import EditDialog

        dialog = EditDialog(
            self._theme,
            self._window,
            subject,
            known_items(moment.state),
            name=self._workspace.suggested_branch_name(),
            ends_here=branch.name if can_go_on else "",
        )
        dialog.plan_wanted.connect(partial(self._plan_edit, dialog))
        self._begin(dialog, branch.id)

    @property
    def _theme(self) -> Theme:
        return self._window.theme

    def _begin(self, dialog: WhatIfFrame, branch: str) -> None:
        self._dialog, self._branch = dialog, branch
        dialog.make_wanted.connect(self._on_make_wanted)
        dialog.stop_wanted.connect(self.planning.stop)
        dialog.dismissed.connect(self._on_dismissed)
        dialog.begin()

    # --- planning

    def _plan_edit(self, dialog: EditDialog) -> None:
        try:
            edit = dialog.edit()
        except BadInput as error:
            dialog.show_refusal(str(error))
            return
        if edit is None:
            dialog.show_untouched()
            return
        reapply = dialog.reapply.isChecked()
        self.planning.plan_edit(self._branch, dialog.subject.at, edit, reapply=reapply, onto=dialog.goes_on)

    def _plan_leave_out(self, dialog: LeaveOutDialog) -> None:
        self.planning.plan_leave_out(self._branch, dialog.position, keep_dependents=dialog.keep.isChecked())

    @Slot(object, str)
    def _on_make_wanted(self, plan: Plan, name: str) -> None:
        self._plan = plan
        self.planning.make(plan, name)

    @Slot(object)
    def _on_planned(self, plan: Plan) -> None:
        if self._dialog is not None:
            self._dialog.show_plan(plan)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_refusal(sentence)

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, what: str) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total, what)

    @Slot(object)
    def _on_made(self, branch: Branch) -> None:
        plan, session = self._plan, self._workspace.session
        if self._dialog is not None:
            self._dialog.finish()
        self._dialog = None
        if session is not None and plan is not None:
            changed = plan.head if plan.onto else plan.fork.position + len(plan.before)
            at = min(branch.head, changed + 1)
            self._workspace.open_session(session.header.id, branch.id, at)
            self._say(self.tr("{branch} is made; what it came from stays as it was.").format(branch=branch.name))

    @Slot()
    def _on_dismissed(self) -> None:
        self._dialog = None
        self.planning.cancel()

    # --- facts

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        self._moment = moment

    @Slot(object, object)
    def _on_outlook_ready(self, fork: Fork, holding: Holding) -> None:
        told = [fork_words(fork), self.tr("The branch holds {holding}.").format(holding=holding_words(holding))]
        self._window.branches.tell_outlook(fork.asked, " ".join(one for one in told if one))
        is_elsewhere = fork.is_moved and fork.asked < self._workspace.head
        self._window.compose.set_fork(continuing_words(fork, holding) if is_elsewhere else "", told[1])

    def _on_read_failed(self, error: Exception) -> None:
        self._window.notice.tell(str(error) or type(error).__name__)
