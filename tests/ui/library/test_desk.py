"""The session list finds by any words, brings files in, and tells how a session came in."""

from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPlainTextEdit, QToolButton

from app.application.imports import FileImport, SessionImport
from app.ui.library.desk import MOST_RECENT

TOLD = {
    "file": "export.zip/conversations.json",
    "format": "chatgpt",
    "read": {"conversations": 2, "messages": 31},
    "not_captured": [{"what": "chatgpt: pictures (the export names them only)", "count": 4}],
}
REPORT = {"sessions": 1, "branches": 3, "events": 40, "duplicates": 0, "quarantined": 1}
PARTS = {"quarantined_parts": [{"line": 9, "reason": "there is no mapping"}]}


def titles(window):
    model = window.library._list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_words_that_only_events_hold_find_sessions_too(stage, qtbot):
    window = stage().window
    everything = titles(window)
    window.library.findChild(QLineEdit).setText("refund 蓝色")

    assert titles(window) == []
    qtbot.waitUntil(lambda: titles(window) == everything)
    window.library.findChild(QLineEdit).setText("refund nowhere")
    qtbot.waitUntil(lambda: titles(window) == [])
    window.library.findChild(QLineEdit).clear()
    assert titles(window) == everything


def test_the_menu_offers_what_was_imported_last(stage, qtbot, tmp_path):
    made = stage()
    desk = made.program.presenter.library
    for number in range(MOST_RECENT + 2):
        desk.import_paths([tmp_path / f"{number}.json"])
        dialog = made.window.findChildren(QDialog, "import.dialog")[-1]
        qtbot.waitUntil(lambda said=dialog._said: "events added" in said.text())
        dialog.accept()
    menu = next(one for one in made.window.library.findChildren(QToolButton) if one.menu()).menu()

    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]

    newest = [f"{number}.json" for number in range(MOST_RECENT + 1, 1, -1)]
    assert [text for text in texts if text.endswith(".json")] == newest
    assert desk.recent[0] == str(tmp_path / newest[0])


def test_what_comes_into_a_watched_folder_is_imported_and_said(stage, qtbot, tmp_path):
    made = stage()
    desk = made.program.presenter.library
    desk.watch._timer.setInterval(20)
    said = []
    desk._say = said.append
    (tmp_path / "in").mkdir()
    desk._on_watched_folder_selected(str(tmp_path / "in"))
    (tmp_path / "in" / "new.json").write_text("{}")

    qtbot.waitUntil(lambda: len(said) == 2)
    assert "410 events added" in said[1]
    assert "1 part was left out" in said[1]
    menu = QMenu()
    desk._fill_menu(menu)
    assert "Stop watching in" in [action.text() for action in menu.actions()]
    desk.ask_watched_folder()
    assert desk.watch.folder is None


def test_a_session_tells_how_it_came_in(stage, qtbot):
    made = stage()
    desk = made.program.presenter.library

    class Known:
        def of_session(self, session):
            return (SessionImport(0, TOLD, FileImport(0, {**REPORT, **PARTS})),)

    object.__setattr__(desk._services, "imports", Known())
    made.window.actions_table["session_details"].trigger()
    dialog = made.window.findChild(QDialog, "session.details")
    text = dialog.findChild(QPlainTextEdit)
    qtbot.waitUntil(lambda: "Imported" in text.toPlainText())

    for line in (
        "export.zip/conversations.json (chatgpt)",
        "Read: 2 conversations, 31 messages",
        "pictures (the export names them only) (4 times)",
        "1 session, 3 more branches; 40 events added",
        "line 9: there is no mapping",
    ):
        assert line in text.toPlainText()
    dialog.reject()


def test_a_report_that_comes_late_finds_no_dialog(stage, qtbot):
    made = stage()
    desk = made.program.presenter.library
    desk.show_details(made.workspace.session)
    made.window.findChild(QDialog, "session.details").reject()
    qtbot.wait(30)
