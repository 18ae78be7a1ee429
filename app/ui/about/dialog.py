"""About Branchline: its version, what it stands on, and whose data the demo shows."""

from __future__ import annotations

import json
from importlib import metadata
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.resources import resource_path
from app.ui.icons import program_icon

_PARTS: Final = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("pyqtgraph", "MIT"),
    ("numpy", "BSD-3-Clause"),
    ("SQLAlchemy", "MIT"),
    ("sqlcipher3", "zlib"),
    ("ollama", "MIT"),
    ("httpx", "BSD-3-Clause"),
    ("msgspec", "BSD-3-Clause"),
    ("rfc8785", "Apache-2.0"),
    ("zstandard", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("xllamacpp", "MIT"),
)
_MODEL: Final = ("SmolLM2-135M-Instruct", "Apache-2.0")


class AboutDialog(QDialog):
    """Text that can be selected and copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("about.dialog")
        self.setWindowTitle(self.tr("About Branchline"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 460)
        picture = QLabel(self)
        picture.setPixmap(program_icon().pixmap(48, 48))
        title = QLabel(f"Branchline {version()}".rstrip(), self)
        title.setProperty("tone", "title")
        says = QLabel(self.tr("Scrub through LLM sessions, rebuild state at any event, branch, and continue."), self)
        says.setWordWrap(True)
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(self.tr("Licences"))
        text.setPlainText(self._licences())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(says)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)

    def _licences(self) -> str:
        lines = [self.tr("Branchline: MIT"), "", self.tr("Demo sessions")]
        lines += demo_licences() or [self.tr("none are installed")]
        lines += ["", self.tr("Built-in model"), ": ".join(_MODEL), "", self.tr("Stands on")]
        lines += [f"{name} {installed}: {licence}" for name, licence in _PARTS if (installed := version(name))]
        return "\n".join(lines)


def version(distribution: str = "branchline") -> str:
    """The installed version of a distribution; empty when it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def demo_licences() -> list[str]:
    """One line per data set of the demo: its name, its licence, where it is from."""
    path = resource_path("demo", "licences.json")
    if not path.is_file():
        return []
    return [_line(one) for one in json.loads(path.read_text(encoding="utf-8"))]


def _line(one: dict[str, Any]) -> str:
    name = one.get("name") or one.get("title") or one.get("set") or ""
    origin = one.get("origin") or one.get("source") or one.get("url") or ""
    parts = (f"{name}: {one.get('licence', '')}", one.get("attribution") or one.get("authors") or "", origin)
    return ", ".join(str(part) for part in parts if part)
