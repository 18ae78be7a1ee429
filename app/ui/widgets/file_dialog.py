"""A file dialog that lists files without opening any of them.

Qt's own looks into files to tell their kind. Where the store lies among them, closing it again gives up every lock that
this process holds on it (POSIX says so), and another process then takes the store for its own: it would remove the log
into which this window still writes.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Final

from PySide6.QtCore import QDir, QFileInfo, QSize
from PySide6.QtGui import QAbstractFileIconProvider, QIcon, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

_IconType = QAbstractFileIconProvider.IconType
_FRAME_PX: Final = (4, 32)
"""What a window manager puts around a dialog."""
_KINDS: Final = (_IconType.Folder, _IconType.File)


class _ByName(QFileIconProvider):
    """Tells a file by its name alone.

    Asked from a thread of Qt's: so the icons are made beforehand, and one provider outlives all dialogs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._icons = {kind: super(_ByName, self).icon(kind) for kind in _KINDS}

    def icon(self, asked: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(asked, QFileInfo):
            return self._icons[_IconType.Folder if asked.isDir() else _IconType.File]
        return self._icons.get(asked, self._icons[_IconType.Folder])

    def type(self, info: QFileInfo) -> str:
        return "" if info.isDir() else info.suffix()


@cache
def _provider() -> _ByName:
    return _ByName()


class FileDialog(QFileDialog):
    """Begins where files were last chosen."""

    _last = ""

    def __init__(self, parent: QWidget | None, caption: str) -> None:
        super().__init__(parent, caption, QDir.rootPath())  # where nothing lies that could be opened by mistake
        if sys.platform == "linux" and "FLATPAK_ID" not in os.environ:  # desktops' dialogs look into files, too
            self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setIconProvider(_provider())
        self.setDirectory(FileDialog._last or QDir.currentPath())
        self.accepted.connect(self._remember)

    def showEvent(self, event: QShowEvent) -> None:
        """No larger than the screen leaves room for: at twice the size Qt's own dialog would be higher."""
        free = self.screen().availableGeometry().size() - QSize(*_FRAME_PX)
        self.resize(self.size().boundedTo(free))
        super().showEvent(event)

    def _remember(self) -> None:
        FileDialog._last = self.directory().absolutePath()
