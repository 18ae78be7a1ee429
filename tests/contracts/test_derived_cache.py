"""What every derived cache promises."""

from __future__ import annotations

from app.application.ports import DerivedCache, IndexBatch, ItemRow
from app.domain.branches import Segment
from app.domain.fold.bounded import Bounded, Checkpoint
from app.domain.fold.conversation import Conversation
from app.domain.fold.interests import Evidence, Item
from app.domain.fold.recommendation import Recommendation

WHOLE = Checkpoint(
    Bounded(
        position=4,
        conversation=Conversation(slots={"S": {"a": ("x", 1.5, True)}}),
        recommendation=Recommendation(
            items={"i": Item(name="tea", keys={"tag:tea": 3}, net=2, returns=(4,))},
            evidence={"item:i": (Evidence(3, 0.5, 3), Evidence(4, 1.0, 3))},
        ),
    )
)
PART = Checkpoint(Bounded(position=8), base=4, gone=("item:i",))

FIRST = IndexBatch(
    first=1,
    last=10,
    checkpoints=[(4, WHOLE), (8, PART)],
    rows=[ItemRow("messages", 1, 2, "m1"), ItemRow("messages", 1, 5, "m1"), ItemRow("messages", 2, 7, "m2")],
)
SECOND = IndexBatch(first=11, last=12, checkpoints=[], rows=[ItemRow("messages", 3, 11, "m1")])


def test_an_empty_cache_knows_nothing(cache: DerivedCache) -> None:
    assert cache.indexed_to("b") == 0
    assert cache.anchor("b") is cache.checkpoint("b", 99) is cache.find("b", "messages", "m1", 99) is None
    assert cache.rows([Segment("b", 1, 9)], "messages", 1, 9) == ()


def test_batches_add_up_and_the_last_anchor_counts(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")
    cache.put("b", SECOND, "bb")

    assert (cache.indexed_to("b"), cache.anchor("b")) == (12, "bb")
    assert cache.indexed_to("other") == 0


def test_the_newest_checkpoint_before_a_position_is_found(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")

    assert cache.checkpoint("b", 3) is None
    assert cache.checkpoint("b", 7) == (4, WHOLE)
    assert cache.checkpoint("b", 99) == (8, PART)


def test_rows_are_cut_by_ord_and_position_and_come_in_order(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")

    assert [row.position for row in cache.rows([Segment("b", 1, 10)], "messages", 1, 2)] == [2, 5, 7]
    assert [row.position for row in cache.rows([Segment("b", 3, 10)], "messages", 1, 1)] == [5]
    assert cache.rows([Segment("b", 1, 10)], "calls", 1, 2) == ()


def test_rows_of_several_parts_of_a_line_come_as_one_list(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")
    cache.put("c", IndexBatch(5, 6, [], [ItemRow("messages", 1, 5, "m1"), ItemRow("messages", 2, 6, "m9")]), "cc")
    line = [Segment("b", 1, 4), *(Segment(f"none{number}", 5, 4) for number in range(600)), Segment("c", 5, 6)]

    assert [(row.ord, row.position) for row in cache.rows(line, "messages", 1, 9)] == [(1, 2), (1, 5), (2, 6)]


def test_births_are_those_of_the_line_in_order_of_ord(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")
    revised_and_born = [
        ItemRow("messages", 1, 8, "m1"),
        ItemRow("messages", 2, 9, "m9"),
        ItemRow("messages", 2, 10, "m9"),
    ]
    cache.put("c", IndexBatch(5, 10, [], revised_and_born), "cc")

    assert cache.births([Segment("b", 1, 10)], "messages").tolist() == [2, 7]
    assert cache.births([Segment("b", 1, 4), Segment("c", 5, 10)], "messages").tolist() == [2, 9]
    assert cache.births([Segment("b", 1, 10)], "calls").tolist() == []


def test_packed_columns_are_kept_until_others_come(cache: DerivedCache) -> None:
    assert cache.columns("b") is None
    cache.put_columns("b", 4, b"one")
    cache.put_columns("b", 9, b"other")

    assert cache.columns("b") == (9, b"other")


def test_an_item_is_found_by_the_row_of_its_birth(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")
    cache.put("b", SECOND, "bb")

    assert cache.find("b", "messages", "m1", 10) == ItemRow("messages", 1, 2, "m1")
    assert cache.find("b", "messages", "m1", 11) == ItemRow("messages", 3, 11, "m1")
    assert cache.find("b", "messages", "m1", 1) is None


def test_a_forgotten_cache_is_empty_and_usable(cache: DerivedCache) -> None:
    cache.put("b", FIRST, "aa")
    cache.forget()
    assert cache.indexed_to("b") == 0

    cache.put("b", SECOND, "bb")
    assert cache.indexed_to("b") == 12


def test_what_touched_a_field_is_found_by_member_and_range(cache: DerivedCache) -> None:
    far = 3 * 2**16
    touched = {("slots", "a"): [1, 4, far], ("slots", "b"): [4, 9], ("status", ""): [2]}
    cache.put("b", IndexBatch(1, far, [], [], touched), "aa")
    cache.put("b", IndexBatch(far + 1, far + 5, [], [], {("slots", "a"): [far + 2]}), "bb")

    assert cache.touched("b", "slots", "a", 1, far + 9).tolist() == [1, 4, far, far + 2]
    assert cache.touched("b", "slots", None, 2, far).tolist() == [4, 9, far]
    assert cache.touched("b", "status", "", 1, 1).tolist() == []
    assert cache.touched("b", "slots", "", 1, far).tolist() == []
    assert cache.touched("other", "slots", "a", 1, far).tolist() == []


def test_a_batch_put_twice_is_there_once(cache: DerivedCache) -> None:
    batch = IndexBatch(1, 5, [], [], {("status", ""): [2, 5]})
    cache.put("b", batch, "aa")
    cache.put("b", batch, "aa")

    assert cache.touched("b", "status", "", 1, 9).tolist() == [2, 5]
