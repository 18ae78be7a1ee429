"""Instructions are taken from the library, and the request names the version as long as it is that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.instructions import InstructionsVersion
from app.ui.compose.panel import ComposePanel
from app.ui.theme import LIGHT
from app.viewmodels.continuation import request_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KIND = (
    InstructionsVersion(name="kind", version=2, text="Be kind & brief.", note="shorter"),
    InstructionsVersion(name="kind", version=1, text="Be kind."),
)


@pytest.fixture
def panel(qtbot: QtBot) -> ComposePanel:
    made = ComposePanel(LIGHT)
    qtbot.addWidget(made)
    made.library.set_versions(KIND)
    return made


def test_a_version_that_is_taken_stands_there_and_is_named(panel: ComposePanel) -> None:
    newest = panel.library.menu().actions()[0]

    newest.trigger()
    wish = panel.wish()

    assert newest.text() == "kind@2  shorter"
    assert wish.instructions == "Be kind & brief."
    assert wish.instructions_ref == KIND[0].ref.to_json()
    request = request_of(wish, "b")
    assert request.request_notes["instructions"]["version"] == 2
    assert request.instructions_notes["name"] == "kind"


def test_what_is_changed_after_it_was_taken_is_no_version(panel: ComposePanel) -> None:
    panel.library.menu().actions()[1].trigger()

    panel.instructions.appendPlainText("Always.")

    assert panel.wish().instructions_ref is None
    assert request_of(panel.wish(), "b").request_notes == {}


def test_the_library_itself_is_one_click_away(panel: ComposePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.library.library_wanted):
        panel.library.menu().actions()[-1].trigger()
