"""Message trees as lines: all messages once, the shown line first, branches where they leave."""

from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.drafting import SessionWriter
from app.adapters.files.message_tree import TreeNode, plan, write_tree

FORKED = [TreeNode("q", None), TreeNode("a1", "q"), TreeNode("a2", "q"), TreeNode("q2", "a2"), TreeNode("a3", "q2")]


def lines(nodes, shown=None):
    return [(line.leaf, line.after, line.nodes) for line in plan(nodes, shown).lines]


def test_the_shown_line_is_first_and_others_leave_where_their_own_words_begin():
    assert lines(FORKED, "a3") == [("a3", None, ("q", "a2", "q2", "a3")), ("a1", "q", ("a1",))]


def test_without_a_shown_one_the_first_replies_are_shown():
    assert lines(FORKED)[0] == ("a1", None, ("q", "a1"))
    assert lines(FORKED, "nowhere") == lines(FORKED)


def test_a_shown_message_in_the_middle_ends_the_line_and_what_follows_is_a_branch():
    assert lines(FORKED, "a2")[0] == ("a2", None, ("q", "a2"))
    assert ("a3", "a2", ("q2", "a3")) in lines(FORKED, "a2")


def test_orphans_circles_and_repeated_ids_are_told():
    planned = plan([*FORKED, TreeNode("o", "gone"), TreeNode("x", "y"), TreeNode("y", "x"), TreeNode("q", None)])

    assert planned.orphans == ("o",)
    assert planned.cyclic == ("x", "y")
    assert planned.repeated == ("q",)
    assert ("o", None, ("o",)) in [(line.leaf, line.after, line.nodes) for line in planned.lines]


def test_a_very_deep_thread_is_one_line():
    nodes = [TreeNode(str(i), str(i - 1) if i else None) for i in range(100_000)]

    (line,) = plan(nodes).lines

    assert len(line.nodes) == 100_000


@given(st.lists(st.integers(min_value=-1, max_value=30), max_size=30), st.integers(min_value=0, max_value=30))
def test_every_message_stands_on_one_line_behind_its_parent(parents, shown):
    nodes = [TreeNode(str(i), str(parent) if 0 <= parent < i else None) for i, parent in enumerate(parents)]
    known = dict(nodes)
    planned = plan(nodes, str(shown))

    placed = [one for line in planned.lines for one in line.nodes]
    assert sorted(placed) == sorted(known)
    for line in planned.lines:
        before = [line.after, *line.nodes[:-1]]
        assert [known[one] for one in line.nodes] == before


def test_a_written_tree_has_branches_that_fork_behind_the_shared_message():
    writer = SessionWriter("urn:test", "tree")

    def write(node, depth):
        writer.add("conversation.message-posted", "user", {"text": node, "turn": depth}, part=node)
        if node == "a2":
            writer.add("conversation.feedback-given", "user", {"turn": depth}, part=node)

    write_tree(writer, plan([*FORKED, TreeNode("a4", "a2")], "a3"), write, lambda line: "other")
    draft = writer.draft("A tree")

    assert [(one.name, one.parent, one.fork_position) for one in draft.branches] == [
        ("other", "main", 1),
        ("other (2)", "main", 3),
    ]
    assert [event.data["text"] for stream, event in draft.events if stream == "main" and "text" in event.data] == [
        "q", "a2", "q2", "a3",
    ]  # fmt: skip
