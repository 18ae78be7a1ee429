"""Rows stand where a plain sum says, and the anchor never jumps."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from app.viewmodels.row_heights import Anchor, Place, RowHeights, place

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_MARGINS = (0, 0)


def test_sums_agree_with_a_plain_list() -> None:
    random = Random(7)
    count = 5_000
    plain, heights = [50] * count, RowHeights(count, 50)
    for _ in range(3_000):
        row, height = random.randrange(count), random.randrange(10, 400)
        plain[row], heights[row] = height, height

    assert heights.total == sum(plain)
    for row in (0, 1, 1023, 1024, 2500, count - 1, count):
        assert heights.before(row) == sum(plain[:row])
    for row in random.sample(range(count), 50):
        assert heights.find(sum(plain[:row])) == (row, 0)
        assert heights.find(sum(plain[:row]) + plain[row] - 1) == (row, plain[row] - 1)


def test_a_distance_beyond_either_end_is_the_end() -> None:
    heights = RowHeights(3, 10)

    assert heights.find(-5) == (0, 0)
    assert heights.find(500) == (2, 9)


def test_rows_can_be_added_and_taken_away_at_the_end() -> None:
    heights = RowHeights(10, 20)
    heights[2], heights[9] = 100, 300

    assert heights.resized(12).total == 12 * 20 + 80 + 280
    assert heights.resized(5).total == 5 * 20 + 80


def placed(anchor: Anchor, heights: Sequence[int], view: int) -> tuple[Place, ...]:
    return place(anchor, len(heights), view, NO_MARGINS, heights.__getitem__)


def test_the_anchor_stays_where_it_is() -> None:
    places = placed(Anchor(5, 30), [40] * 20, 200)

    assert Place(5, 30, 40) in places
    assert places[0].row == 4
    assert places[-1].y + places[-1].height >= 200


def test_heights_that_turn_out_different_above_do_not_move_the_anchor() -> None:
    places = placed(Anchor(5, 30), [40, 40, 40, 40, 500, 40, 40, 40, 40, 40, 40], 200)

    assert Place(5, 30, 40) in places


def test_the_end_of_the_list_stands_at_the_end_of_the_view() -> None:
    places = placed(Anchor(19, 10), [40] * 20, 200)

    assert places[-1] == Place(19, 160, 40)
    assert places[0].y <= 0


def test_a_short_list_begins_at_the_top() -> None:
    assert placed(Anchor(1, 150), [40, 40], 200) == (Place(0, 0, 40), Place(1, 40, 40))


def test_only_rows_in_view_and_on_the_way_are_asked_for() -> None:
    asked: list[int] = []

    def height_of(row: int) -> int:
        asked.append(row)
        return 50

    place(Anchor(500_000, 0), 1_000_000, 600, NO_MARGINS, height_of)

    assert max(asked) - min(asked) < 20


def test_no_rows_no_places() -> None:
    assert placed(Anchor(0, 0), [], 200) == ()
