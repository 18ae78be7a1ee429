"""A report as one HTML file: no script, nothing loaded, light and dark, readable on paper."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from app.adapters.files.report_body import Body
from app.adapters.files.report_text import inline
from app.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import Progress
    from app.domain.report.parts import PictureRef, Report

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def report_html(report: Report, progress: Progress) -> Iterator[str]:
    """The page piece by piece; raises Cancelled."""
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{inline(report.title).removeprefix('<bdi>').removesuffix('</bdi>')}</title>\n<style>\n"
    yield resource_path("exports", "report.css").read_text(encoding="utf-8")
    yield "</style>\n</head>\n<body>\n"
    yield from Body(report, _by_class, _as_data, lambda svg: svg).pieces(progress)
    yield "</body>\n</html>\n"


def _by_class(colour: str) -> str:
    return f'class="paint-{colour}"'


def _as_data(picture: PictureRef) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode('ascii')}"
