"""Many events per pixel as one picture: a bar per pixel column and lane, its height by how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.viewmodels.axis import Axis

Rgb = tuple[int, int, int]
_LOWEST = 3
_TICK_PX = 2.0


def pixel_edges(first: float, span: float, pixels: int) -> NDArray[np.float64]:
    """The event coordinates at the edges of ``pixels`` columns."""
    return np.linspace(first, first + span, pixels + 1, dtype=np.float64)


def bars(counts: Sequence[NDArray[np.int64]], colors: Sequence[int], row_px: int, bar_px: int) -> QImage:
    """One row per lane, each ``row_px`` high with bars up to ``bar_px`` on nothing; colours are opaque ARGB numbers."""
    width = len(counts[0])
    picture = np.zeros((len(counts) * row_px, width), dtype=np.uint32)
    most = max((int(own.max(initial=0)) for own in counts), default=0)
    scale = (bar_px - _LOWEST) / np.log1p(most) if most else 0.0
    from_base = np.arange(row_px - 1, -1, -1)[:, None] - (row_px - bar_px) // 2
    for lane, (own, color) in enumerate(zip(counts, colors, strict=True)):
        heights = np.where(own > 0, _LOWEST + np.log1p(own) * scale, 0)
        is_bar = (from_base >= 0) & (from_base < heights)
        picture[lane * row_px : (lane + 1) * row_px][is_bar] = color
    return _image(picture, QImage.Format.Format_ARGB32_Premultiplied)


def heat(
    counts: Sequence[NDArray[np.int64]], colors: Sequence[Rgb], background: Rgb, row_px: int, faintest: float = 0.45
) -> QImage:
    """One thin row per lane; the more events under a pixel, the stronger its colour."""
    picture = np.empty((len(counts) * row_px, len(counts[0])), dtype=np.uint32)
    for lane, (own, color) in enumerate(zip(counts, colors, strict=True)):
        most = max(int(own.max(initial=0)), 1)
        strength = np.where(own > 0, faintest + (1 - faintest) * np.log1p(own) / np.log1p(most), 0.0)
        channels = [
            (of * strength + on * (1 - strength)).astype(np.uint32) for of, on in zip(color, background, strict=True)
        ]
        picture[lane * row_px : (lane + 1) * row_px] = channels[0] << 16 | channels[1] << 8 | channels[2]
    return _image(picture)


def _image(picture: NDArray[np.uint32], form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    height, width = picture.shape
    # The copy owns its bytes: the array dies with this call.
    return QImage(picture.data, width, height, width * 4, form).copy()


def runs(axis: Axis, positions: Sequence[int], first: float, span: float, width: float) -> list[tuple[float, float]]:
    """(left, width) in pixels of the ticks, two pixels wide, of events of these rising positions; close ones joined."""
    chosen = np.asarray(positions, np.int64)
    if not len(chosen) or span <= 0:
        return []
    start, stop = _in_view(axis, chosen, first, span)
    pixels = (axis.coordinates(chosen[start:stop]) - first) * (width / span)
    return _joined(pixels[(pixels >= 0) & (pixels <= width)])


def _joined(pixels: NDArray[np.float64]) -> list[tuple[float, float]]:
    pixels = np.round(pixels)
    if not len(pixels):
        return []
    breaks = np.flatnonzero(np.diff(pixels) > _TICK_PX)
    left = pixels[np.concatenate(([0], breaks + 1))]
    right = pixels[np.append(breaks, len(pixels) - 1)]
    return list(zip((left - _TICK_PX / 2).tolist(), (right - left + _TICK_PX).tolist(), strict=True))


def stretches(
    axis: Axis, positions: Sequence[int], first: float, span: float, width: float, least: float
) -> list[tuple[int, float, float]]:
    """(index, left, right) in pixels of the stretches in view that positions begin, ``least`` wide in view.

    The stretch that was begun before the part in view has its left edge at 0.
    """
    chosen = np.asarray(positions, np.int64)
    if not len(chosen) or span <= 0:
        return []
    start, stop = _in_view(axis, chosen, first, span)
    start = max(start - 1, 0)
    left = (axis.coordinates(chosen[start:stop]) - first) * (width / span)
    right = np.minimum(np.append(left[1:], width), width)
    left = np.maximum(left, 0.0)
    wide = np.flatnonzero(right - left >= least)
    return list(zip((wide + start).tolist(), left[wide].tolist(), right[wide].tolist(), strict=True))


def _in_view(axis: Axis, positions: NDArray[np.int64], first: float, span: float) -> tuple[int, int]:
    lowest, highest = axis.within(first, span)
    start, stop = np.searchsorted(positions, (lowest, highest + 1))
    return int(start), int(stop)
