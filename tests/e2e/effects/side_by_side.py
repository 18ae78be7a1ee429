"""What the keys of the comparison of branches do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from e2e.effects.effect import DIALOGUE, Effect

from app.domain.events import NewEvent
from app.ui.side_by_side.chooser import BranchChooser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from e2e.effects.effect import Trial

FORK = 22
TALK = ("And on Sunday?", "On Sunday they open at noon.")
OTHER_TALK = ("And on Sunday?", "On Sunday they open at noon, and the kitchen closes early.")


def talked(opened: Any, name: str, texts: Sequence[str] = TALK, parent: str = "") -> str:
    """A branch of the session in focus on which a customer and an assistant go on; its id."""
    core = opened.core
    branch = core.branching.branch(parent or opened.workspace.branch.id, FORK, name)
    events = [
        NewEvent(
            id=f"{name}-{number}",
            source="urn:branchline:test",
            type="conversation.message-posted",
            data={"message_id": f"{name}-{number}", "role": role, "text": text},
            actor=role,
        )
        for number, (role, text) in enumerate(zip(("user", "assistant") * 4, texts, strict=False))
    ]
    core.store.append(branch.id, events, expected=FORK)
    return str(branch.id)


def _compared(trial: Trial) -> Any:
    shown = trial.opened.program.presenter.side_by_side.shown
    trial.until(lambda: shown.comparison is not None)
    return shown


def compares_with_the_parent(trial: Trial) -> None:
    branch = talked(trial.opened, "sunday")
    trial.workspace.open_session(trial.workspace.session.header.id, branch)
    trial.until(lambda: trial.workspace.branch.id == branch)

    trial.press()

    shown = _compared(trial)
    assert shown.names == ("main", "sunday")
    assert trial.window.side_by_side.isVisible()
    assert not trial.window.conversation.isVisible()


def asks_which(trial: Trial) -> None:
    talked(trial.opened, "sunday")
    trial.workspace.reload()
    trial.until(lambda: len(trial.workspace.branches) == 2)

    trial.press()

    dialog = trial.shown("sidebyside.chooser")
    assert isinstance(dialog, BranchChooser)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["main", "sunday"]
    dialog.reject()


def hops(direction: int) -> Callable[[Trial], None]:
    def check(trial: Trial) -> None:
        opened = trial.opened
        one, other = talked(opened, "one"), talked(opened, "other", OTHER_TALK)
        desk = opened.program.presenter.side_by_side
        desk.shown.compare(trial.workspace.session.header.id, (one, other))
        shown = _compared(trial)
        differing = [place for place, row in enumerate(shown.rows) if not row.is_same]
        assert len(differing) == 1
        trial.window.side_by_side.rows.choose(0 if direction > 0 else len(shown.rows) - 1)
        if trial.window.side_by_side.rows.current == differing[0]:
            trial.window.side_by_side.rows.current = -1 if direction > 0 else len(shown.rows)

        trial.press()

        assert trial.window.side_by_side.rows.current == differing[0]
        trial.until(lambda: trial.workspace.branch.id == one and trial.here == FORK + 2)

    return check


SIDE_BY_SIDE = {
    "compare_branches": Effect(DIALOGUE, 20, compares_with_the_parent),
    "choose_compared": Effect(DIALOGUE, 20, asks_which),
    "difference_next": Effect(DIALOGUE, 20, hops(1)),
    "difference_previous": Effect(DIALOGUE, 20, hops(-1)),
}
