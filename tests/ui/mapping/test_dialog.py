"""The window in which a mapping is made, with real files and a window around it."""

import json

import pytest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
)  # fmt: skip

from app.adapters.mappings import Mappings
from app.domain.mapping.sample import SourceRow

REPORT = {
    "files": 1, "sessions": 1, "events": 1, "duplicates": 0, "quarantined": [], "not_captured": [], "skipped": [],
    "reports": [], "imported": [],
}  # fmt: skip


def cells(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_it_opens_on_a_guess_and_shows_what_does_not_fit(made):
    _, dialog, _ = made
    rows = cells(dialog.findChild(QTableView, "mapping.events"))

    assert rows[:2] == [
        ["T1", "2026-03-01 10:00:00Z", "user", "我的订单还没到", "conversation.message-posted"],
        ["T1", "2026-03-01 10:01:00Z", "agent", "我查一下", "conversation.message-posted"],
    ]
    assert "'x' is no time" in rows[2][1]
    assert "events: 2 · sessions: 1 · not fitting: 1" in dialog.said.text()


def test_columns_and_meanings_are_changed_in_the_form(made):
    _, dialog, _ = made
    dialog.form.time.setEditText("")
    dialog.form.time.lineEdit().editingFinished.emit()
    assert "events: 3 · sessions: 2" in dialog.said.text()

    box = dialog.actors.table.cellWidget(0, 1)
    assert isinstance(box, QComboBox)
    box.setEditText("system")
    box.activated.emit(0)
    assert cells(dialog.events)[0][2] == "system"
    dialog.form.session.setEditText("nowhere")
    dialog.form.session.lineEdit().editingFinished.emit()
    assert "nowhere is empty" in cells(dialog.events)[0][1]
    assert not dialog.go.isEnabled()


def test_members_are_added_and_taken_away(made):
    _, dialog, _ = made
    dialog.members.add.click()
    assert "member_1: T1" in cells(dialog.events)[0][3]
    dialog.members.table.setCurrentCell(0, 0)
    dialog.members.remove.click()
    assert "member_1" not in cells(dialog.events)[0][3]


def test_the_json_is_the_whole_mapping_and_wrong_words_are_told(made):
    _, dialog, _ = made
    text = dialog.findChild(QPlainTextEdit, "mapping.text")
    told = json.loads(text.toPlainText())
    assert told["session"] == {"id": "工单号"}

    told["events"][0]["actor"] = "robot"
    dialog._draft.set_text(json.dumps(told))
    assert "'robot' is no actor" in dialog.problem.text()
    assert not dialog.save.isEnabled()


def test_a_mapping_is_saved_and_offered_again(made, tmp_path, qtbot, table):
    opened, dialog, _ = made
    name = dialog.findChild(QLineEdit, "mapping.name")
    name.setText("Tickets")
    name.editingFinished.emit()
    dialog.save.click()
    qtbot.waitUntil(lambda: "known from now on" in dialog.said.text())
    assert (tmp_path / "mappings" / "Tickets.mapping.json").is_file()
    dialog.reject()

    opened.program.presenter.mapping.open(table)
    again = opened.program.presenter.mapping._dialog
    qtbot.waitUntil(lambda: again.saved.count() == 3)
    assert again.saved.itemText(1) == "Tickets"
    again.reject()


def test_import_hands_the_mapping_on_and_tells_the_report(made, qtbot, table):
    opened, dialog, asked = made
    dialog.go.click()
    report = opened.window.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: "410 events added" in report._said.text())

    ((paths, mapping, address),) = asked
    assert (paths, address, mapping["session"]) == ((table,), "", {"id": "工单号"})
    report.accept()
    qtbot.waitUntil(lambda: opened.program.presenter.mapping._dialog is None)


def test_where_nothing_came_in_the_mapping_stays_to_be_changed(made, qtbot):
    opened, dialog, _ = made
    nothing = {**REPORT, "sessions": 0, "events": 0}
    object.__setattr__(opened.program.presenter.mapping._services, "import_mapped", lambda *asked: nothing)
    dialog.go.click()
    report = dialog.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: report.report is not None)

    report.accept()
    assert dialog.isVisible()
    assert dialog.go.isEnabled()


def test_what_was_worked_on_is_not_closed_without_a_question(made, qtbot):
    opened, dialog, _ = made
    dialog._draft.set_session(ordered=True)
    dialog.reject()
    question = dialog.findChild(QMessageBox, "mapping.question")
    question.button(QMessageBox.StandardButton.Cancel).click()
    assert dialog.isVisible()

    dialog.reject()
    dialog.findChildren(QMessageBox, "mapping.question")[-1].button(QMessageBox.StandardButton.Discard).click()
    assert opened.program.presenter.mapping._dialog is None


def test_a_mapping_that_others_made_is_replaced_only_after_a_question(made, qtbot, tmp_path):
    _, dialog, _ = made
    dialog.saved.insertItem(1, "Tickets", None)
    dialog._draft.set_name("Tickets")
    dialog.save.click()
    question = dialog.findChild(QMessageBox, "mapping.replace")
    question.button(QMessageBox.StandardButton.Cancel).click()
    assert not (tmp_path / "mappings").exists()

    dialog.save.click()
    dialog.findChildren(QMessageBox, "mapping.replace")[-1].button(QMessageBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: "known from now on" in dialog.said.text())
    assert not dialog._draft.is_unsaved


def test_a_mapping_from_elsewhere_is_used_or_refused_in_a_sentence(made, qtbot, tmp_path):
    opened, dialog, _ = made
    elsewhere = tmp_path / "theirs.json"
    elsewhere.write_text(json.dumps({**dialog._draft.told, "name": "Theirs"}), encoding="utf-8")
    desk = opened.program.presenter.mapping
    desk._on_mapping_selected(str(elsewhere))
    qtbot.waitUntil(lambda: dialog.name.text() == "Theirs")

    desk._on_mapping_selected(str(tmp_path / "gone.json"))
    qtbot.waitUntil(lambda: "gone.json cannot be read" in dialog.problem.text())


def test_problems_are_gone_to_and_rows_and_events_point_at_each_other(made):
    _, dialog, _ = made
    dialog.next_problem.click()
    assert dialog.events.currentIndex().row() == 2
    assert dialog.source.currentIndex().row() == 2

    dialog.source.setFocus()
    dialog.source.selectRow(1)
    assert dialog.events.currentIndex().row() == 1


def test_the_form_of_another_column_of_times_is_seen(made):
    _, dialog, _ = made
    dialog._draft.set_rule(time=None)
    dialog.form.time.setEditText("时间")
    dialog.form.time.lineEdit().editingFinished.emit()

    assert dialog._draft.rule["time"]["form"] == "rfc 3339"
    assert "events: 2" in dialog.said.text()


def test_the_action_begins_with_nothing_and_asks_for_a_source(stage, qtbot, table, tmp_path):
    opened = stage()
    desk = opened.program.presenter.mapping
    object.__setattr__(desk._services, "mappings", Mappings(tmp_path / "mappings"))
    opened.window.actions_table["map_source"].trigger()
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    assert "Choose a file or a database" in dialog.said.text()
    assert not dialog.go.isEnabled()

    dialog.bar.file.click()
    files = dialog.findChild(QFileDialog, "mapping.files")
    files.fileSelected.emit(str(table))
    files.close()
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.reject()


class FakeServer(Mappings):
    """A PostgreSQL server with two tables."""

    def server_tables(self, url):
        return ("orders", "tickets")

    def rows(self, path, address, source, count):
        assert address == "postgresql+psycopg://ada:secret@host/shop"
        if source.table == "orders":
            return [SourceRow(1, {"id": 1, "amount": 3})]
        return [SourceRow(1, {"ticket": "A", "role": "customer", "text": "hello"})]


def test_a_table_of_a_server_is_mapped_and_its_password_is_shown_nowhere(stage, qtbot, tmp_path):
    opened = stage()
    desk = opened.program.presenter.mapping
    object.__setattr__(desk._services, "mappings", FakeServer(tmp_path / "mappings"))
    asked = []
    object.__setattr__(desk._services, "import_mapped", lambda *told: asked.append(told) or REPORT)
    desk.ask_source()
    dialog = desk._dialog
    dialog.bar.database.click()
    asking = dialog.findChild(QDialog, "mapping.database")
    asking.address.setText("ada@host/shop")
    asking.password.setText("secret")
    asking.connect_button.click()
    qtbot.waitUntil(lambda: dialog.bar.table.count() == 2 and dialog.go.isEnabled())
    assert dialog.bar.table.currentText() == "orders"

    dialog.bar.table.setCurrentText("tickets")
    dialog.bar.table.activated.emit(1)
    qtbot.waitUntil(lambda: cells(dialog.events)[0][3] == "hello")
    shown = [one.text() for kind in (QLabel, QLineEdit) for one in dialog.findChildren(kind)]
    assert not any("secret" in text for text in [*shown, dialog.text.toPlainText()])
    assert "ada" in dialog._draft.shown
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0][2].endswith("ada:secret@host/shop")
    assert "secret" not in json.dumps(asked[0][1])
    dialog.findChild(QDialog, "import.dialog").accept()


def test_an_address_that_is_none_is_told(stage, qtbot, tmp_path):
    opened = stage()
    desk = opened.program.presenter.mapping
    object.__setattr__(desk._services, "mappings", FakeServer(tmp_path / "mappings"))
    desk.ask_source()
    desk._draft.open_server("mysql://host/x", "")
    qtbot.waitUntil(lambda: "no address of a PostgreSQL database" in desk._dialog.problem.text())
    desk._dialog.reject()


def importing(stage, folder, unknown, skipped=()):
    """A window whose imports know none of these files."""
    opened = stage()
    services = opened.program.presenter.library._services
    object.__setattr__(services, "mappings", Mappings(folder))
    counts = dict.fromkeys(("files", "sessions", "events", "duplicates"), 0)
    empty = {"format": "", "quarantined": 1, "read": {}, "not_captured": []}
    report = {
        **counts,
        "not_captured": [],
        "quarantined": [{"file": str(one), "line": None, "reason": "not recognised"} for one in unknown],
        "skipped": [{"file": str(one), "reason": "not recognised"} for one in skipped],
        "reports": [{"file": str(one), **empty} for one in unknown],
    }
    object.__setattr__(services, "import_files", lambda paths, progress: report)
    return opened


def test_one_file_that_nobody_knows_opens_its_mapping_by_itself(stage, qtbot, table, tmp_path):
    opened = importing(stage, tmp_path / "mappings", [table])
    opened.program.presenter.library.import_paths([table])

    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "mapping.dialog") is not None)
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog._draft.shown == str(table)
    dialog.reject()


def test_each_of_several_has_a_button_unless_nothing_in_it_can_be_mapped(stage, qtbot, table, tmp_path):
    picture, lines = tmp_path / "cat.png", tmp_path / "more.jsonl"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    lines.write_text('{"a": 1}\n', encoding="utf-8")
    opened = importing(stage, tmp_path / "mappings", [table, picture], skipped=[lines])
    opened.program.presenter.library.import_paths([table, picture, tmp_path])
    report = opened.window.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: bool(report.findChildren(QPushButton, "import.map")))

    buttons = report.findChildren(QPushButton, "import.map")
    assert [one.text() for one in buttons] == ["Map tickets.csv…", "Map more.jsonl…"]
    buttons[1].click()
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog._draft.shown == str(lines)
    dialog.reject()


def test_the_name_of_a_guess_is_there_and_a_session_that_nothing_tells_is_called_like_the_file(made, qtbot):
    _, dialog, _ = made
    assert dialog.name.text() == "tickets"

    dialog.form.session.setEditText("")
    dialog.form.session.lineEdit().editingFinished.emit()
    assert cells(dialog.events)[0][0] == "tickets.csv"


def test_every_control_of_it_has_a_name(made):
    _, dialog, _ = made
    nameless = [
        one
        for kind in (QComboBox, QLineEdit, QTableView, QPlainTextEdit)
        for one in dialog.findChildren(kind)
        if one.isVisible() and not one.accessibleName() and not isinstance(one.parent(), QComboBox)
    ]
    assert nameless == []
    assert all(button.text() for button in dialog.findChildren(QPushButton))


def test_a_column_of_words_makes_messages_of_records_of_which_nothing_was_known(stage, qtbot, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text("case,what they told\n1,hello\n", encoding="utf-8")
    opened = stage()
    desk = opened.program.presenter.mapping
    object.__setattr__(desk._services, "mappings", Mappings(tmp_path / "mappings"))
    desk.open(path)
    dialog = desk._dialog
    qtbot.waitUntil(dialog.go.isEnabled)
    assert cells(dialog.events)[0][3:] == ["what_they_told: hello", "imported.record"]

    dialog.form.text.setEditText("what they told")
    dialog.form.text.lineEdit().editingFinished.emit()
    assert cells(dialog.events)[0][3:] == ["hello", "conversation.message-posted"]
    dialog.close()


def test_what_was_worked_on_and_is_not_saved_stays_after_the_import(made, qtbot):
    opened, dialog, _ = made
    object.__setattr__(opened.program.presenter.mapping._services, "import_mapped", lambda *asked: REPORT)
    dialog._draft.set_session(id="工单号", ordered=True)
    dialog.go.click()
    report = dialog.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: report.report is not None)
    report.accept()

    assert dialog.isVisible()
    assert "Imported. A mapping that is saved" in dialog.said.text()
    dialog.close()


@pytest.mark.parametrize("tab", range(4))
def test_it_fits_on_a_small_screen_at_200_percent(made, tab):
    _, dialog, _ = made
    dialog.tabs.setCurrentIndex(tab)

    least = dialog.minimumSizeHint()
    assert (least.width() <= 632, least.height() <= 364) == (True, True), least
