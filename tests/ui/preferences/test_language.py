"""The window in another language: translated wherever one looks, and not too wide for its screen."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QTabWidget, QToolButton

from app.ui.actions import ACTIONS
from app.ui.preferences import language

Stages = Callable[..., Any]


@pytest.fixture
def _in_chinese(dressed: QApplication) -> Iterator[None]:
    translators = language.install(dressed, "zh_CN")
    assert len(translators) == 2
    yield
    for translator in translators:
        dressed.removeTranslator(translator)


@pytest.mark.usefixtures("_in_chinese")
def test_the_window_speaks_chinese(stage: Stages) -> None:
    window = stage(at=60).window

    assert window.inspector.tabs.tabText(0) == "推荐"
    assert window.findChild(QTabWidget, "finding.tabs").tabText(0).startswith("会话")
    assert window.transport._branch_here.text() == "在此分支"
    assert window.timeline.lanes.accessibleName() == "时间线"
    assert window.timeline.lanes.spoken_value().startswith("第 60 个事件，共 120 个")


@pytest.mark.usefixtures("_in_chinese")
def test_nothing_that_is_seen_at_first_is_left_in_english(stage: Stages) -> None:
    window = stage(at=60).window
    seen = [one.text() for kind in (QPushButton, QToolButton, QLabel) for one in window.findChildren(kind)
            if one.isVisible() and one.text()]  # fmt: skip

    english = {"Continue", "Prompt", "Instructions", "More…", "Event", "Model", "Seed", "Filters", "Branch here"}
    assert not english & set(seen)
    assert sum(any("一" <= sign <= "鿿" for sign in text) for text in seen) > 12


@pytest.mark.usefixtures("_in_chinese")
def test_every_action_has_a_chinese_name_and_qt_s_own_buttons_too(stage: Stages) -> None:
    window = stage(at=60).window

    for spec in ACTIONS:
        assert any("一" <= sign <= "鿿" for sign in window.actions_table[spec.id].text()), spec.id
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, window)
    assert box.button(QDialogButtonBox.StandardButton.Close).text() == "关闭"


@pytest.mark.usefixtures("_in_chinese")
def test_the_window_fits_a_small_screen_in_chinese(stage: Stages) -> None:
    window = stage(at=60).window

    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640


def test_english_needs_no_translation(qapp: QApplication) -> None:
    assert language.install(qapp, "en") == ()
    assert QCoreApplication.translate("Actions", "Quit") == "Quit"


@pytest.mark.parametrize(
    ("wished", "spoken"),
    [("zh_CN", "zh_CN"), ("zh_SG", "zh_CN"), ("zh_TW", "en"), ("de_DE", "en"), ("en_GB", "en"), ("C", "en")],
)
def test_the_desktop_s_language_is_taken_where_there_is_a_translation(
    monkeypatch: pytest.MonkeyPatch, wished: str, spoken: str
) -> None:
    locale = QLocale(wished)
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: locale))

    assert language.resolve("system") == spoken
    assert language.resolve("zh_CN") == "zh_CN"


def test_each_language_is_named_in_its_own_words() -> None:
    assert [language.own_name(one) for one in language.LANGUAGES] == ["English", "简体中文"]
