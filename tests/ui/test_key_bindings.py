"""Keys that a person chose: one key asks for one action, whatever was chosen before."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.key_bindings import KeyBindings

USUAL = {"play": ("Space", "K"), "back": ("Left",), "find": ("Ctrl+F",), "copy": ()}


def test_without_a_choice_the_keys_are_those_of_the_table() -> None:
    bindings = KeyBindings(USUAL)

    assert {action: bindings.keys(action) for action in USUAL} == USUAL
    assert bindings.are_usual


def test_a_chosen_key_is_taken_from_who_had_it() -> None:
    bindings = KeyBindings(USUAL).with_keys("copy", ("K",))

    assert bindings.keys("copy") == ("K",)
    assert bindings.keys("play") == ("Space",)
    assert bindings.owner("K") == "copy"
    assert not bindings.are_usual


def test_the_usual_key_comes_back_also_from_who_took_it() -> None:
    bindings = KeyBindings(USUAL).with_keys("copy", ("K",)).with_keys("play", ("Space", "K"))

    assert bindings.keys("play") == ("Space", "K")
    assert bindings.keys("copy") == ()
    assert bindings.as_usual().are_usual


def test_an_action_may_have_no_key() -> None:
    bindings = KeyBindings(USUAL).with_keys("find", ())

    assert bindings.keys("find") == ()
    assert bindings.owner("Ctrl+F") is None


def test_what_is_stored_is_what_differs_and_is_read_again() -> None:
    bindings = KeyBindings(USUAL).with_keys("back", ("H",))

    assert bindings.to_json() == '{"back": ["H"]}'
    assert KeyBindings(USUAL).restored(bindings.to_json()).keys("back") == ("H",)


def test_what_cannot_be_read_is_forgotten() -> None:
    for text in ("", "no", "[]", '{"gone": ["H"]}', '{"back": "H"}', '{"back": [3, "Left"]}'):
        assert KeyBindings(USUAL).restored(text).are_usual, text


@given(st.lists(st.tuples(st.sampled_from(sorted(USUAL)), st.lists(st.sampled_from(["A", "K", "Left", "Ctrl+F"])))))
def test_a_key_never_asks_for_two_actions_and_storing_loses_nothing(wishes: list[tuple[str, list[str]]]) -> None:
    bindings = KeyBindings(USUAL)
    for action, keys in wishes:
        bindings = bindings.with_keys(action, keys)

    held = [key for action in USUAL for key in bindings.keys(action)]
    assert len(held) == len(set(held))
    again = KeyBindings(USUAL).restored(bindings.to_json())
    assert {action: again.keys(action) for action in USUAL} == {action: bindings.keys(action) for action in USUAL}
