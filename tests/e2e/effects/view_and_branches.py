"""Keys of the branches, the view and the sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.effects.effect import DIALOGUE, Effect
from fakes.making import message
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPlainTextEdit

from app.ui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.effects.effect import Trial


# --- branches


def branches(trial: Trial) -> None:
    trial.press()
    trial.window.focusWidget().selectAll()
    trial.type("kinder")
    trial.press("Return")
    trial.until(lambda: trial.workspace.branch.name == "kinder")
    assert trial.opened.branch.fork_position == 20


def focuses_the_tree(trial: Trial) -> None:
    trial.press()
    assert trial.window.focusWidget().objectName() == "branches.tree"
    assert trial.window.branches.isVisible()


def continues(trial: Trial) -> None:
    trial.until(trial.window.compose.button.isEnabled)
    trial.press()
    trial.until(lambda: trial.workspace.branch.name == "branch 2" and trial.workspace.head > 21)
    events = trial.opened.core.store.read(trial.opened.branch.id, 21, trial.workspace.head)
    assert [event.type for event in events] == [
        "generation.requested", "conversation.message-posted", "generation.completed",
    ]  # fmt: skip
    assert events[1].data["text"] == "Hello, world."


def stops(trial: Trial) -> None:
    trial.opened.model.stall_after = 2
    trial.until(trial.window.compose.button.isEnabled)
    trial.press("Ctrl+Return")
    trial.until(trial.opened.model.stalled.is_set)
    trial.press()
    trial.until(lambda: trial.workspace.branch.name == "branch 2" and trial.workspace.head == 22)
    (event,) = trial.opened.core.store.read(trial.opened.branch.id, 22, 22)
    assert event.type == "generation.cancelled"


def walks(to: str, start: str) -> Effect:
    def check(trial: Trial) -> None:
        core, main = trial.opened.core, trial.workspace.branch.id
        first = core.branching.branch(main, 10, "first")
        core.branching.branch(main, 20, "second")
        core.store.append(first.id, [message(1, "a word of its own")], expected=10)
        core.branching.branch(first.id, 11, "grandchild")
        trial.workspace.reload()
        tree = trial.opened.program.presenter.branches
        trial.until(lambda: len(trial.workspace.branches) == len(tree.tree) == 4)
        if start != "main":
            trial.workspace.switch_branch(start)
            trial.until(lambda: trial.workspace.branch.name == start)
        trial.press()
        trial.until(lambda: trial.workspace.branch.name == to)

    return Effect(DIALOGUE, 20, check)


def stars(trial: Trial) -> None:
    main = trial.workspace.branch.id

    def is_starred() -> bool:
        label = trial.workspace.labels.get(main)
        return label is not None and label.starred

    for starred in (True, False):
        trial.press()
        trial.until(lambda starred=starred: is_starred() == starred)  # type: ignore[misc] # bound now


def tells_about_the_branch(trial: Trial) -> None:
    trial.press()
    card = trial.shown("branches.card")
    trial.until(lambda: "State hash" in card.text)
    assert card.text.startswith("main")
    trial.press("Escape")
    assert not card.isVisible()


# --- view


def zooms_in(trial: Trial) -> None:
    viewport = trial.window.timeline.viewport
    before = viewport.span
    trial.press()
    assert viewport.span < before
    assert viewport.first <= trial.here <= viewport.first + viewport.span


def zooms_out(trial: Trial) -> None:
    viewport = trial.window.timeline.viewport
    trial.press("+")
    trial.press("+")
    before = viewport.span
    trial.press()
    assert viewport.span > before


def fits(trial: Trial) -> None:
    trial.press("+")
    trial.press()
    assert trial.window.timeline.viewport.is_whole


def centres(trial: Trial) -> None:
    viewport = trial.window.timeline.viewport
    trial.press("+")
    trial.press("+")
    viewport.move_to(18)
    trial.press()
    assert abs(viewport.first + viewport.span / 2 - 25) < 1e-6
    trial.press()
    assert viewport.is_whole


def lays_out_anew(trial: Trial) -> None:
    kinds = []
    for _ in range(3):
        trial.press()
        kinds.append(trial.window.timeline.axis_kind)
    assert kinds == ["clock", "compressed", "event"]


def shows_the_list(trial: Trial) -> None:
    trial.press()
    table = trial.window.focusWidget()
    assert table is trial.window.timeline.list.table
    assert table.currentIndex().row() == 19
    trial.press()
    assert trial.window.focusWidget() is trial.window.timeline.lanes


def shows_the_palette(trial: Trial) -> None:
    trial.press()
    trial.type("whole branch")
    trial.press("Return")
    assert not trial.window.palette_view.isVisible()
    trial.press()
    assert trial.window.palette_view.isVisible()
    trial.press("Escape")
    assert not trial.window.palette_view.isVisible()


def changes_the_theme(trial: Trial) -> None:
    trial.press()
    assert trial.opened.program._theme == DARK
    trial.press()
    assert trial.opened.program._theme == LIGHT


def opens(name: str) -> Effect:
    def check(trial: Trial) -> None:
        trial.press()
        dialog = trial.shown(name)
        assert isinstance(dialog, QDialog)
        dialog.reject()

    return Effect(DIALOGUE, 20, check)


def asks_for_files(trial: Trial) -> None:
    trial.press()
    dialog = trial.window.findChild(QFileDialog, "import.files")
    assert dialog.isVisible()
    dialog.reject()


def tells_about_the_session(trial: Trial) -> None:
    trial.press()
    dialog = trial.window.findChild(QDialog, "session.details")
    assert dialog.isVisible()
    report = dialog.findChild(QPlainTextEdit)
    trial.until(lambda: "Imported" in report.toPlainText())
    dialog.reject()


def asks_what_leaves(trial: Trial) -> None:
    trial.press()
    dialog = trial.window.findChild(QDialog, "exporting.dialog")
    assert dialog.isVisible()
    dialog.reject()


def quits(trial: Trial) -> None:
    trial.press()
    assert not trial.window.isVisible()


# --- sessions


def filters_sessions(trial: Trial) -> None:
    trial.press()
    assert trial.window.library.isVisible()
    trial.type("flight")
    assert trial.window.library._filter.rowCount() == 2


def searches(scope: str, least: int) -> Effect:
    def check(trial: Trial) -> None:
        trial.press()
        field = trial.window.focusWidget()
        assert isinstance(field, QLineEdit)
        assert trial.window.search._scope.currentData() == scope
        trial.type("restaurant")
        model = trial.opened.program.presenter.searching.search.model
        trial.until(lambda: model.rowCount() >= least)
        assert trial.here == 20

    return Effect(DIALOGUE, 20, check)


def tells_the_story(trial: Trial) -> None:
    trial.press()
    model = trial.opened.program.presenter.searching.search.model
    trial.until(lambda: model.rowCount() > 20)
    assert trial.window.search.isVisible()


def reads_anew(trial: Trial) -> None:
    trial.opened.core.branching.branch(trial.workspace.branch.id, 3, "from elsewhere")
    trial.press()
    trial.until(lambda: any(branch.name == "from elsewhere" for branch in trial.workspace.branches))


def masks(trial: Trial) -> None:
    trial.press()
    trial.until(trial.window.mask_sign.isVisible)
    trial.until(lambda: not trial.opened.program.presenter.redaction.masking.is_covered)


def at_25(check: Callable[[Trial], None]) -> Effect:
    return Effect(DIALOGUE, 25, check)


def at_20(check: Callable[[Trial], None]) -> Effect:
    return Effect(DIALOGUE, 20, check)


VIEW_AND_BRANCHES = {
    "branch_here": at_20(branches),
    "show_branch_tree": at_20(focuses_the_tree),
    "continue_branch": at_20(continues),
    "stop": at_20(stops),
    "branch_previous": walks("first", "second"),
    "branch_next": walks("second", "first"),
    "branch_parent": walks("first", "grandchild"),
    "branch_child": walks("first", "main"),
    "star_branch": at_20(stars),
    "about_branch": at_20(tells_about_the_branch),
    "zoom_in": at_25(zooms_in),
    "zoom_out": at_25(zooms_out),
    "zoom_fit": at_25(fits),
    "centre_playhead": at_25(centres),
    "next_axis": Effect("2380", 20, lays_out_anew),
    "toggle_list": at_20(shows_the_list),
    "show_palette": at_20(shows_the_palette),
    "toggle_masking": at_20(masks),
    "toggle_theme": at_20(changes_the_theme),
    "show_shortcuts": opens("shortcuts.sheet"),
    "show_preferences": opens("preferences.dialog"),
    "quit": at_20(quits),
    "import_files": at_20(asks_for_files),
    "export_session": at_20(asks_what_leaves),
    "session_details": at_20(tells_about_the_session),
    "find_session": at_20(filters_sessions),
    "search_here": searches("branch", 2),
    "search_everywhere": searches("all", 10),
    "customer_story": Effect("14659", 20, tells_the_story),
    "refresh": at_20(reads_anew),
}
