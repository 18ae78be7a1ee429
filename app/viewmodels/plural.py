"""Sentences with a count, in as many forms as the language has."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def plural(context: str, one: str, many: str, count: int) -> str:
    """The sentence for a count; ``{count}`` in it stands for the figure.

    ``many`` is the text that translations are kept under, with their forms; where there is none, English has two.
    """
    found = QCoreApplication.translate(context, many, "", count)
    if found == many and count == 1:
        found = one
    return found.replace("{count}", f"{count:,}")
