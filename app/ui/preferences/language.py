"""The language of the window: the desktop's where there is a translation, or the one a person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from app.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from app.ui.preferences.preferences import Language

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh_CN")
"""Each is named in its own words by ``own_name``; English is what the source is written in."""
_OWN_NAMES: Final[dict[Language, str]] = {"en": "English", "zh_CN": "简体中文"}


def own_name(language: Language) -> str:
    return _OWN_NAMES[language]


def resolve(choice: Language) -> Language:
    """The language a choice stands for; ``system`` asks the desktop, and falls back to English."""
    if choice != "system":
        return choice
    wished = QLocale.system().uiLanguages()
    return "zh_CN" if wished and wished[0].replace("_", "-").startswith(("zh-CN", "zh-Hans", "zh-SG")) else "en"


def install(app: QCoreApplication, choice: Language) -> tuple[QTranslator, ...]:
    """Have texts made from now on in this language; returns what does it, which lives as long as ``app``."""
    language = resolve(choice)
    if language == "en":
        return ()
    folders = {
        f"branchline_{language}": str(resource_path("translations")),
        f"qtbase_{language}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    translators = []
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            translators.append(translator)
    return tuple(translators)
