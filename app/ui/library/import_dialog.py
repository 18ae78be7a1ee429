"""Import of files: what is going on, then the report of what came in and what did not."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.domain.errors import Cancelled
from app.ui.theme import GROUP_PX, PANEL_PX
from app.viewmodels.import_story import (
    added_text,
    came_in_text,
    counts_text,
    files_text,
    missed_lines,
    sessions_text,
)
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QCloseEvent

    from app.application.ports import Progress
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Mappings, Services

_LISTED: Final = 200
_WIDTH, _HEIGHT = 640, 400
_MOST_OFFERED: Final = 6
"""So many files of no known format have a button of their own."""
_MOST_LOOKED_AT: Final = 200


class ImportDialog(QDialog):
    """Runs one import beside the main thread; the window behind can be used meanwhile.

    Signals:
        imported: it ended, and sessions may have come in.
        map_wanted(object): tell how this file, of no known format, is to be read.
        unknown_found(object): files of no known format that a mapping could read; a tuple of paths.

    Attributes:
        report: of the import, as ``branchline import --json`` prints it; None until it is done.
    """

    imported = Signal()
    map_wanted = Signal(object)
    unknown_found = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._bridge, self._window = services, bridge, parent.window()
        self._progress = ProgressReport(bridge, self._on_progressed)
        self._is_running = False
        self.report: Mapping[str, Any] | None = None
        self.setObjectName("import.dialog")
        self.setWindowTitle(self.tr("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the import"))
        self._list = QPlainTextEdit(self)
        self._list.setReadOnly(True)
        self._list.setAccessibleName(self.tr("What came in and what was left out"))
        self._list.hide()
        self._button = QPushButton(self.tr("Stop"), self)
        self._button.clicked.connect(self._on_button_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        layout.setSpacing(GROUP_PX)
        layout.addWidget(self._said)
        layout.addWidget(self._bar)
        layout.addWidget(self._list, 1)
        self._unknown = QVBoxLayout()
        layout.addLayout(self._unknown)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._button)
        layout.addLayout(row)

    def start(self, paths: Sequence[Path]) -> None:
        """Open and begin."""
        self.start_with(partial(self._services.import_files, tuple(paths)))

    def start_with(self, work: Callable[[Progress], Mapping[str, Any]]) -> None:
        """Open and begin work that gives an import's report."""
        self._is_running = True
        self._said.setText(self.tr("Importing…"))
        self.show()
        self._bridge.run(partial(work, self._progress), self._on_done, self._on_failed)

    def cancel(self) -> None:
        """Ask the work to stop; whole sessions that are in stay."""
        self._progress.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.cancel()
        super().closeEvent(event)

    def reject(self) -> None:
        self.cancel()
        super().reject()

    @Slot()
    def _on_button_clicked(self) -> None:
        if self._is_running:
            self._button.setEnabled(False)
            self.cancel()
        else:
            self.accept()

    def ask_mapping(self, path: Path) -> None:
        """Go on to how a file is to be read."""
        self.accept()
        self.map_wanted.emit(path)

    def _on_mappable(self, paths: tuple[Path, ...]) -> None:
        """Those files of no known format in which there are rows or records."""
        if not isValid(self) or not paths:
            return
        for path in paths[:_MOST_OFFERED]:
            button = QPushButton(self.tr("Map {file}…").format(file=path.name), self)
            button.setObjectName("import.map")
            button.setAutoDefault(False)
            button.setToolTip(self.tr("Tell what the columns of a file of no known format mean"))
            button.clicked.connect(partial(self._on_map_clicked, path))
            self._unknown.addWidget(button)
        self.unknown_found.emit(paths)

    def _on_map_clicked(self, path: Path) -> None:
        self.ask_mapping(path)

    def _on_progressed(self, done: int, total: int | None, what: str) -> None:
        if self._is_running:
            self._bar.setRange(0, total or 0)
            self._bar.setValue(done)
            self._said.setText(what or self.tr("Importing…"))

    def _on_done(self, report: Mapping[str, Any]) -> None:
        self._end(summary_text(report))
        self.report = report
        if unknown := unknown_files(report):
            work = partial(_mappable, self._services.mappings, unknown)
            self._bridge.run(work, self._on_mappable, lambda _error: None)
        problems = file_lines(report) + problem_lines(report)
        if problems:
            self._list.setPlainText("\n".join(problems))
            self._list.show()
            self._grow(QSize(_WIDTH, _HEIGHT))

    def _grow(self, size: QSize) -> None:
        """In all directions, and not beyond the screen."""
        free = self.screen().availableGeometry()
        place = QRect(QPoint(), size.expandedTo(self.size()).boundedTo(free.size()))
        place.moveCenter(self._window.geometry().center())
        place.moveTopLeft(QPoint(max(place.left(), free.left()), max(place.top(), free.top())))
        self.setGeometry(place)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._end(self.tr("Stopped. The sessions that were complete are in the library."))
        else:
            self._end(str(error))

    def _end(self, sentence: str) -> None:
        self._is_running = False
        self._bar.hide()
        self._said.setText(sentence)
        self._button.setEnabled(True)
        self._button.setText(self.tr("Close"))
        self._button.setFocus()
        self.imported.emit()


def summary_text(report: Mapping[str, Any]) -> str:
    """The counts of an import report in one sentence."""
    return QCoreApplication.translate("ImportDialog", "{sessions} from {files}: {events}.").format(
        sessions=sessions_text(report["sessions"]),
        files=files_text(report["files"]),
        events=added_text(report["events"], report["duplicates"]),
    )


def unknown_files(report: Mapping[str, Any]) -> list[Path]:
    """Files that have no known format, those that were named and those that lay in folders."""
    named = [one["file"] for one in report.get("reports", ()) if one["quarantined"] and not one.get("format", "?")]
    return [Path(name) for name in (*named, *(one["file"] for one in report.get("skipped", ())))]


def _mappable(mappings: Mappings, paths: Sequence[Path]) -> tuple[Path, ...]:
    """Members of archives are no files any more, and have no kind."""
    return tuple(path for path in paths[:_MOST_LOOKED_AT] if mappings.kind(path))


def file_lines(report: Mapping[str, Any]) -> list[str]:
    """What was found in each file and what became of it, a line each; those of which there is nothing to tell, not."""
    told = QCoreApplication.translate("ImportDialog", "{file}: {read} → {sessions}")
    lines = [
        told.format(
            file=one["file"].rpartition("/")[2],
            read=counts_text(one["read"]),
            sessions=came_in_text(one["sessions"], one["branches"]),
        )
        for one in report.get("reports", ())
        if one["read"]
    ]
    return lines[:_LISTED]


def problem_lines(report: Mapping[str, Any]) -> list[str]:
    """What was left out and why, a line each."""
    lines = [
        f"{one['file']}{':' + str(one['line']) if one['line'] is not None else ''}  {one['reason']}"
        for one in report["quarantined"][:_LISTED]
    ]
    if len(report["quarantined"]) > _LISTED:
        cut = QCoreApplication.translate("ImportDialog", "{shown} of {count} shown").format(
            shown=_LISTED, count=f"{len(report['quarantined']):,}"
        )
        lines.append(cut)
    missed: Counter[str] = Counter()
    for file in report.get("reports", ()):
        for one in file["not_captured"]:
            missed[one["what"]] += one["count"]
    return lines + missed_lines({"what": what, "count": count} for what, count in missed.items())
