"""What each form is called, and what it is good for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 -- the name that lupdate looks for
    """Mark a text for translation; Qt's own of this name is typed as returning an object."""
    return text


_WORDS: Final = {
    "report-html": (
        QT_TRANSLATE_NOOP("Forms", "Report for a browser (HTML)"),
        QT_TRANSLATE_NOOP("Forms", "One file that anybody can read; it holds no script and loads nothing."),
    ),
    "report-pdf": (
        QT_TRANSLATE_NOOP("Forms", "Report on pages (PDF)"),
        QT_TRANSLATE_NOOP("Forms", "The same on A4 pages, with an outline and text that can be searched."),
    ),
    "native": (
        QT_TRANSLATE_NOOP("Forms", "Branchline session"),
        QT_TRANSLATE_NOOP("Forms", "CloudEvents with a manifest; imported elsewhere it is the same session."),
    ),
    "markdown": (
        QT_TRANSLATE_NOOP("Forms", "Markdown"),
        QT_TRANSLATE_NOOP("Forms", "Who said what and when, for a ticket or a wiki."),
    ),
    "openai": (
        QT_TRANSLATE_NOOP("Forms", "OpenAI messages"),
        QT_TRANSLATE_NOOP("Forms", "The conversation as it is sent to a model, to train or to ask one."),
    ),
    "chatgpt": (
        QT_TRANSLATE_NOOP("Forms", "Tree of messages (like ChatGPT)"),
        QT_TRANSLATE_NOOP("Forms", "All branches as one tree of messages."),
    ),
    "otlp": (
        QT_TRANSLATE_NOOP("Forms", "Traces (OTLP)"),
        QT_TRANSLATE_NOOP("Forms", "Spans with the GenAI conventions of OpenTelemetry, for tools that read traces."),
    ),
    "csv": (
        QT_TRANSLATE_NOOP("Forms", "Table of events (CSV)"),
        QT_TRANSLATE_NOOP("Forms", "A row an event, for a spreadsheet; no cell is taken for a formula."),
    ),
    "modelfile": (
        QT_TRANSLATE_NOOP("Forms", "Ollama Modelfile"),
        QT_TRANSLATE_NOOP("Forms", "The instructions and settings of this branch as a model of one's own."),
    ),
    "pairs": (
        QT_TRANSLATE_NOOP("Forms", "Preference pairs"),
        QT_TRANSLATE_NOOP("Forms", "This branch's answers against those of all other branches."),
    ),
    "openai-pairs": (
        QT_TRANSLATE_NOOP("Forms", "Preference pairs (OpenAI)"),
        QT_TRANSLATE_NOOP("Forms", "The same in the form that OpenAI's preference tuning takes."),
    ),
    "share": (
        QT_TRANSLATE_NOOP("Forms", "Share file"),
        QT_TRANSLATE_NOOP("Forms", "Opens in another Branchline, for reading only, at this very moment."),
    ),
}


def form_title(form: str) -> str:
    """The form's own name where nobody has given it another."""
    words = _WORDS.get(form)
    return form if words is None else QCoreApplication.translate("Forms", words[0])


def form_purpose(form: str) -> str:
    words = _WORDS.get(form)
    return "" if words is None else QCoreApplication.translate("Forms", words[1])
