"""Trees of any shape: every message once behind its parent, calls joined with returns, turns counted."""

from fakes.chat_lines import lines, parents, posted, problems
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.chats.steps import Called, ChatNode, Returned, Said
from app.adapters.files.chats.tree_writer import last_written, write_chat
from app.adapters.files.drafting import SessionWriter
from app.application.ports import ImportNotes

STEPS = st.one_of(
    st.builds(Said, role=st.sampled_from(["user", "assistant", "narrator"]), text=st.text(max_size=5)),
    st.builds(Called, name=st.sampled_from(["a", "b"]), arguments=st.none(), call_id=st.sampled_from(["", "1", "2"])),
    st.builds(
        Returned,
        name=st.sampled_from(["", "a", "b"]),
        result=st.text(max_size=3),
        call_id=st.sampled_from(["", "1", "2"]),
    ),
)
TREES = st.lists(
    st.tuples(st.integers(min_value=-1, max_value=12), st.lists(STEPS, max_size=3)), min_size=1, max_size=12
)


def drafted(nodes, shown=None):
    writer, notes = SessionWriter("urn:test", "tree"), ImportNotes()
    write_chat(writer, nodes, shown, notes, "test")
    return writer.draft("A tree"), notes


@given(TREES, st.integers(min_value=0, max_value=12))
def test_any_tree_keeps_its_steps_and_folds_without_problems(tree, shown):
    nodes = [
        ChatNode(id=f"n{i}", parent=f"n{above}" if 0 <= above < i else None, steps=steps)
        for i, (above, steps) in enumerate(tree)
    ]
    if not any(node.steps for node in nodes):
        return

    draft, notes = drafted(nodes, f"n{shown}")

    assert len(draft.events) == sum(len(node.steps) for node in nodes)
    assert notes.read["messages"] == sum(1 for node in nodes if node.steps)
    assert len({event.id for _, event in draft.events}) == len(draft.events)
    assert not problems(draft)
    for events in lines(draft).values():
        turns = [event.data["turn"] for event in events]
        assert turns == sorted(turns)


@given(st.lists(st.integers(min_value=-1, max_value=20), min_size=1, max_size=20))
def test_parents_are_found_again(above):
    nodes = [
        ChatNode(id=f"n{i}", parent=f"n{one}" if 0 <= one < i else None, steps=(Said(role="user", text="x"),))
        for i, one in enumerate(above)
    ]

    draft, _ = drafted(nodes)

    assert parents(draft) == {node.id: node.parent for node in nodes}


def test_a_call_that_was_made_before_a_fork_returns_on_each_branch():
    nodes = [
        ChatNode(id="c", parent=None, steps=(Called(name="look", arguments={}, call_id="1"),)),
        ChatNode(id="r1", parent="c", steps=(Returned(name="look", result="a", call_id="1"),)),
        ChatNode(id="r2", parent="c", steps=(Returned(name="look", result="b", call_id="1"),)),
    ]

    draft, _ = drafted(nodes)

    assert [events[-1].data["result"] for events in lines(draft).values()] == ["a", "b"]
    assert not problems(draft)


def test_fields_of_the_source_never_stand_for_our_own():
    beside = {"generated_by": {"model": "m"}, "replaces": {"branch": "x"}, "text": "other", "lang": "en"}
    draft, _ = drafted([ChatNode(id="a", parent=None, steps=(Said(role="user", text="hi", beside=beside),))])

    data = posted(lines(draft)["main"])[0].data
    assert (data["text"], data["source_text"], data["lang"]) == ("hi", "other", "en")
    assert "generated_by" not in data
    assert data["source_replaces"] == {"branch": "x"}


def test_a_shown_node_whose_line_is_empty_does_not_count():
    root = ChatNode(id="root", parent=None, steps=())
    draft, _ = drafted([root, ChatNode(id="a", parent="root", steps=(Said(role="user", text="hi"),))], "root")

    assert [event.data["turn"] for event in lines(draft)["main"]] == [0]


def test_the_leaf_written_last_counts_inherited_times():
    assert last_written([("q", None, 5), ("a", "q", 9), ("b", "q", 7)]) == "a"
    assert last_written([("q", None, 5), ("a", "q", None), ("b", "q", None)]) == "b"
    assert last_written([("q", None, 5), ("a", "q", 6), ("b", "a", None)]) == "b"
    assert last_written([]) is None
