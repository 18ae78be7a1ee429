"""Keys of the notebook and of the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from e2e.effects.effect import DIALOGUE, Effect

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.effects.effect import Trial


def noted(trial: Trial) -> list[Any]:
    """What the store has in the notebook of the session."""
    return list(trial.opened.core.notebook.entries(trial.workspace.session.header.id))


def wait_for_notes(trial: Trial, count: int) -> list[Any]:
    trial.until(
        lambda: len([row for row in trial.opened.program.presenter.notebook.noting.rows if row.is_own]) == count
    )
    return noted(trial)


# --- notebook


def sets_a_marker(trial: Trial) -> None:
    trial.press()
    (entry,) = wait_for_notes(trial, 1)
    assert (entry.kind, entry.position, entry.text) == ("marker", 20, "")


def labels_the_marker(trial: Trial) -> None:
    trial.press()
    trial.type("promised a refund")
    trial.press("Return")
    (entry,) = wait_for_notes(trial, 1)
    assert (entry.kind, entry.text) == ("marker", "promised a refund")
    assert trial.here == 20


def writes_a_note(trial: Trial) -> None:
    trial.press()
    trial.type("an odd answer, B or K?")
    trial.press("Ctrl+Return")
    (entry,) = wait_for_notes(trial, 1)
    assert (entry.kind, entry.position, entry.text) == ("note", 20, "an odd answer, B or K?")
    assert not trial.opened.playback.is_playing


def tags(trial: Trial) -> None:
    trial.press()
    trial.type("escalation")
    trial.press("Return")
    (entry,) = wait_for_notes(trial, 1)
    assert (entry.kind, entry.text) == ("tag", "escalation")


def rates(trial: Trial) -> None:
    trial.press()
    trial.press("4")
    trial.press("Return")
    (entry,) = wait_for_notes(trial, 1)
    assert (entry.kind, entry.rating) == ("rating", 4)
    assert trial.opened.playback.speed == 1.0


def hops_to_marks(forwards: bool) -> Effect:
    def check(trial: Trial) -> None:
        trial.press("M")
        wait_for_notes(trial, 1)
        trial.press("Home" if forwards else "End")
        trial.press()
        assert trial.here == 20

    return Effect(DIALOGUE, 20, check)


def undoes(trial: Trial) -> None:
    trial.press("M")
    wait_for_notes(trial, 1)
    trial.press()
    assert wait_for_notes(trial, 0) == []


# --- state


def select_a_slot(trial: Trial) -> str:
    tree = trial.window.inspector.slots
    trial.window.inspector.tabs.setCurrentWidget(tree)
    model = tree.view.model()
    for service in (model.index(row, 0) for row in range(model.rowCount())):
        tree.view.setCurrentIndex(model.index(0, 0, service))
        if tree.selected_pointer().startswith("/conversation/slots/Media_1/"):
            return str(tree.selected_pointer())
    raise AssertionError("there is no slot to select")


def explains(trial: Trial) -> None:
    pointer = select_a_slot(trial)
    trial.press()
    inspector = trial.window.inspector
    assert inspector.tabs.currentWidget() is inspector.why
    field = trial.opened.program.presenter.inspector.field
    trial.until(lambda: bool(field.changes))
    told = trial.opened.core.histories.history(trial.opened.branch.id, pointer)
    assert [change.position for change in field.changes] == [change.position for change in told]
    assert "field" in trial.window.timeline.lanes._rows


def hops_to_changes(direction: int) -> Effect:
    def check(trial: Trial) -> None:
        field = trial.opened.program.presenter.inspector.field
        trial.opened.program.presenter.inspector.pin("/recommendation/shown")
        trial.until(lambda: len(field.changes) > 2)
        places = [change.position for change in field.changes]
        trial.focus_timeline()
        there = min(p for p in places if p > 12) if direction > 0 else max(p for p in places if p < 12)
        trial.press()
        assert trial.here == there

    return Effect(DIALOGUE, 12, check)


def compares(trial: Trial) -> None:
    trial.press()
    trial.press("End")
    page = trial.window.inspector.diff_page
    trial.until(lambda: "From event 20 of main to event 54 of main" in page.head.text())
    assert trial.window.inspector.tabs.currentWidget() is page


def asks_for_a_condition(trial: Trial) -> None:
    trial.press()
    bar = trial.window.find_bar
    assert bar.isVisible()
    assert trial.window.focusWidget() is bar.field
    trial.type("len(conversation.messages) > 5")
    trial.press("Return")
    trial.until(lambda: trial.here == 16)


def hops_between_hits(direction: int) -> Effect:
    expression = 'conversation.messages[-1].role == "user"'

    def check(trial: Trial) -> None:
        hits = trial.opened.core.finding.find(trial.opened.branch.id, expression)
        trial.press("Ctrl+E")
        trial.type(expression)
        trial.press("Return")
        trial.until(lambda: trial.opened.program.presenter.find.search.hits == hits)
        trial.focus_timeline()
        trial.workspace.seek(30)
        trial.press()
        there = min(p for p in hits if p > 30) if direction > 0 else max(p for p in hits if p < 30)
        trial.until(lambda: trial.here == there)

    return Effect(DIALOGUE, 12, check)


def at_20(check: Callable[[Trial], None]) -> Effect:
    return Effect(DIALOGUE, 20, check)


NOTES_AND_STATE = {
    "set_marker": at_20(sets_a_marker),
    "edit_marker": at_20(labels_the_marker),
    "write_note": at_20(writes_a_note),
    "add_tag": at_20(tags),
    "rate": at_20(rates),
    "previous_mark": hops_to_marks(forwards=False),
    "next_mark": hops_to_marks(forwards=True),
    "undo_note": at_20(undoes),
    "explain": at_20(explains),
    "compare_from_here": at_20(compares),
    "change_back": hops_to_changes(-1),
    "change_forward": hops_to_changes(1),
    "find_when": at_20(asks_for_a_condition),
    "hit_next": hops_between_hits(1),
    "hit_previous": hops_between_hits(-1),
}
