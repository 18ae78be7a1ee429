"""The rows of the lanes, from top to bottom: the kinds of events, then what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QCoreApplication

from app.domain.vocabulary import Lane
from app.ui.shapes import lane_title
from app.ui.timeline.lane_scale import AXIS_PX

if TYPE_CHECKING:
    from app.ui.timeline.beside import Beside
    from app.viewmodels.timeline_data import TimelineData

Aside = Literal["analyst", "derived", "found", "hits", "field", "branches"]
Row = Lane | Aside

ROW_PX: Final = 18.0
LEAST_ROW_PX: Final = 15.0
_MOST_ROW_PX: Final = 40.0
_BELOW_PX: Final = 4.0
_ALWAYS: Final = (Lane.CUSTOMER, Lane.ASSISTANT, Lane.TOOL, Lane.BEHAVIOUR, Lane.RECOMMENDATION)


def rows_of(data: TimelineData | None, beside: Beside) -> tuple[Row, ...]:
    """What there is to show; the usual lanes even when they are empty."""
    present = set(data.lanes) if data is not None else set()
    rows: list[Row] = [*_ALWAYS, *(lane for lane in (Lane.SYSTEM, Lane.UNKNOWN) if lane in present)]
    if any(mark.kind != "derived" for mark in beside.marks):
        rows.append("analyst")
    if any(mark.kind == "derived" for mark in beside.marks):
        rows.append("derived")
    if len(beside.found):
        rows.append("found")
    if len(beside.hits):
        rows.append("hits")
    if beside.field is not None:
        rows.append("field")
    if beside.forks:
        rows.append("branches")
    return tuple(rows)


def row_title(row: Row, beside: Beside) -> str:
    """What a row is called on screen."""
    if isinstance(row, Lane):
        return lane_title(row)
    if row == "field":
        return beside.field.title if beside.field is not None else ""
    titles = {
        "analyst": QCoreApplication.translate("Timeline", "Analyst"),
        "derived": QCoreApplication.translate("Timeline", "Derived"),
        "found": QCoreApplication.translate("Timeline", "Search · {count}").format(count=f"{len(beside.found):,}"),
        "hits": QCoreApplication.translate("Timeline", "Find when · {count}").format(count=f"{len(beside.hits):,}"),
        "branches": QCoreApplication.translate("Timeline", "Branches"),
    }
    return titles[row]


def height_of(rows: tuple[Row, ...], row_px: float) -> int:
    """The height of axis and rows in pixels."""
    return round(AXIS_PX + len(rows) * row_px + _BELOW_PX)


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Where each row stands in so much height."""

    rows: tuple[Row, ...]
    row_px: float

    @classmethod
    def fitting(cls, rows: tuple[Row, ...], height: int) -> RowLayout:
        free = (height - AXIS_PX - _BELOW_PX) / max(len(rows), 1)
        return cls(rows, float(int(min(max(free, LEAST_ROW_PX), _MOST_ROW_PX))))

    @property
    def bar_px(self) -> float:
        return self.row_px - 6

    @property
    def bottom(self) -> float:
        return AXIS_PX + len(self.rows) * self.row_px

    def top(self, row: Row) -> float:
        return AXIS_PX + self.rows.index(row) * self.row_px

    def middle(self, row: Row) -> float:
        return self.top(row) + self.row_px / 2

    def row_at(self, y: float) -> Row | None:
        """The row under a height; None above and below them."""
        number = int((y - AXIS_PX) // self.row_px)
        return self.rows[number] if y >= AXIS_PX and number < len(self.rows) else None
