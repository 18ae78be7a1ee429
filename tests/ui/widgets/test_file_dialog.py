"""A dialog for files opens none of them, so that no lock of ours on the store among them is given up."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileSystemModel, QWidget

from app.ui.widgets.file_dialog import FileDialog

APP = Path(__file__).resolve().parents[3] / "app"
TRY = "import fcntl,sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB)"


def is_locked(path):
    tried = subprocess.run([sys.executable, "-c", TRY, path], capture_output=True, check=False)
    return tried.returncode != 0


@pytest.mark.skipif(sys.platform != "linux", reason="locks are given up by closing a file where POSIX says so")
def test_files_that_are_listed_stay_locked(qtbot, tmp_path, monkeypatch):
    for name in ("store.branchline", "store.db", "noname"):
        (tmp_path / name).write_bytes(b"SQLite format 3\0" * 300)
    files = [(tmp_path / name).open("r+b") for name in ("store.branchline", "store.db", "noname")]
    for file in files:
        fcntl.lockf(file, fcntl.LOCK_EX)
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(FileDialog, "_last", str(tmp_path))
    dialog = FileDialog(window, "Import files")

    dialog.open()
    model = dialog.findChild(QFileSystemModel)
    qtbot.waitUntil(lambda: model.rowCount(model.index(str(tmp_path))) == len(files))
    for file in files:
        assert not model.fileIcon(model.index(file.name)).isNull()

    assert [is_locked(file.name) for file in files] == [True, True, True]
    dialog.reject()
    for file in files:
        file.close()


def test_all_dialogs_for_files_are_of_this_kind():
    texts = {path.name: path.read_text(encoding="utf-8") for path in APP.rglob("*.py")}

    assert not [name for name, text in texts.items() if " QFileDialog(" in text or "QFileDialog.get" in text]
    assert "(QFileDialog):" in texts["file_dialog.py"]
