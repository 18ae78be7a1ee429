"""Sets a report in pages of PDF with Qt, which embeds the fonts that a script needs; works without a window.

The text of a page is text: it can be found and copied. Nothing that the report names is opened: the document has no
other pictures than those handed over with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from app.domain.errors import BadInput
from app.ui.exporting.page_breaks import bands_of, pages

if TYPE_CHECKING:
    from pathlib import Path

    from app.application.ports import Progress
    from app.domain.report.paper import Paper

_MARGIN_MM: Final = 18.0
_FOOT_PT: Final = 24.0
_BODY_PT: Final = 9.5
_DPI: Final = 96
"""Of the document: so many of its points are an inch, as in a browser."""
_PICTURE_SCALE: Final = 3
_INK: Final = "#1B2430"
_MUTED: Final = "#56616F"
_FAMILIES: Final = (
    "Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC",
)  # fmt: skip
_LARGEST: Final = 4_000
"""Pixels of an attached picture's side; larger ones are made smaller when they are read."""


def write_pages(path: Path, paper: Paper, progress: Progress) -> None:
    """Write the PDF; a ``QGuiApplication`` has to be there. Raises BadInput where nothing can be written, Cancelled."""
    pieces = list(paper.pieces)
    progress(0, None, "setting pages")
    document = _PaperDocument(paper)
    document.setHtml("".join(pieces))
    writer = _writer(path, paper)
    painter = QPainter()
    if not painter.begin(writer):
        raise BadInput(f"{path.name} cannot be written as PDF")
    try:
        _paint(painter, writer, document, paper, progress)
    finally:
        painter.end()


def _font() -> QFont:
    """A sans-serif of this system; Chinese in the forms of China, where several are there."""
    font = QFont(list(_FAMILIES))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


class _PaperDocument(QTextDocument):
    """Rich text as wide as a page; its pictures are those of the paper, and no name in it is ever opened."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._pictures = paper.pictures
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        font = _font()
        font.setPointSizeF(_BODY_PT)
        self.setDefaultFont(font)
        self.setUseDesignMetrics(True)
        self.setDefaultStyleSheet(paper.style)
        screen = QImage(1, 1, QImage.Format.Format_ARGB32)
        screen.setDotsPerMeterX(round(_DPI / 0.0254))
        screen.setDotsPerMeterY(round(_DPI / 0.0254))
        self._screen = screen
        self.documentLayout().setPaintDevice(screen)
        self.setTextWidth(body_size().width())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        known = self._pictures.get(name.toString() if isinstance(name, QUrl) else name)
        return _empty() if known is None else _picture(*known)


def _empty() -> QImage:
    """Qt opens the named file itself unless it gets an image that is not null."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


def body_size() -> QSizeF:
    """Of a page without its margins, in the document's points."""
    page = QPageSize(QPageSize.PageSizeId.A4).size(QPageSize.Unit.Millimeter)
    width, height = (side - 2 * _MARGIN_MM for side in (page.width(), page.height()))
    return QSizeF(width * _DPI / 25.4, height * _DPI / 25.4 - _FOOT_PT)


def _picture(content: bytes, media_type: str) -> QImage:
    if media_type == "image/svg+xml":
        return _drawn(content)
    image = QImage.fromData(content)
    if image.isNull():
        return _empty()
    widest = body_size().width()
    if image.width() > _LARGEST or image.height() > _LARGEST:
        image = image.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
    image.setDevicePixelRatio(max(1.0, image.width() / widest, image.height() / (body_size().height() * 0.6)))
    return image


def _drawn(svg: bytes) -> QImage:
    """Our own drawing, sharp enough for paper, as wide as the page."""
    renderer = QSvgRenderer(QByteArray(svg))
    size = renderer.defaultSize()
    width = body_size().width() * _PICTURE_SCALE
    image = QImage(round(width), round(width * size.height() / size.width()), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(_PICTURE_SCALE)
    return image


def _writer(path: Path, paper: Paper) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setTitle(paper.title)
    writer.setCreator("Branchline")
    writer.setResolution(600)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    return writer


def _paint(painter: QPainter, writer: QPdfWriter, document: QTextDocument, paper: Paper, progress: Progress) -> None:
    size = body_size()
    layout = document.documentLayout()
    cut = pages(bands_of(document), size.height())
    look = QPalette()
    look.setColor(QPalette.ColorRole.Text, QColor(_INK))
    scale = writer.resolution() / _DPI
    painter.scale(scale, scale)
    for page, (top, bottom) in enumerate(cut):
        progress(page, len(cut), "setting pages")
        if page:
            writer.newPage()
        view = QRectF(0, top, size.width(), bottom - top)
        painter.save()
        painter.translate(0, -view.top())
        painter.setClipRect(view)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = view
        context.palette = look
        layout.draw(painter, context)
        painter.restore()
        _foot(painter, size, paper.footer, f"{page + 1} / {len(cut)}")


def _foot(painter: QPainter, size: QSizeF, text: str, number: str) -> None:
    font = _font()
    font.setPixelSize(10)
    painter.setFont(font)
    painter.setPen(QColor(_MUTED))
    line = QRectF(0, size.height() + 6, size.width(), _FOOT_PT - 6)
    told = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(size.width() * 0.85))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, told)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, number)
