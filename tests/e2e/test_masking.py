"""Masking on the real demo sessions: whatever pane is looked at, nothing that was found is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.shown_texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

SESSION, AT = "108_00022", 24
NOTED, RENAMED = "ask jo.doe@example.org", "for jo.doe@example.org"


def secrets(opened: Any) -> list[str]:
    """All that is found in all sessions."""
    redacting, sessions = opened.core.redacting, opened.core.library.sessions()
    reviews = [redacting.review(redacting.all_of(one.header.id)) for one in sessions]
    return [group.text for review in reviews for group in review.groups()]


def seen(opened: Any, found: list[str]) -> list[str]:
    return [text for text in texts_of(opened.window) if any(one in text for one in found)]


def mask(opened: Any, qtbot: QtBot) -> None:
    masking = opened.program.presenter.redaction.masking
    opened.window.actions_table["toggle_masking"].trigger()
    qtbot.waitUntil(lambda: not masking.is_covered)


def prepared(open_window: Callable[..., Any], qtbot: QtBot) -> Any:
    opened = open_window(SESSION, AT)
    branch = opened.workspace.branch.id
    opened.core.notebook.write_note(branch, AT, NOTED)
    opened.core.branching.branch(branch, 3, RENAMED)
    opened.workspace.refresh()
    qtbot.waitUntil(lambda: bool(seen(opened, [NOTED])) and bool(seen(opened, [RENAMED])))
    return opened


def test_no_pane_shows_what_was_found_at_any_position(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    opened = prepared(open_window, qtbot)
    found = secrets(opened)
    assert len(found) > 2

    mask(opened, qtbot)

    table, workspace = opened.window.actions_table, opened.workspace
    positions = range(1, workspace.head + 1, 3)
    for action in ("toggle_list", "explain", "compare_from_here"):
        table[action].trigger()
    reached: list[int] = []
    workspace.moment_ready.connect(lambda moment: reached.append(moment.position))
    for position in positions:
        workspace.seek(position)
        qtbot.waitUntil(lambda wanted=position: wanted in reached)
        opened.window.grab()
        assert seen(opened, found) == [], position
    assert any("ask ⟪EMAIL-" in one for one in texts_of(opened.window))
    assert any("for ⟪EMAIL-" in one for one in texts_of(opened.window))


def test_what_is_searched_and_compared_is_masked(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    opened = prepared(open_window, qtbot)
    found = secrets(opened)
    mask(opened, qtbot)

    opened.window.actions_table["search_everywhere"].trigger()
    opened.window.search._text.setText("phone")
    qtbot.waitUntil(lambda: opened.program.presenter.searching.search.model.rowCount() > 0)
    opened.window.grab()
    assert seen(opened, found) == []
    opened.window.actions_table["compare_branches"].trigger()
    qtbot.waitUntil(opened.window.side_by_side.isVisible)
    opened.window.grab()

    assert seen(opened, found) == []


def test_what_was_open_before_is_masked_too(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    """Hits, the prompt, a pinned field and the difference were read without a mask; none of it may stay."""
    opened = prepared(open_window, qtbot)
    found = secrets(opened)
    window, presenter = opened.window, opened.program.presenter
    opened.workspace.seek(opened.workspace.head)
    window.actions_table["search_everywhere"].trigger()
    window.search._text.setText("phone")
    qtbot.waitUntil(lambda: presenter.searching.search.model.rowCount() > 0)
    window.compose.unfold_prompt.setChecked(True)
    presenter.inspector.pin("/conversation/messages")
    window.actions_table["compare_from_here"].trigger()
    qtbot.waitUntil(lambda: len(seen(opened, found)) > 4)

    mask(opened, qtbot)

    looked: list[list[str]] = []

    def has_looked_often() -> bool:
        window.grab()
        looked.append(seen(opened, found))
        return len(looked) > 20

    qtbot.waitUntil(has_looked_often, timeout=20_000)
    assert [one for one in looked if one] == []
