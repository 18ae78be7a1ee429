"""What came in, what left, what moved."""

from app.domain.compare.ranks import RankChange, rank_changes
from app.domain.compare.telling import rank_text


def items(*names):
    return [{"item": name, "name": f"the {name}"} for name in names]


def test_each_item_that_stands_elsewhere_is_told_once():
    found = rank_changes(items("a", "b", "c"), items("c", "b", "d"))

    assert found == (
        RankChange("c", "the c", 3, 1),
        RankChange("d", "the d", None, 3),
        RankChange("a", "the a", 1, None),
    )
    assert [change.kind for change in found] == ["moved", "entered", "left"]
    assert [rank_text(change) for change in found] == [
        "the c (c) moved from 3 to 1",
        "the d (d) came in at 3",
        "the a (a), which was at 1, left",
    ]


def test_the_rank_that_an_item_tells_counts():
    before = [{"item": "a", "rank": 2}, {"item": "b", "rank": 1}]

    assert rank_changes(before, items("b", "a")) == ()


def test_equal_lists_and_odd_ones_change_nothing():
    assert rank_changes(items("a"), items("a")) == ()
    assert rank_changes(["odd", {"name": "no item"}, {"item": "a"}, {"item": "a"}], items("x", "y", "a")) == (
        RankChange("x", "the x", None, 1),
        RankChange("y", "the y", None, 2),
    )
