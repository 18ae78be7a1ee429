"""The lineage of a branch names each position's owner exactly once."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.branches import Branch, Segment, clip, lineage


def make(name: str, parent: str | None, fork: int, head: int) -> Branch:
    return Branch(
        id=name,
        session="s",
        name=name,
        kind="branch",
        parent=parent,
        fork_position=fork,
        fork_hash="",
        head=head,
        created_at=0,
    )


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Branch]:
    tree = {"b0": make("b0", None, 0, draw(st.integers(0, 9)))}
    for number in range(1, draw(st.integers(1, 8))):
        parent = draw(st.sampled_from(list(tree.values())))
        fork = draw(st.integers(0, parent.head))
        tree[f"b{number}"] = make(f"b{number}", parent.id, fork, fork + draw(st.integers(0, 5)))
    return tree


def owner_by_walking(tree: dict[str, Branch], branch: Branch, position: int) -> str:
    while branch.parent is not None and position <= branch.fork_position:
        branch = tree[branch.parent]
    return branch.id


@given(trees())
def test_segments_cover_every_position_once_and_name_its_owner(tree: dict[str, Branch]) -> None:
    for branch in tree.values():
        owners = {
            position: part.owner for part in lineage(branch, tree) for position in range(part.first, part.last + 1)
        }
        assert owners == {n: owner_by_walking(tree, branch, n) for n in range(1, branch.head + 1)}
        assert sum(part.last - part.first + 1 for part in lineage(branch, tree)) == branch.head


def test_clip_cuts_both_ends() -> None:
    parts = (Segment("a", 1, 5), Segment("b", 6, 9))

    assert clip(parts, 3, 7) == (Segment("a", 3, 5), Segment("b", 6, 7))
    assert clip(parts, 10, 12) == ()
