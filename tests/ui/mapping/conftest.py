"""The window in which a mapping is made, opened on a table."""

import pytest
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from app.adapters.mappings import Mappings

TABLE = """工单号,时间,角色,内容
T1,2026-03-01 10:00,客户,我的订单还没到
T1,2026-03-01 10:01,客服,我查一下
T2,x,客户,退货
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def made(stage, qtbot, table, tmp_path):
    opened = stage()
    desk = opened.program.presenter.mapping
    object.__setattr__(desk._services, "mappings", Mappings(tmp_path / "mappings"))
    asked = []

    def import_mapped(paths, mapping, address, progress):
        asked.append((paths, mapping, address))
        return opened.services.import_files(paths, progress)

    object.__setattr__(desk._services, "import_mapped", import_mapped)
    desk.open(table)
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)
    yield opened, dialog, asked
    if isValid(dialog):
        dialog.reject()
