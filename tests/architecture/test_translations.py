"""No text of the source is missing in a translation, and what the program loads is what was translated."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def i18n() -> ModuleType:
    spec = spec_from_file_location("i18n", ROOT / "packaging" / "i18n.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated_with_its_fields(i18n: ModuleType) -> None:
    """``poe i18n`` brings new texts into the files; a person translates them."""
    assert [fault for language in i18n.LANGUAGES for fault in i18n.faults(language)] == []


def test_the_compiled_translations_are_those_of_the_source_files(i18n: ModuleType) -> None:
    for language in i18n.LANGUAGES:
        translator = QTranslator()
        assert translator.load(str(i18n.FOLDER / f"branchline_{language}.qm"))

        told = {text: translator.translate(text.context, text.source) for text in i18n.read(language)}

        assert told == i18n.read(language)


def test_texts_are_found_however_they_are_marked(i18n: ModuleType) -> None:
    source = """
class Panel(QWidget):
    def build(self): return self.tr("In a class")

def _tr(text): return QCoreApplication.translate("Words", text)

_CONTEXT = "Sentences"
def _said(text): return QCoreApplication.translate(_CONTEXT, text)

TITLES = {"a": QT_TRANSLATE_NOOP("Titles", "Marked")}
said = [_tr("Handed on"), QCoreApplication.translate("Other", "Named"), _tr(TITLES["a"]), _said("By name")]
"""

    assert i18n.texts_of(source) == {
        ("Panel", "In a class"), ("Words", "Handed on"), ("Titles", "Marked"), ("Other", "Named"),
        ("Sentences", "By name"),
    }  # fmt: skip


def test_plurals_are_found_under_their_form_for_many(i18n: ModuleType) -> None:
    source = """
_CONTEXT = "Words"
def told(count):
    if count < 0:
        one, many = "{count} debt", "{count} debts"
    else:
        one = "{count} gain"
        many = "{count} gains"
    return plural(_CONTEXT, one, many, count) + plural("Other", "a turn", "{count} turns", count)
"""

    assert i18n.texts_of(source) == {
        ("Words", "{count} debts"), ("Words", "{count} gains"), ("Other", "{count} turns"),
    }  # fmt: skip


def test_fields_are_compared_by_name(i18n: ModuleType) -> None:
    assert i18n.fields("event {position:,} of {branch}") == i18n.fields("{branch} 的事件 {position}")
    assert i18n.fields("{{}} {count} members") == {"count"}
